"""The picture in DOT, the language of Graphviz."""

from collections.abc import Iterator
from typing import Final

from service.entrypoints.pictures.lettering import plain
from service.entrypoints.pictures.picture import Box, Choice, Line, LineKind, Picture

STYLE: Final = {LineKind.OPTION: "dashed", LineKind.CHOICE: "dashed"}


def as_dot(picture: Picture) -> str:
    """Return a directed graph with a cluster for each area and a diamond for each choice."""
    return "\n".join([*_statements(picture), ""])


def _statements(picture: Picture) -> Iterator[str]:
    yield f"digraph {_quoted(picture.title)} {{"
    yield f"  graph [rankdir=LR, label={_quoted(picture.title)}, labelloc=t, fontname=sans];"
    yield "  node [shape=box, style=rounded, fontname=sans];"
    yield "  edge [fontname=sans, fontsize=10];"
    for area in picture.areas:
        yield f"  subgraph {_quoted(f'cluster_{area.id}')} {{"
        yield f"    label={_quoted(area.name)};"
        yield from (_box(box) for box in picture.boxes if box.area == area.id)
        yield "  }"
    yield from map(_choice, picture.choices)
    for goal in picture.goals:
        yield f"  {_quoted(goal.id)} [shape=oval, style=bold, label={_quoted(goal.name)}];"
    yield from map(_line, picture.lines)
    yield "}"


def _box(box: Box) -> str:
    asked = [f"asked: {level} ({role})" for role, level in box.asked]
    label = r"\n".join(map(_escaped, [box.name, box.detail(), *asked]))
    bold = ', style="rounded,bold"' if asked else ""
    return f'    {_quoted(box.id)} [label="{label}"{bold}];'


def _choice(choice: Choice) -> str:
    said = f"label={_quoted(choice.label())}, tooltip={_quoted(choice.sentence())}"
    return f"  {_quoted(choice.id)} [shape=diamond, style=solid, {said}];"


def _line(line: Line) -> str:
    marks = {
        "label": line.label,
        "style": STYLE.get(line.kind, ""),
        "tooltip": line.reason,
    }
    said = ", ".join(f"{name}={_quoted(text)}" for name, text in marks.items() if text)
    return f"  {_quoted(line.below)} -> {_quoted(line.above)}" + (f" [{said}];" if said else ";")


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    r"""Return a text whose backslashes are no commands (``\N`` would be the node's name)."""
    return plain(text).replace("\\", "\\\\").replace('"', '\\"')
