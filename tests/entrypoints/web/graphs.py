"""Graphs for the tests of the page."""

from dataclasses import replace

from service.domain.graph import SkillGraph
from tests.builders import graph

HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>{{7*7}}</text></title>"


def everything() -> SkillGraph:
    """Return a graph with levels that interleave, alternatives, two roles and all that is told."""
    return graph(
        "python 10 20 40",
        "typescript 12 24",
        "docker 8 16",
        "kubernetes 20 30: docker@2",
        "rag 6 8 20: python@2 | typescript@2; evals; ",
        "evals 5 10: ; rag@2",
        "statistics 30 40",
        roles={
            "ai-engineer": "rag@3 *3, evals@2 *2, kubernetes",
            "ml-engineer": "python@3, statistics@2, kubernetes",
        },
        areas=[{"id": "general", "name": "General", "overlap": True, "leverage_rank": 1}],
        profiles=[
            {"id": "coder", "name": "Coder", "skills": [{"skill": "python", "level": 2}]},
        ],
        comparison=[
            {"id": "day", "name": "Day", "by_role": {"ai-engineer": "A", "ml-engineer": "B"}}
        ],
        role_fit={
            "questions": [
                {
                    "id": "ship",
                    "text": "What to ship?",
                    "options": [
                        {"id": "a", "text": "Features", "points": {"ai-engineer": 2}},
                        {"id": "b", "text": "Models", "points": {"ml-engineer": 2}},
                    ],
                }
            ]
        },
    )


def hostile() -> SkillGraph:
    """Return a graph whose every name would be a script, were it ever taken for markup."""
    made = everything()
    catalogue = made.catalogue
    return SkillGraph(
        replace(
            catalogue,
            title=HOSTILE,
            areas=tuple(replace(area, name=HOSTILE) for area in catalogue.areas),
            skills=tuple(
                replace(skill, name=HOSTILE, description=HOSTILE) for skill in catalogue.skills
            ),
            roles=tuple(replace(role, name=HOSTILE) for role in catalogue.roles),
            profiles=tuple(replace(profile, name=HOSTILE) for profile in catalogue.profiles),
        )
    )
