"""The picture as a Mermaid flowchart."""

from collections.abc import Iterator
from typing import Final

from service.entrypoints.pictures.lettering import plain
from service.entrypoints.pictures.picture import Box, Line, LineKind, Picture

DASHED: Final = frozenset({LineKind.OPTION, LineKind.CHOICE})
ESCAPES: Final = str.maketrans(
    {sign: f"#{ord(sign)};" for sign in '"#%&<>`\\{}[]|'},
)


def as_mermaid(picture: Picture) -> str:
    """Return a flowchart with a subgraph for each area and a diamond for each choice.

    Nodes are numbered, since words of the language (``end``) may be ids of skills.
    """
    ids = _numbered(picture)
    return "\n".join([*_statements(picture, ids), ""])


def _numbered(picture: Picture) -> dict[str, str]:
    ids = {box.id: f"s{number}" for number, box in enumerate(picture.boxes, start=1)}
    ids |= {choice.id: f"c{number}" for number, choice in enumerate(picture.choices, start=1)}
    return ids | {goal.id: f"r{number}" for number, goal in enumerate(picture.goals, start=1)}


def _statements(picture: Picture, ids: dict[str, str]) -> Iterator[str]:
    yield "flowchart LR"
    yield f"  accTitle: {_unbroken(picture.title)}"
    yield f"  accDescr: {_unbroken(picture.description)}"
    for number, area in enumerate(picture.areas, start=1):
        yield f'  subgraph a{number}["{_escaped(area.name)}"]'
        yield from (f"    {_box(box, ids)}" for box in picture.boxes if box.area == area.id)
        yield "  end"
    for choice in picture.choices:
        yield f'  {ids[choice.id]}{{"{choice.label()}"}}'
    for goal in picture.goals:
        yield f'  {ids[goal.id]}(["{_escaped(goal.name)}"])'
    yield from (f"  {_line(line, ids)}" for line in picture.lines)
    yield from _emphasis(picture, ids)


def _box(box: Box, ids: dict[str, str]) -> str:
    asked = [f"asked: {level} ({role})" for role, level in box.asked]
    label = "<br/>".join(map(_escaped, [box.name, box.detail(), *asked]))
    return f'{ids[box.id]}["{label}"]'


def _line(line: Line, ids: dict[str, str]) -> str:
    arrow = "-.->" if line.kind in DASHED else "-->"
    label = f'|"{_escaped(line.label)}"|' if line.label else ""
    return f"{ids[line.below]} {arrow}{label} {ids[line.above]}"


def _emphasis(picture: Picture, ids: dict[str, str]) -> Iterator[str]:
    asked = ",".join(ids[box.id] for box in picture.boxes if box.asked)
    if asked:
        yield "  classDef asked stroke-width:3px"
        yield f"  class {asked} asked"


def _escaped(text: str) -> str:
    return plain(text).translate(ESCAPES)


def _unbroken(text: str) -> str:
    """Return a text for a place that knows no escapes and ends with the line."""
    return "".join(sign for sign in plain(text) if sign not in '"#%&;<>`\\{}')
