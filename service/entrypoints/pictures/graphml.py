"""The picture as GraphML, for programs that calculate with graphs."""

from typing import TypeAlias

from service.domain.skill import HUNDREDTHS
from service.entrypoints.pictures.lettering import plain
from service.entrypoints.pictures.picture import Box, Choice, Line, Picture

Attributes: TypeAlias = dict[str, str | int | float]


def as_graphml(picture: Picture) -> str:
    """Return a directed graph: skills, choices and roles as nodes, told apart by `kind`.

    A choice node is satisfied once `at_least` of the nodes with an edge to it are held; every
    other node needs all that have an edge to it.
    """
    import networkx as nx  # noqa: PLC0415 - costs more than all else at start, and is rare

    graph: nx.DiGraph[str] = nx.DiGraph(
        title=plain(picture.title), description=plain(picture.description)
    )
    for box in picture.boxes:
        graph.add_node(box.id, **_of_box(box))
    for choice in picture.choices:
        graph.add_node(choice.id, **_of_choice(choice))
    for goal in picture.goals:
        graph.add_node(goal.id, kind="role", name=plain(goal.name))
    for line in picture.lines:
        graph.add_edge(line.below, line.above, **_of_line(line))
    return "\n".join([*nx.generate_graphml(graph, prettyprint=True), ""])


def _of_box(box: Box) -> Attributes:
    asked: dict[str, int] = {}
    for role, level in box.asked:
        asked[f"asked_by_{role}"] = max(level, asked.get(f"asked_by_{role}", level))
    return {
        "kind": "skill",
        "name": plain(box.name),
        "skill": box.skill,
        "area": box.area,
        "first_level": box.levels[0],
        "last_level": box.levels[-1],
        "likely_hours": box.likely / HUNDREDTHS,
        **asked,
    }


def _of_choice(choice: Choice) -> Attributes:
    return {"kind": "choice", "name": choice.label(), "at_least": choice.need}


def _of_line(line: Line) -> Attributes:
    return {"kind": line.kind.value, "levels": line.label, "reason": plain(line.reason)}
