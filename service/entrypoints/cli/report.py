"""An assessment as text that a person reads at a terminal."""

from collections.abc import Iterable, Iterator
from typing import Final

from service.application.assess import Assessment
from service.application.request import NotUnderstood, Reading
from service.domain.graph import SkillGraph
from service.domain.learning_path import Decision, LearningPath, Step
from service.domain.skill import HUNDREDTHS, Effort, Node
from service.entrypoints import wording
from service.entrypoints.cli.table import Column, table
from service.entrypoints.pictures.lettering import hours, listed, percent, plain, wrapped

HOW: Final = {
    "id": "its id",
    "name": "its name",
    "alias": "another name for it",
    "tool": "a tool for it",
    "fuzzy": "the closest name",
}
INDENT: Final = "  "
NARROWEST: Final = 48
NARROWEST_TABLE: Final = 76
"""Below, the steps are a list."""

MOST_NAMED: Final = 3


def report(reading: Reading, assessment: Assessment, graph: SkillGraph, width: int) -> str:
    """Return an assessment as lines of at most `width` columns, or of 48 where that is less."""
    return "\n".join(_Report(reading, assessment, graph, max(width, NARROWEST)).lines())


class _Report:
    """One report in the making."""

    def __init__(
        self, reading: Reading, assessment: Assessment, graph: SkillGraph, width: int
    ) -> None:
        self._reading = reading
        self._assessment = assessment
        self._graph = graph
        self._width = width
        self._hours_per_week = assessment.question.hours_per_week
        self._level_names = {level.level: level.name for level in graph.catalogue.levels}

    def lines(self) -> Iterator[str]:
        """Yield all sections that have something to say, an empty line between them."""
        sections = (
            self._understood(),
            self._not_understood(),
            self._credited(),
            self._standings(),
            self._path(),
            self._first_days(),
            self._projects(),
            self._levers(),
            self._together(),
            self._alternatives(),
            self._within_budget(),
            self._what_if(),
        )
        spoken = [section for section in map(list, sections) if section]
        for index, section in enumerate(spoken):
            if index:
                yield ""
            yield from section

    def _understood(self) -> Iterator[str]:
        claims = self._reading.understood
        if not claims:
            yield from self._sentences(
                wording.notice(self._reading)
                or "No skills were named: this is the path of someone who starts from nothing."
            )
            return
        yield "What you know"
        heads = [Column("", is_flexible=True)] * 3
        rows = [
            (claim.text, self._node(Node(claim.skill, claim.level)), HOW.get(claim.match, ""))
            for claim in claims
        ]
        yield from self._indented(heads, rows)

    def _not_understood(self) -> Iterator[str]:
        if not (self._reading.ambiguous or self._reading.unknown):
            return
        yield "What was not understood, and not counted"
        heads = [Column("", is_flexible=True)] * 2
        rows = [
            *((claim.text, self._may_mean(claim)) for claim in self._reading.ambiguous),
            *((claim.text, self._suggested(claim)) for claim in self._reading.unknown),
        ]
        yield from self._indented(heads, rows)

    def _may_mean(self, claim: NotUnderstood) -> str:
        names = (self._graph.skills[skill].name for skill in claim.candidates)
        return f"may mean {listed(names, 'or')}: name the one you mean"

    def _suggested(self, claim: NotUnderstood) -> str:
        names = [self._graph.skills[skill].name for skill, _ in claim.suggestions]
        return f"did you mean {listed(names, 'or')}?" if names else "nothing like it is known"

    def _credited(self) -> Iterator[str]:
        credits_ = self._assessment.state.credited
        if not credits_:
            return
        yield "What is credited besides"
        heads = [Column("", is_flexible=True)] * 2
        rows = [
            (self._node(each.node), f"{self._graph.skills[each.because].name} rests on it")
            for each in credits_
        ]
        yield from self._indented(heads, rows)

    def _standings(self) -> Iterator[str]:
        yield "Where you stand"
        heads = [
            Column("Role", is_flexible=True),
            Column("Readiness", is_number=True),
            Column("Hours", is_number=True),
            Column("Low", is_number=True),
            Column("High", is_number=True),
        ]
        rows = [
            (standing.role.name, percent(standing.readiness), *_three(standing.effort))
            for standing in self._assessment.standings
        ]
        yield from self._indented(heads, rows)

    def _path(self) -> Iterator[str]:
        path = self._assessment.path
        roles = [self._graph.roles[role].name for role in self._assessment.reached]
        aim = listed(roles) if roles else "your requirements"
        if not path.steps:
            yield from self._sentences(f"Nothing is left to learn for {aim}.")
            return
        what = "The shortest path" if path.proof.is_optimal else "A path"
        yield from self._sentences(f"{what} to {aim}")
        yield from self._steps(path) if self._width >= NARROWEST_TABLE else self._list(path)
        yield ""
        yield from self._sentences(self._total(path.effort))
        yield from self._sentences(_certificate(path))

    def _steps(self, path: LearningPath) -> list[str]:
        heads = [
            Column("#", is_number=True),
            Column("Skill", is_flexible=True),
            Column("Level", is_flexible=True),
            Column("Hours", is_number=True),
            Column("Total", is_number=True),
            Column("Weeks", is_number=True),
            Column("Why", is_flexible=True),
        ]
        rows = list(self._step_rows(path.steps))
        if self._hours_per_week is None:
            del heads[5]
            rows = [(*row[:5], row[6]) for row in rows]
        return self._indented(heads, rows)

    def _list(self, path: LearningPath) -> Iterator[str]:
        for order, skill, level, own, total, weeks, why in self._step_rows(path.steps):
            when = f", {weeks} weeks" if weeks else ""
            text = f"{order}. {skill}, {level.lower()}: {own} h ({total} h{when})"
            for depth, part in enumerate((text, why), start=1):
                lines = wrapped(part, self._width - depth * len(INDENT))
                yield from (depth * INDENT + line for line in lines)

    def _step_rows(self, steps: Iterable[Step]) -> Iterator[tuple[str, ...]]:
        total = 0
        for order, step in enumerate(steps, start=1):
            total += step.effort.likely
            yield (
                str(order),
                self._graph.skills[step.node.skill].name,
                self._level_names[step.node.level],
                hours(step.effort.likely),
                hours(total),
                self._weeks(total),
                self._why(step),
            )

    def _why(self, step: Step) -> str:
        why = wording.because(step, self._graph)
        if step.decision is None or not step.decision.instead_of:
            return why
        saved = f"; saves {hours(step.decision.saves)} h" if step.decision.saves else ""
        return f"{why} Instead of {self._others(step.decision)}{saved}."

    def _others(self, decision: Decision) -> str:
        skills = dict.fromkeys(node.skill for node in decision.instead_of)
        names = [self._graph.skills[skill].name for skill in skills]
        unnamed = len(names) - MOST_NAMED
        if unnamed > 1:
            names[MOST_NAMED:] = [f"{unnamed} others"]
        return listed(names, "or")

    def _total(self, effort: Effort) -> str:
        likely, low, high = _three(effort)
        total = f"Total: {likely} h likely, {low} h low, {high} h high"
        if self._hours_per_week is None:
            return f"{total}."
        pace = f"{self._hours_per_week:g} h a week"
        weeks = f"{self._weeks(effort.likely)} weeks likely, {self._weeks(effort.low)} low"
        return f"{total}; at {pace} {weeks}, {self._weeks(effort.high)} high."

    def _first_days(self) -> Iterator[str]:
        if self._assessment.first_days is None:
            return
        first, reached = self._assessment.first_days
        names = dict.fromkeys(self._graph.skills[step.node.skill].name for step in first.done)
        if names and first.begun:
            yield from self._sentences(f"In the first {first.days} days")
            yield from self._inset(f"{listed(names)}. Readiness is {percent(reached)} then.")

    def _projects(self) -> Iterator[str]:
        if not self._assessment.projects:
            return
        yield "Projects that prove it"
        for placed in self._assessment.projects:
            after = f"after step {placed.after_step}" if placed.after_step else "to begin with"
            effort = placed.project.effort
            takes = f", {hours(effort.likely)} h" if effort else ""
            yield from self._inset(f"{placed.project.name}: {after}{takes}")

    def _levers(self) -> Iterator[str]:
        levers = [lever for lever in self._assessment.levers.top if lever.saves_path]
        if not levers or not self._assessment.path.steps:
            return
        yield "What would save most, were it known"
        heads = [Column("", is_flexible=True), Column("", is_number=True)]
        rows = [(self._node(lever.node), f"{hours(lever.saves_path)} h") for lever in levers]
        yield from self._indented(heads, rows)

    def _together(self) -> Iterator[str]:
        both = self._assessment.together
        if both is None or not both.effort.likely:
            return
        yield "Keeping every role open"
        yield from self._inset(
            f"{hours(both.effort.likely)} h for all roles, {hours(both.extra)} h more than for "
            f"the nearest one; {hours(both.shared)} h serve more than one. For the first "
            f"{hours(both.common_effort)} h nothing has to be decided."
        )

    def _alternatives(self) -> Iterator[str]:
        if not self._assessment.detours.paths:
            return
        yield "Other paths"
        for detour in self._assessment.detours.paths:
            yield from self._inset(wording.difference(detour, self._graph))

    def _within_budget(self) -> Iterator[str]:
        spent = self._assessment.spending
        if spent is None:
            return
        yield f"Within {hours(spent.budget)} h"
        readiness = f"Readiness goes from {percent(spent.before)} to {percent(spent.after)}."
        yield from self._inset(f"{readiness} {hours(spent.left.likely)} h are left then.")
        levels = dict(sorted(step.node for step in spent.steps))
        named = (
            self._node(Node(step.node.skill, levels[step.node.skill])) for step in spent.steps
        )
        for name in dict.fromkeys(named):
            yield from self._inset(name)

    def _what_if(self) -> Iterator[str]:
        changed = self._assessment.difference
        if changed is None:
            return
        yield "What the supposed knowledge changes"
        before, now = percent(changed.readiness_before), percent(changed.readiness)
        yield from self._inset(
            f"{hours(changed.effort_before.likely)} h without it, "
            f"{hours(self._assessment.path.effort.likely)} h with it; readiness {now} instead of "
            f"{before}."
        )

    def _inset(self, text: str) -> list[str]:
        return [INDENT + line for line in wrapped(text, self._width - len(INDENT))]

    def _weeks(self, hundredths: int) -> str:
        if self._hours_per_week is None:
            return ""
        return f"{hundredths / (HUNDREDTHS * self._hours_per_week):.1f}"

    def _node(self, node: Node) -> str:
        name = self._graph.skills[node.skill].name
        return f"{name}, {self._level_names.get(node.level, 'none').lower()}"

    def _indented(self, heads: list[Column], rows: Iterable[tuple[str, ...]]) -> list[str]:
        return [INDENT + line for line in table(heads, list(rows), self._width - len(INDENT))]

    def _sentences(self, text: str) -> list[str]:
        return wrapped(plain(text), self._width)


def _three(effort: Effort) -> tuple[str, str, str]:
    return hours(effort.likely), hours(effort.low), hours(effort.high)


def _certificate(path: LearningPath) -> str:
    proof = path.proof
    if not proof.is_optimal:
        return (
            "The search was cut off: a shorter path may exist, "
            f"but none takes less than {hours(proof.lower_bound)} h."
        )
    if proof.by_landmarks:
        return "No path is shorter: whatever is chosen, each has to spend these hours."
    return "No path is shorter: all others were searched."
