"""What all exports write alike."""

from service.domain.graph import SkillGraph
from service.entrypoints.pictures.lettering import plain


def level_name(graph: SkillGraph, level: int) -> str:
    """Return the name of a level on the graph's scale."""
    return graph.catalogue.levels[level - 1].name


def plain_lines(text: str) -> str:
    """Return a text with nothing in it but what can be printed, its lines kept."""
    return "\n".join(map(plain, text.splitlines()))
