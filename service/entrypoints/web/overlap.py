"""Roles side by side: the API's comparison, sorted into pictures."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from service.domain.graph import SkillGraph

Members: TypeAlias = dict[str, Any]

PAIR: Final = 2
SCALE: Final = 1000


class Piece(NamedTuple):
    """A part of the way to several roles, as a part of a bar.

    Attributes:
        kind: What it is coloured by.
    """

    kind: str
    name: str
    hours: float
    x: float
    width: float


class Column(NamedTuple):
    """The skills of one role alone, or of all."""

    kind: str
    name: str
    skills: Sequence[Members]


class Row(NamedTuple):
    """One area: its skills by column."""

    name: str
    cells: Sequence[Sequence[Members]]


def pieces(parts: Sequence[tuple[str, str, float]]) -> list[Piece]:
    """Return the parts of a bar, each as wide as its hours ask.

    Args:
        parts: Kind, name and hours of each.
    """
    whole = sum(hours for _, _, hours in parts) or 1.0
    made: list[Piece] = []
    x = 0.0
    for kind, name, hours in parts:
        width = hours / whole * SCALE
        made.append(Piece(kind, name, hours, round(x, 1), round(width, 1)))
        x += width
    return made


def columns(comparison: Members, graph: SkillGraph) -> list[Column]:
    """Return the columns of the overlap map: what is shared stands between two roles."""
    own = [
        Column(f"role-{number}", f"Only {graph.roles[part['role']].name}", part["skills"])
        for number, part in enumerate(comparison["distinct"])
    ]
    shared = Column(
        "overlap", "Both" if len(own) == PAIR else "All", comparison["shared"]["skills"]
    )
    return [own[0], shared, *own[1:]]


def rows(sides: Sequence[Column], graph: SkillGraph) -> Iterator[Row]:
    """Yield the rows of the overlap map, one for each area that has a skill in it."""
    for area in graph.catalogue.areas:
        cells = [[skill for skill in side.skills if skill["area"] == area.id] for side in sides]
        if any(cells):
            yield Row(area.name, cells)


def shares(comparison: Members, sides: Sequence[Column]) -> list[Piece]:
    """Return the bar of the hours that roles share and that each takes alone."""
    own = [part["hours"]["likely"] for part in comparison["distinct"]]
    hours = [own[0], comparison["shared"]["hours"]["likely"], *own[1:]]
    return pieces(
        [
            (side.kind, "count for both" if side.kind == "overlap" else _only(side.name), spent)
            for side, spent in zip(sides, hours, strict=True)
        ]
    )


def _only(name: str) -> str:
    return f"{name[0].lower()}{name[1:]}"
