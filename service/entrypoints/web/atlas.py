"""The whole graph on one sheet: a band for each area, and left to right what rests on what."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from service.domain.graph import SkillGraph
from service.domain.skill import Node, SkillId
from service.entrypoints.pictures.lettering import cut_to, wrapped
from service.entrypoints.web.measuring import em_width, shortened

COLUMN: Final = 188
ROW: Final = 24
HEIGHT: Final = 20
LABEL: Final = 140
TEXT_SIZE: Final = 10.5
MARGIN: Final = 16
BAND_SIZE: Final = 11.5
BAND_LEADING: Final = 14
BETWEEN_BANDS: Final = 18


class Spot(NamedTuple):
    """A skill in its place.

    Attributes:
        kind: Which roles can need it: ``overlap``, ``role-0``, ``role-1`` and so on, ``nobody``.
        needs: Ids of the skills that some level of it lists.
    """

    skill: SkillId
    name: str
    text: str
    kind: str
    x: int
    y: int
    needs: str


class Band(NamedTuple):
    """One area.

    Attributes:
        lines: Its name, in lines that fit beside it.
    """

    lines: Sequence[str]
    is_overlap: bool
    y: int
    height: int


class Atlas(NamedTuple):
    """A drawing, ready for a template."""

    width: int
    height: int
    bands: Sequence[Band]
    spots: Sequence[Spot]


def atlas(graph: SkillGraph) -> Atlas:
    """Return the whole graph; what needs most stands furthest to the right."""
    depth = _depths(graph)
    kinds = _kinds(graph)
    bands: list[Band] = []
    spots: list[Spot] = []
    top = MARGIN
    for area in graph.catalogue.areas:
        skills = [skill for skill in graph.catalogue.skills if skill.area == area.id]
        filled: dict[int, int] = {}
        for skill in skills:
            column = depth[skill.id]
            row = filled[column] = filled.get(column, -1) + 1
            spots.append(
                Spot(
                    skill.id,
                    skill.name,
                    shortened(skill.name, COLUMN - 30, TEXT_SIZE),
                    kinds.get(skill.id, "nobody"),
                    LABEL + column * COLUMN,
                    top + row * ROW,
                    " ".join(_needs(skill.id, graph)),
                )
            )
        height = (max(filled.values(), default=-1) + 1) * ROW
        if skills:
            bands.append(Band(_lettered(area.name, height), area.overlap, top, height))
            top += height + BETWEEN_BANDS
    width = LABEL + (max(depth.values(), default=0) + 1) * COLUMN + MARGIN
    return Atlas(width, top, bands, spots)


def _lettered(name: str, height: int) -> list[str]:
    lines = wrapped(name, LABEL - 2 * MARGIN, lambda text: em_width(text) * BAND_SIZE)
    return cut_to(lines, max(height // BAND_LEADING, 1))


def _depths(graph: SkillGraph) -> Mapping[SkillId, int]:
    """Return how many skills of other kinds come before each, by the longest way."""
    depth: dict[SkillId, int] = {}
    for part in graph.learning_order(range(len(graph.nodes))):
        skills = dict.fromkeys(graph.nodes[position].skill for position in part)
        before = [
            depth.get(graph.nodes[option].skill, 0) + 1
            for position in part
            for group in graph.groups[position]
            if group.is_compulsory
            for option in group.options
            if graph.nodes[option].skill not in skills
        ]
        for skill in skills:
            if skill not in depth:
                depth[skill] = max(before, default=0)
    return depth


def _kinds(graph: SkillGraph) -> Mapping[SkillId, str]:
    """Return which roles ask for each skill, or cannot be reached without it."""
    kinds: dict[SkillId, str] = {}
    for number, role in enumerate(graph.roles.values()):
        for skill in _asked(graph, [node for r in role.requires for node in r.options]):
            kinds[skill] = "overlap" if skill in kinds else f"role-{number}"
    return kinds


def _asked(graph: SkillGraph, nodes: Sequence[Node]) -> set[SkillId]:
    waiting = [position for node in nodes for position in graph.levels_up_to(node)]
    seen = set(waiting)
    while waiting:
        fresh = set(graph.compulsory[waiting.pop()]) - seen
        seen |= fresh
        waiting += fresh
    return {graph.nodes[position].skill for position in seen}


def _needs(skill: SkillId, graph: SkillGraph) -> list[SkillId]:
    options = (
        option.skill
        for level in graph.skills[skill].levels
        for requirement in level.requires
        for option in requirement.options
        if option.skill != skill
    )
    return list(dict.fromkeys(options))
