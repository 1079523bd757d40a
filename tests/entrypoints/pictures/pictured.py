"""Graphs that are drawn in several tests."""

from dataclasses import replace

from service.domain.graph import SkillGraph
from service.entrypoints.pictures.picture import Box, Choice, Goal, Picture, picture_of
from tests.builders import graph


def choices_and_circles() -> SkillGraph:
    """Return a graph with shared choices, two levels that need one another, and an idle skill."""
    return graph(
        "python 10 20",
        "typescript 8 12",
        "api 5 6: python@2 | typescript; python",
        "cli 4: python@2 | typescript",
        "web 3: cli | api; ",
        "ops 2 3: web; api",
        "idle 1",
        roles={"builder": "api@2 *3, ops@2, 2 of web | cli | ops", "writer": "cli"},
        areas=[{"id": "general", "name": "General"}, {"id": "empty", "name": "Empty"}],
    )


HOSTILE = "<b>\"&\\N'`|#;--></script>%%{init}\u202e\x0c\U0001f600 {end}[x](y)"


def hostile() -> Picture:
    """Return a picture whose every text is full of what formats give a meaning to."""
    return picture_of(_renamed(graph("end 1", "a 1: end", "b 2: end | a", roles={"maker": "b"})))


def ids(picture: Picture) -> list[str]:
    """Return the ids of everything that lines may join, in the order in which it is drawn."""
    shown: list[Box | Choice | Goal] = [*picture.boxes, *picture.choices, *picture.goals]
    return [each.id for each in shown]


def _renamed(made: SkillGraph) -> SkillGraph:
    catalogue = made.catalogue
    return SkillGraph(
        replace(
            catalogue,
            title=HOSTILE,
            areas=tuple(replace(area, name=HOSTILE) for area in catalogue.areas),
            skills=tuple(replace(skill, name=HOSTILE) for skill in catalogue.skills),
            roles=tuple(replace(role, name=HOSTILE) for role in catalogue.roles),
        )
    )
