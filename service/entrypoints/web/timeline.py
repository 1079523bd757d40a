"""The path over time: a row for each area, and where its steps lie."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeAlias

from service.domain.graph import SkillGraph

Members: TypeAlias = dict[str, Any]

SCALE: Final = 1000
"""The width of every row, units."""

NARROWEST: Final = 3
MOST_TICKS: Final = 9
TICK_STEPS: Final = (1, 2, 4, 8, 12, 26, 52, 104, 260)


class Bar(NamedTuple):
    """Steps of one area, one right after the other."""

    x: float
    width: float
    steps: Sequence[Members]

    @property
    def title(self) -> str:
        """Return which steps they are: "5–7. Embeddings, Vector search"."""
        numbers = sorted({self.steps[0]["order"], self.steps[-1]["order"]})
        names = dict.fromkeys(step["name"] for step in self.steps)
        return f"{'–'.join(map(str, numbers))}. {', '.join(names)}"


class Row(NamedTuple):
    """The steps of one area."""

    area: str
    is_overlap: bool
    bars: Sequence[Bar]


class Tick(NamedTuple):
    """A mark on the axis."""

    x: float
    label: str


class Milestone(NamedTuple):
    """A portfolio project in its place."""

    x: float
    number: int
    project: Members
    label: str


class Timeline(NamedTuple):
    """A drawing, ready for a template.

    Attributes:
        unit: What the axis counts: weeks, or hours where there is no pace.
        low, likely, high: Where the path may end; the axis goes to `high`.
    """

    unit: str
    rows: Sequence[Row]
    ticks: Sequence[Tick]
    milestones: Sequence[Milestone]
    low: float
    likely: float
    high: float


def timeline(path: Members, hours_per_week: float | None, graph: SkillGraph) -> Timeline:
    """Return the steps of a path over time."""
    per_unit = hours_per_week or 1.0
    unit = "week" if hours_per_week else "hour"
    whole = path["hours"]["high"] or 1.0
    scale = SCALE / whole
    bars = {area.id: list[Bar]() for area in graph.catalogue.areas}
    for area, stretch in groupby(path["steps"], itemgetter("area")):
        bars[area].append(_bar([*stretch], scale))
    return Timeline(
        unit,
        [
            Row(area.name, area.overlap, bars[area.id])
            for area in graph.catalogue.areas
            if bars[area.id]
        ],
        _ticks(whole / per_unit),
        _milestones(path, scale, per_unit, unit),
        *(round(path["hours"][bound] * scale, 1) for bound in ("low", "likely", "high")),
    )


def _bar(steps: Sequence[Members], scale: float) -> Bar:
    """Return the bar of steps that follow one another; it can be seen where it is short."""
    start = steps[0]["hours_so_far"] - steps[0]["hours"]["likely"]
    width = max((steps[-1]["hours_so_far"] - start) * scale, NARROWEST)
    return Bar(round(start * scale, 1), round(width, 1), steps)


def _ticks(units: float) -> list[Tick]:
    step = next((size for size in TICK_STEPS if units / size <= MOST_TICKS), round(units / 8) or 1)
    return [Tick(round(at / units * SCALE, 1), f"{at:,}") for at in range(0, int(units) + 1, step)]


def _milestones(path: Members, scale: float, per_unit: float, unit: str) -> list[Milestone]:
    ends = [0.0, *(step["hours_so_far"] for step in path["steps"])]
    return [
        Milestone(
            round(ends[project["after_step"]] * scale, 1),
            number,
            project,
            f"after {unit} {ends[project['after_step']] / per_unit:.0f}",
        )
        for number, project in enumerate(path["projects"], start=1)
    ]
