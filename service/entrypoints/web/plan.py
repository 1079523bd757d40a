"""An answer as the page shows it: the API's own members, sorted into pictures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any, Final, NamedTuple, TypeAlias

import orjson

from service.application.request import Reading
from service.application.use_cases import UseCases
from service.domain.graph import SkillGraph
from service.domain.skill import RoleId, SkillId
from service.entrypoints import answers
from service.entrypoints.http.reading import read_assessment
from service.entrypoints.pictures.lettering import listed
from service.entrypoints.web import figures, overlap, route_map, timeline
from service.entrypoints.web.wish import Wish

Members: TypeAlias = dict[str, Any]

WEEKS_IN_A_PART: Final = 4
HOURS_IN_A_PART: Final = 50
STARTERS: Final = 3
MOST_LEVERS: Final = 5
PAIR: Final = 2


class AreaRow(NamedTuple):
    """One area, as asked by the roles and as left to learn.

    Attributes:
        readiness: By role, in the order of the standings; None where it asks nothing there.
        hours: What the path takes there.
    """

    name: str
    is_overlap: bool
    readiness: Sequence[float | None]
    hours: float
    steps: int


@dataclass(slots=True)
class Part:
    """A part of the path that is learned in one stretch of time."""

    title: str
    steps: list[Members]

    @property
    def hours(self) -> float:
        """What it takes, likely hours."""
        total: float = sum(step["hours"]["likely"] for step in self.steps)
        return total


class WhatIf(NamedTuple):
    """What the path would be if one more skill were known.

    Attributes:
        saved: Likely hours; 0 where it makes no difference.
        gone: Steps that would not be needed any more.
    """

    name: str
    level: str
    written: str
    saved: float
    gone: Sequence[Members]
    readiness: float | None


class Together(NamedTuple):
    """Two roles together, as a bar of three pieces."""

    sentence: str
    label: str
    pieces: Sequence[overlap.Piece]


@dataclass(frozen=True)
class Plan:
    """An answer and the wish that it answers.

    Attributes:
        document: The answer as the API gives it.
    """

    wish: Wish
    reading: Reading
    document: Members
    graph: SkillGraph

    @property
    def path(self) -> Members:
        """The shortest path."""
        path: Members = self.document["path"]
        return path

    @property
    def steps(self) -> list[Members]:
        """The steps of the path."""
        steps: list[Members] = self.path["steps"]
        return steps

    @property
    def roles(self) -> list[Members]:
        """The standings, those that the path leads to first."""
        reached = self.document["target"]["roles"]
        roles: list[Members] = self.document["roles"]
        return sorted(roles, key=lambda standing: standing["role"] not in reached)

    @cached_property
    def goals(self) -> list[str]:
        """Names of what the path leads to."""
        reached = self.document["target"]["roles"]
        return [self.graph.roles[RoleId(role)].name for role in reached] or ["Your requirements"]

    @cached_property
    def known(self) -> dict[str, int]:
        """The held level by skill, credits included."""
        profile = self.document["profile"]
        levels: dict[str, int] = {}
        for held in (*profile["known"], *profile["credited"]):
            levels[held["skill"]] = max(held["level"], levels.get(held["skill"], 0))
        return levels

    @cached_property
    def boxes(self) -> list[route_map.Box]:
        """The boxes of the map."""
        return route_map.boxes_of(self.steps, self.known, self.graph)

    @cached_property
    def map(self) -> route_map.RouteMap:
        """The map."""
        return route_map.draw(self.boxes, self.known, self.goals, self.graph)

    @property
    def starters(self) -> list[route_map.Box]:
        """What to begin with."""
        return [box for box in self.boxes if box.is_next][:STARTERS]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What a box rests on, in words, by the ids that boxes use."""
        boxes = {box.id: box.first["name"] for box in self.boxes}
        known = {f"known-{skill}": self.name(skill) for skill in self.known}
        return boxes | known

    def name(self, skill: str) -> str:
        """Return the name of a skill."""
        return self.graph.skills[SkillId(skill)].name

    def area(self, area: str) -> str:
        """Return the name of an area."""
        return next(known.name for known in self.graph.catalogue.areas if known.id == area)

    def level(self, level: int) -> str:
        """Return the name of a level."""
        return self.graph.catalogue.levels[level - 1].name if level else "None"

    def area_rows(self) -> list[AreaRow]:
        """Return the areas in which something is asked or learned, in the graph's order."""
        hours, steps = self._by_area()
        shares = [
            {area["area"]: area["readiness"] for area in standing["areas"]}
            for standing in self.roles
        ]
        return [
            AreaRow(
                area.name,
                area.overlap,
                [share.get(area.id) for share in shares],
                hours.get(area.id, 0.0),
                steps.get(area.id, 0),
            )
            for area in self.graph.catalogue.areas
            if area.id in hours or any(area.id in share for share in shares)
        ]

    def parts(self) -> list[Part]:
        """Return the path cut into stretches of a few weeks, or of some hours without a pace."""
        parts: dict[int, Part] = {}
        for step in self.steps:
            number = self._part_of(step)
            if number not in parts:
                parts[number] = Part(self._title(number), [])
            parts[number].steps.append(step)
        return list(parts.values())

    def projects(self, after: int) -> list[Members]:
        """Return the portfolio projects that belong after a step."""
        return [project for project in self.path["projects"] if project["after_step"] == after]

    @property
    def pace(self) -> float | None:
        """Hours of study a week, where the wish names them."""
        return self.reading.question.hours_per_week

    @property
    def readiness(self) -> float | None:
        """Readiness now, where the path leads to one role; else there is no one number."""
        return _readiness_towards(self) if len(self.document["target"]["roles"]) == 1 else None

    @property
    def first_days(self) -> Members | None:
        """What the first ninety days hold; None where nothing is done by then."""
        first: Members | None = self.document["first_90_days"]
        return first if first and first["skills"] else None

    @property
    def levers(self) -> list[Members]:
        """The few skills of which knowing one would shorten the path most."""
        listed: list[Members] = self.document["highest_leverage"]
        saving = (lever for lever in listed if lever["saves_path_hours"])
        return sorted(saving, key=lambda lever: -lever["saves_path_hours"])[:MOST_LEVERS]

    @cached_property
    def timeline(self) -> timeline.Timeline:
        """The path over time."""
        return timeline.timeline(self.path, self.pace, self.graph)

    @property
    def finish_range(self) -> str:
        """When the path ends, as a range in words."""
        hours, pace = self.path["hours"], self.pace
        if pace is None:
            return f"{figures.span(hours['low'], hours['high'])} hours"
        low, high = (ceil(hours[bound] / pace) for bound in ("low", "high"))
        return f"{figures.span(low, high)} weeks"

    @property
    def finish_day(self) -> str | None:
        """The day on which the path is likely done, where the wish names a first one."""
        day: str | None = self.path["finish_date"]
        return day

    @property
    def choices(self) -> list[Members]:
        """The steps at which one of several alternatives was decided, each skill once."""
        decided = [step for step in reversed(self.steps) if step.get("choice")]
        return list({step["skill"]: step for step in decided}.values())[::-1]

    def rivals(self, step: Members) -> list[str]:
        """Return the names of what a step was chosen instead of."""
        others = step["choice"]["instead_of"]
        return list(dict.fromkeys(self.name(other["skill"]) for other in others))

    def choice_of(self, box: route_map.Box) -> str:
        """Return what was decided at a box, in words."""
        said = []
        for step in box.steps:
            if step.get("choice"):
                saves = step["choice"]["saves_hours"]
                worth = f", saves {figures.hours(saves)} h" if saves else ""
                said.append(f"Instead of {listed(self.rivals(step), 'or')}{worth}.")
        return " ".join(dict.fromkeys(said))

    @property
    def both(self) -> Together | None:
        """What the nearest role and the next one take together."""
        both = self.document["both"]
        if not both or len(self.document["roles"]) != PAIR:
            return None
        return together(both, self.document["roles"])

    def claim(self, step: Members) -> str:
        """Return what to add to an address to say that a step's skill is known."""
        return f"{step['skill']}:{step['level']}"

    def _by_area(self) -> tuple[dict[str, float], dict[str, int]]:
        hours: dict[str, float] = {}
        steps: dict[str, int] = {}
        for step in self.steps:
            area = step["area"]
            hours[area] = hours.get(area, 0.0) + step["hours"]["likely"]
            steps[area] = steps.get(area, 0) + 1
        return hours, steps

    def _part_of(self, step: Members) -> int:
        start = step["hours_so_far"] - step["hours"]["likely"]
        if step["weeks"]:
            return int(step["weeks"][0] // WEEKS_IN_A_PART)
        return int(start // HOURS_IN_A_PART)

    def _title(self, number: int) -> str:
        if self.path["weeks"] is not None:
            first = number * WEEKS_IN_A_PART + 1
            return f"Weeks {first}\N{EN DASH}{first + WEEKS_IN_A_PART - 1}"
        first = number * HOURS_IN_A_PART
        return f"Hours {first}\N{EN DASH}{first + HOURS_IN_A_PART}"


def make_plan(wish: Wish, cases: UseCases) -> Plan:
    """Return the answer to a wish.

    Raises:
        ProblemError: Members of the wish cannot be used; it holds every fault.
        RequestError: The same, from the application.
    """
    reading = read_assessment(wish.document(is_level_of(cases)), cases.understand)
    answer = answers.with_echo(cases.answer(reading.question), reading, cases.graph)
    return Plan(wish, reading, orjson.loads(answer), cases.graph)


def what_if(plan: Plan, cases: UseCases) -> WhatIf | None:
    """Return what the wish's one question beside it amounts to; None where it asks none."""
    written = plan.wish.what_if
    skill, _, level = written.rpartition(":")
    known = plan.graph.skills.get(SkillId(skill))
    if known is None or level not in map(str, range(1, known.top_level + 1)):
        return None
    other = make_plan(plan.wish.having(written), cases)
    kept = {(step["skill"], step["level"]) for step in other.steps}
    return WhatIf(
        name=plan.name(skill),
        level=plan.level(int(level)),
        written=written,
        saved=max(plan.path["hours"]["likely"] - other.path["hours"]["likely"], 0),
        gone=[step for step in plan.steps if (step["skill"], step["level"]) not in kept],
        readiness=_readiness_towards(other),
    )


def is_level_of(cases: UseCases) -> Callable[[str], bool]:
    """Return what tells the ids and aliases of levels from other words."""
    return lambda word: cases.resolver.level(word) is not None


def together(both: Members, standings: Sequence[Members]) -> Together:
    """Return what two roles take together, of which a part counts for both.

    Args:
        both: The answer's member of that name.
        standings: Two, nearest first.
    """
    near, far = standings
    shared, extra = both["shared_hours"], both["extra_hours_after_nearest"]
    own = max(both["hours"]["likely"] - shared - extra, 0.0)
    parts = [
        ("role-0", f"only for {near['name']}", own),
        ("overlap", "counts for both", shared),
        ("role-1", f"more for {far['name']}", extra),
    ]
    pieces = overlap.pieces(parts)
    sentence = (
        f"{near['name']} is nearer. Keeping the door to {far['name']} open as well takes "
        f"{figures.hours(extra)} hours more; {figures.hours(shared)} hours count for both."
    )
    label = "; ".join(f"{figures.hours(piece.hours)} hours {piece.name}" for piece in pieces)
    return Together(sentence, label, pieces)


def claims_of(plan: Plan) -> Iterator[tuple[SkillId, int, str]]:
    """Yield what a person says they know, each skill once: its level, and how it was written."""
    written: dict[SkillId, tuple[int, str]] = {}
    for claim in plan.reading.understood:
        known = written.get(claim.skill)
        if known is None or claim.level > known[0]:
            written[claim.skill] = (claim.level, claim.text)
    for skill, (level, text) in written.items():
        yield skill, level, text


def _readiness_towards(plan: Plan) -> float | None:
    reached = plan.document["target"]["roles"]
    shares = [s["readiness"] for s in plan.document["roles"] if s["role"] in reached]
    return min(shares, default=None)
