"""What a picture of the graph shows, whatever it is drawn with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

from service.domain.catalogue import Area, Role
from service.domain.graph import SkillGraph, groups_of_all
from service.domain.skill import AreaId, Node, Requirement, RoleId, Skill, SkillId
from service.entrypoints.pictures.lettering import hours, listed

NO_LEVEL: Final = 0


class Asked(NamedTuple):
    """A level that a role asks for, by itself or as one of several that would do."""

    role: RoleId
    level: int


@dataclass(frozen=True, slots=True)
class Box:
    """A skill, or one level of it.

    Attributes:
        id: The skill's id, with ``@`` and the level where each level has its own box.
        levels: The levels shown, ascending; never empty.
        likely: Their effort together, hundredths of an hour.
        asked: What roles ask of it.
    """

    id: str
    skill: SkillId
    name: str
    area: AreaId
    levels: tuple[int, ...]
    likely: int
    asked: tuple[Asked, ...]

    def detail(self) -> str:
        """Return its levels and hours in a few words."""
        first, last = self.levels[0], self.levels[-1]
        levels = f"level {first}" if first == last else f"levels {first} to {last}"
        return f"{levels}, {hours(self.likely)} h"


@dataclass(frozen=True, slots=True)
class Choice:
    """A requirement that leaves a choice, drawn once for all that have the same.

    Attributes:
        id: Holds a colon, so that it is no box's.
        need: How many of the options it takes.
        options: Names, each with the asked level; more than `need`.
        is_asked: Whether a role asks for it.
    """

    id: str
    need: int
    options: tuple[str, ...]
    is_asked: bool

    def label(self) -> str:
        """Return the choice in a few words."""
        return f"{self.need} of {len(self.options)}"

    def sentence(self) -> str:
        """Return the choice in full."""
        return f"any {self.need} of {listed(self.options)}"


@dataclass(frozen=True, slots=True)
class Goal:
    """A role; its id holds a colon, so that it is no box's."""

    id: str
    name: str


class LineKind(StrEnum):
    """What a line from below to above says."""

    NEEDS = "needs"
    OPTION = "option"
    CHOICE = "choice"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Line:
    """What is below comes before what is above; no two lines join the same two.

    Attributes:
        label: The levels joined: ``2 for 3``, or only the one that there is.
        reason: The graph's own sentence; may be empty.
    """

    below: str
    above: str
    kind: LineKind
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole graph, or the part of it that a role can need or that surrounds a skill.

    Attributes:
        version: Of the graph.
        areas: Those that have boxes, in the graph's order.
        boxes: In catalogue order.
        goals: The roles shown, in file order.
    """

    version: str
    title: str
    description: str
    areas: tuple[Area, ...]
    boxes: tuple[Box, ...]
    choices: tuple[Choice, ...]
    goals: tuple[Goal, ...]
    lines: tuple[Line, ...]

    def role_names(self) -> dict[str, str]:
        """Return the names of the roles shown, by id."""
        return {goal.id.removeprefix("role:"): goal.name for goal in self.goals}


def picture_of(
    graph: SkillGraph,
    role: str | None = None,
    *,
    skill: str | None = None,
    by_level: bool = False,
) -> Picture:
    """Return what a picture of a graph shows.

    Args:
        graph: The graph.
        role: Leaves out what no path to the role can use, and all other roles.
        skill: The id of a skill of the graph; leaves out what neither comes before it nor rests
            directly on it, and, without `role`, all roles.
        by_level: Gives each level of a skill a box of its own.

    Raises:
        UnknownRoleError: The graph holds no such role.
    """
    roles = tuple(graph.roles.values()) if role is None else (graph.role(role),)
    shown = set(range(len(graph.nodes)))
    title = graph.catalogue.title if len(roles) != 1 else roles[0].name
    if role is not None:
        shown &= _below(graph, _asked_by(graph, roles[0]))
    if skill is not None:
        around = graph.skills[SkillId(skill)]
        shown &= _around(graph, around)
        roles = roles if role is not None else ()
        title = around.name
    return _Sketch(graph, roles, sorted(shown), by_level=by_level).picture(title)


def _asked_by(graph: SkillGraph, role: Role) -> set[int]:
    """Return the positions of every node that a role lists."""
    return {option for group in groups_of_all(graph, role.requires) for option in group.options}


def _around(graph: SkillGraph, skill: Skill) -> set[int]:
    """Return the positions of a skill, of what may come before it, and of what lists it."""
    own = set(graph.levels_up_to(Node(skill.id, skill.top_level)))
    return _below(graph, own) | {above for each in own for above in graph.dependents[each]}


def _below(graph: SkillGraph, start: set[int]) -> set[int]:
    """Return some positions and those of every node that a path to them can use."""
    needed = set(start)
    waiting = list(needed)
    while waiting:
        groups = graph.groups[waiting.pop()]
        below = {option for group in groups for option in group.options} - needed
        waiting.extend(below)
        needed |= below
    return needed


class _Sketch:
    """One picture in the making."""

    def __init__(
        self, graph: SkillGraph, roles: tuple[Role, ...], shown: list[int], *, by_level: bool
    ) -> None:
        self._graph = graph
        self._roles = roles
        self._shown = [graph.nodes[position] for position in shown]
        self._by_level = by_level
        self._choices: dict[tuple[int, tuple[Node, ...]], Choice] = {}
        self._lines: dict[tuple[str, str], list[tuple[LineKind, str, str]]] = {}

    def picture(self, title: str) -> Picture:
        for node in self._shown:
            self._draw_prerequisites(node)
        for role in self._roles:
            for requirement in role.requires:
                self._require(requirement, f"role:{role.id}", NO_LEVEL)
        boxes = tuple(self._boxes())
        areas = {box.area for box in boxes}
        goals = tuple(Goal(f"role:{role.id}", role.name) for role in self._roles)
        lines = self._lines_between({box.id for box in boxes} | {goal.id for goal in goals})
        joined = {line.above for line in lines}
        catalogue = self._graph.catalogue
        return Picture(
            version=catalogue.version,
            title=title,
            description=self._description(len({box.skill for box in boxes})),
            areas=tuple(area for area in catalogue.areas if area.id in areas),
            boxes=boxes,
            choices=tuple(each for each in self._choices.values() if each.id in joined),
            goals=goals,
            lines=lines,
        )

    def _lines_between(self, shown: set[str]) -> tuple[Line, ...]:
        """Return the lines that end at nothing left out; a choice goes with its last option."""
        lines = [_line(*item) for item in self._lines.items()]
        choices = {choice.id for choice in self._choices.values()}
        reached = {line.above for line in lines if line.below in shown and line.above in choices}
        ends = shown | reached
        return tuple(line for line in lines if line.below in ends and line.above in ends)

    def _description(self, skills: int) -> str:
        catalogue = self._graph.catalogue
        return (
            f"{skills} skills of {catalogue.title}, version {catalogue.version}: "
            "what comes before what, prerequisites on the left."
        )

    def _draw_prerequisites(self, node: Node) -> None:
        box = self._box_id(node)
        if self._by_level and node.level > 1:
            below = self._box_id(Node(node.skill, node.level - 1))
            self._join(below, box, LineKind.NEEDS, "", "")
        stage = self._graph.skills[node.skill].levels[node.level - 1]
        for requirement in stage.requires:
            self._require(requirement, box, node.level)

    def _require(self, requirement: Requirement, above: str, level: int) -> None:
        options = requirement.lowest_options()
        reason = requirement.reason
        is_asked = level == NO_LEVEL
        if len(options) == requirement.at_least:
            kind = LineKind.ASKED if is_asked else LineKind.NEEDS
            for option in options:
                label = f"{option.level}" if is_asked else f"{option.level} for {level}"
                self._join(self._box_id(option), above, kind, label, reason)
            return
        choice = self._choice(requirement.at_least, options, is_asked=is_asked)
        label = "" if is_asked else f"for {level}"
        self._join(choice, above, LineKind.CHOICE, label, reason)

    def _choice(self, need: int, options: tuple[Node, ...], *, is_asked: bool) -> str:
        """Return the id of a choice; draw it when it is met for the first time."""
        known = self._choices.get((need, options))
        if known is None:
            names = (f"{self._graph.skills[skill].name} ({level})" for skill, level in options)
            known = Choice(f"choice:{len(self._choices) + 1}", need, tuple(names), is_asked)
            for option in options:
                label = f"{option.level}"
                self._join(self._box_id(option), known.id, LineKind.OPTION, label, "")
        self._choices[need, options] = replace(known, is_asked=known.is_asked or is_asked)
        return known.id

    def _join(self, below: str, above: str, kind: LineKind, label: str, reason: str) -> None:
        if below != above:  # a skill's own levels share one box
            self._lines.setdefault((below, above), []).append((kind, label, reason))

    def _boxes(self) -> Iterable[Box]:
        asked = self._asked()
        levels: dict[str, list[Node]] = {}
        for node in self._shown:
            levels.setdefault(self._box_id(node), []).append(node)
        for box, nodes in levels.items():
            skill = self._graph.skills[nodes[0].skill]
            yield Box(
                id=box,
                skill=skill.id,
                name=skill.name,
                area=skill.area,
                levels=tuple(node.level for node in nodes),
                likely=sum(self._graph.likely[self._graph.position(node)] for node in nodes),
                asked=tuple(asked.get(box, ())),
            )

    def _asked(self) -> dict[str, dict[Asked, None]]:
        asked: dict[str, dict[Asked, None]] = {}
        for role in self._roles:
            for requirement in role.requires:
                for option in requirement.lowest_options():
                    of_box = asked.setdefault(self._box_id(option), {})
                    of_box.setdefault(Asked(role.id, option.level))
        return asked

    def _box_id(self, node: Node) -> str:
        return f"{node.skill}@{node.level}" if self._by_level else node.skill


def _line(ends: tuple[str, str], said: list[tuple[LineKind, str, str]]) -> Line:
    """Return all that was said of two ends as one line, repetitions once."""
    below, above = ends
    labels = dict.fromkeys(label for _, label, _ in said if label)
    reasons = dict.fromkeys(reason for _, _, reason in said if reason)
    return Line(below, above, said[0][0], ", ".join(labels), " ".join(reasons))
