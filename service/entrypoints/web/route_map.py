"""The learning path as a map: boxes in columns, from what is next to the goal.

A box is a skill with the levels that are learned in one go; two boxes of one skill are drawn only
where something else has to come between. Columns are filled like those of a timetable: every box
stands right of all that it rests on, no column holds more than its share, and what comes early in
the path stands on the left [1].

References:
    [1] E. G. Coffman and R. L. Graham, Optimal Scheduling for Two-Processor Systems, Acta
        Informatica 1, 1972.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from math import ceil, sqrt
from typing import Any, Final, NamedTuple, TypeAlias

from service.domain.graph import SkillGraph
from service.domain.skill import Node, SkillId
from service.entrypoints.pictures.layers import Edge, Thread, in_given_columns
from service.entrypoints.pictures.lettering import cut_to, wrapped
from service.entrypoints.pictures.placing import Sheet, Size, placed
from service.entrypoints.web import figures
from service.entrypoints.web.measuring import em_width, shortened

Members: TypeAlias = dict[str, Any]

BOX_WIDTH: Final = 196
PADDING: Final = 12
NAME_SIZE: Final = 13
DETAIL_SIZE: Final = 11.5
NAME_LEADING: Final = 17
DETAIL_LEADING: Final = 16
NAME_LINES: Final = 3
ALTERNATIVE_LINES: Final = 2

MARGIN: Final = 20
HEADING: Final = 40
DONE_WIDTH: Final = 196
DONE_HEIGHT: Final = 30
DONE_GAP: Final = 6
DONE_SHOWN: Final = 14
GOAL_WIDTH: Final = 176
BETWEEN_ZONES: Final = 56
LOWEST: Final = 300
FEWEST_IN_A_COLUMN: Final = 4

MIN_ROWS_TO_BALANCE: Final = 1.15


@dataclass(slots=True)
class Box:
    """Some levels of one skill, learned in one go.

    Attributes:
        steps: Members of the answer's path, levels ascending.
        is_next: Whether all that it needs is held already.
        needs: Ids of the boxes that it rests on, and of what is known: ``known-SKILL``.
        name, detail, alternatives: Lines that fit.
    """

    id: str
    steps: list[Members]
    is_next: bool = False
    is_shared: bool = False
    needs: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    detail: str = ""
    alternatives: list[str] = field(default_factory=list)
    x: float = 0
    y: float = 0
    height: int = 0

    @property
    def first(self) -> Members:
        """The step that it begins with."""
        return self.steps[0]

    @property
    def last(self) -> Members:
        """The step that it ends with."""
        return self.steps[-1]

    def hours(self) -> tuple[float, float, float]:
        """Return what it takes, as low, likely and high."""
        low, likely, high = (
            sum(step["hours"][bound] for step in self.steps) for bound in ("low", "likely", "high")
        )
        return low, likely, high


class Pill(NamedTuple):
    """Something that is known, and that the path builds on."""

    id: str
    skill: SkillId
    text: str
    name: str
    y: float


class Stroke(NamedTuple):
    """A line from a box to one that rests on it."""

    below: str
    above: str
    route: str


class Goal(NamedTuple):
    """What the path leads to."""

    name: list[str]
    y: float
    height: int


@dataclass(frozen=True, slots=True)
class RouteMap:
    """A drawing, ready for a template.

    Attributes:
        left: Where the boxes begin, pixels.
        goal_x: Where the goals stand.
        more_done: How many known skills are not drawn.
    """

    width: int
    height: int
    left: float
    goal_x: float
    boxes: Sequence[Box]
    done: Sequence[Pill]
    more_done: int
    strokes: Sequence[Stroke]
    goals: Sequence[Goal]
    next_right: float


def boxes_of(steps: Sequence[Members], known: Mapping[str, int], graph: SkillGraph) -> list[Box]:
    """Return the boxes of a path, in its order, with what each rests on.

    Args:
        steps: The steps of an answer's path.
        known: The held level by skill.
        graph: The graph that answered.
    """
    taken = {Node(SkillId(step["skill"]), step["level"]) for step in steps}
    rests_on = {_node(step): _rests_on(_node(step), taken, known, graph) for step in steps}
    folding = _Folding([_node(step) for step in steps], rests_on, taken)
    boxes: dict[Node, Box] = {}
    for step in steps:
        first = folding.box_of[_node(step)]
        boxes.setdefault(first, Box(_box_id(first), [])).steps.append(step)
    above_of = folding.reduced()
    for first, box in boxes.items():
        own = [rests_on[_node(step)] for step in box.steps]
        done = dict.fromkeys(f"known-{node.skill}" for _, held in own for node in held)
        box.needs = [*(_box_id(below) for below in above_of[first]), *done]
        box.is_next = not rests_on[first][0]
        box.is_shared = any(len(step["serves_roles"]) > 1 for step in box.steps)
    return list(boxes.values())


def draw(
    boxes: Sequence[Box], known: Mapping[str, int], goals: Sequence[str], graph: SkillGraph
) -> RouteMap:
    """Return the map of some boxes.

    Args:
        boxes: As `boxes_of` returns them; gets its lines and places.
        known: The held level by skill.
        goals: Names of what the path leads to.
        graph: The graph that answered.
    """
    for box in boxes:
        _letter(box, graph)
    by_id = {box.id: box for box in boxes}
    edges = [(need, box.id) for box in boxes for need in box.needs if need in by_id]
    layout = in_given_columns(_columns(boxes, edges), edges)
    sheet = placed(layout, {box.id: Size(BOX_WIDTH, box.height) for box in boxes})
    pills, more = _pills(boxes, known, graph)
    done_height = max(len(pills) * (DONE_HEIGHT + DONE_GAP) + bool(more) * DONE_HEIGHT, 0)
    tallest = max(sheet.height, done_height, LOWEST)
    left = MARGIN + DONE_WIDTH + BETWEEN_ZONES
    top = MARGIN + HEADING
    down = top + (tallest - sheet.height) / 2
    for box in boxes:
        place = sheet.places[box.id]
        box.x, box.y = left + place.x, down + place.y - box.height / 2
    goal_x = left + sheet.width + BETWEEN_ZONES if boxes else left
    first = max((box.x + BOX_WIDTH for box in boxes if box.is_next), default=left)
    return RouteMap(
        width=round(goal_x + GOAL_WIDTH + MARGIN),
        height=round(top + tallest + MARGIN),
        left=left,
        goal_x=goal_x,
        boxes=boxes,
        done=[pill._replace(y=top + (tallest - done_height) / 2 + pill.y) for pill in pills],
        more_done=more,
        strokes=[
            Stroke(below, above, _route(layout.threads[below, above], sheet, left, down))
            for below, above in edges
        ],
        goals=list(_goals(goals, top + tallest / 2)),
        next_right=first,
    )


class _Folding:
    """Steps joined to boxes: a level joins the one below it unless that closes a circle."""

    def __init__(
        self,
        nodes: Sequence[Node],
        rests_on: Mapping[Node, tuple[list[Node], list[Node]]],
        taken: set[Node],
    ) -> None:
        self.box_of = {node: node for node in nodes}
        self.below = {node: dict.fromkeys(rests_on[node][0]) for node in nodes}
        for node in nodes:
            lower = Node(node.skill, node.level - 1)
            if lower in taken:
                self._join(self.box_of[lower], node)

    def reduced(self) -> dict[Node, list[Node]]:
        """Return what each box rests on, without what follows from the rest."""
        reached: dict[Node, set[Node]] = {}
        for box in self.below:
            self._reach(box, reached)
        return {
            box: [
                lower
                for lower in below
                if not any(lower in reached[other] for other in below if other != lower)
            ]
            for box, below in self.below.items()
        }

    def _join(self, lower: Node, upper: Node) -> None:
        others = [node for node in self.below[upper] if node != lower]
        if any(self._leads(lower, other) for other in others):
            return
        self.below[lower] |= dict.fromkeys(others)
        del self.below[upper]
        for box, below in self.below.items():
            if upper in below:
                self.below[box] = dict.fromkeys(lower if n == upper else n for n in below)
        self.box_of[upper] = lower

    def _leads(self, lower: Node, upper: Node) -> bool:
        """Return whether a box is among all that another rests on."""
        waiting, seen = [upper], {upper}
        while waiting:
            node = waiting.pop()
            if node == lower:
                return True
            fresh = self.below[node].keys() - seen
            seen |= fresh
            waiting += fresh
        return False

    def _reach(self, box: Node, reached: dict[Node, set[Node]]) -> None:
        stack = [box]
        while stack:
            node = stack[-1]
            missing = [lower for lower in self.below[node] if lower not in reached]
            if missing:
                stack += missing
                continue
            stack.pop()
            reached[node] = set(self.below[node]).union(
                *(reached[lower] for lower in self.below[node])
            )


def _node(step: Members) -> Node:
    return Node(SkillId(step["skill"]), step["level"])


def _box_id(node: Node) -> str:
    return f"{node.skill}-{node.level}"


def _rests_on(
    node: Node, taken: set[Node], known: Mapping[str, int], graph: SkillGraph
) -> tuple[list[Node], list[Node]]:
    """Return what a step rests on: of the path, and of what is known."""
    steps: list[Node] = []
    held: list[Node] = []
    for group in graph.groups[graph.position(node)]:
        options = [graph.nodes[option] for option in group.options]
        mine = [option for option in options if known.get(option.skill, 0) >= option.level]
        held += [option for option in mine[: group.need] if option.skill != node.skill]
        if len(mine) < group.need:
            steps += [option for option in options if option in taken]
    return steps, held


def _letter(box: Box, graph: SkillGraph) -> None:
    """Give a box the lines that fit into it, and its height."""
    name, detail = (partial(_width, size=size) for size in (NAME_SIZE, DETAIL_SIZE))
    inside = BOX_WIDTH - 2 * PADDING
    box.name = cut_to(wrapped(box.first["name"], inside, name), NAME_LINES)
    level = graph.catalogue.levels[box.last["level"] - 1].name
    time = f"{figures.hours(box.hours()[1])} h"
    room = inside - detail(f" · {time}")
    box.detail = f"{shortened(f'to {level}', room, DETAIL_SIZE)} · {time}"
    others = [
        graph.skills[other["skill"]].name
        for step in box.steps
        for other in step.get("choice", {}).get("instead_of", ())
    ]
    if others:
        text = f"or {', '.join(dict.fromkeys(others))}"
        box.alternatives = cut_to(wrapped(text, inside, detail), ALTERNATIVE_LINES)
    box.height = 2 * PADDING - 4 + len(box.name) * NAME_LEADING + DETAIL_LEADING
    if box.alternatives:
        box.height += 10 + len(box.alternatives) * DETAIL_LEADING


def _width(text: str, size: float) -> float:
    return em_width(text) * size


def _columns(boxes: Sequence[Box], edges: Sequence[Edge]) -> dict[str, int]:
    """Return the column of each box: after all it rests on, and none too full."""
    share = max(FEWEST_IN_A_COLUMN, ceil(sqrt(len(boxes)) * MIN_ROWS_TO_BALANCE))
    below: dict[str, list[str]] = {box.id: [] for box in boxes}
    for lower, upper in edges:
        below[upper].append(lower)
    column: dict[str, int] = {}
    filled: dict[int, int] = {}
    for box in _in_order(below):
        place = max((column[lower] + 1 for lower in below[box]), default=0)
        while filled.get(place, 0) >= share:
            place += 1
        column[box] = place
        filled[place] = filled.get(place, 0) + 1
    return column


def _in_order(below: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield boxes in their own order, but never before what they rest on."""
    done: set[str] = set()
    for start in below:
        stack = [start]
        while stack:
            box = stack[-1]
            missing = [lower for lower in below[box] if lower not in done]
            if missing:
                stack += missing[:1]
                continue
            stack.pop()
            if box not in done:
                done.add(box)
                yield box


def _pills(
    boxes: Sequence[Box], known: Mapping[str, int], graph: SkillGraph
) -> tuple[list[Pill], int]:
    """Return the known skills that the path builds on, and how many more there are."""
    used = dict.fromkeys(need for box in boxes for need in box.needs if need.startswith("known-"))
    skills = [SkillId(need.removeprefix("known-")) for need in used]
    skills += [SkillId(skill) for skill in known if f"known-{skill}" not in used]
    pills = [
        Pill(
            id=f"known-{skill}",
            skill=skill,
            text=shortened(graph.skills[skill].name, DONE_WIDTH - 38, DETAIL_SIZE),
            name=graph.skills[skill].name,
            y=number * (DONE_HEIGHT + DONE_GAP),
        )
        for number, skill in enumerate(skills[:DONE_SHOWN])
    ]
    return pills, max(len(skills) - DONE_SHOWN, 0)


def _goals(names: Sequence[str], middle: float) -> Iterator[Goal]:
    measure = partial(_width, size=15)
    lettered = [cut_to(wrapped(name, GOAL_WIDTH - 32, measure), 3) for name in names]
    heights = [56 + len(lines) * 20 for lines in lettered]
    y = middle - (sum(heights) + 16 * max(len(heights) - 1, 0)) / 2
    for lines, height in zip(lettered, heights, strict=True):
        yield Goal(lines, y, height)
        y += height + 16


def _route(thread: Thread, sheet: Sheet, left: float, down: float) -> str:
    """Return a line from the right of one box to the left of the other."""
    steps: list[str] = []
    for part, after in pairwise(thread.parts):
        start, end = sheet.places[part], sheet.places[after]
        right = left + start.x + sheet.widths[part]
        bend = (right + left + end.x) / 2
        numbers = (bend, down + start.y, bend, down + end.y, left + end.x, down + end.y)
        move = f"{'L' if steps else 'M'}{_pixels(right, down + start.y)}"
        steps.append(f"{move}C{_pixels(*numbers)}")
    return "".join(steps)


def _pixels(*numbers: float) -> str:
    return " ".join(f"{round(number, 1) + 0.0:g}" for number in numbers)
