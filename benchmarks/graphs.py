"""Graphs to measure on: the same role in catalogues of any size."""

import json
import random
from pathlib import Path
from typing import Any, Final

from tests.builders import document

SEED: Final = 20
FIRST: Final = 150
"""The role's skills are among the first so many: what grows is only the catalogue around them."""

MOST_REQUIREMENTS: Final = 3
ROLE_SKILLS: Final = 25


def catalogue(size: int, profiles: int = 0) -> dict[str, Any]:
    """Return a graph file of so many skills of two levels, all prerequisites compulsory.

    Args:
        size: Number of skills, at least `FIRST`.
        profiles: Number of common profiles, no two of them alike.
    """
    dice = random.Random(SEED)  # noqa: S311  a reproducible graph
    lines = [_line(number, dice) for number in range(size)]
    asked = dice.sample(range(60, FIRST), ROLE_SKILLS)
    roles = {
        "ai-engineer": ", ".join(f"s{number}@2" for number in asked),
        "ml-engineer": ", ".join(f"s{number}@2" for number in asked[::2]),
    }
    backgrounds = [_profile(number, dice) for number in range(profiles)]
    return document(*lines, roles=roles, profiles=backgrounds)


def write(folder: Path, size: int, profiles: int = 0) -> Path:
    """Write a graph file and return its path."""
    path = folder / f"skills-{size}-{profiles}.json"
    path.write_text(json.dumps(catalogue(size, profiles)))
    return path


def question(dice: random.Random, most: int = 60, skills: int = 20) -> list[dict[str, Any]]:
    """Return skills that somebody may have."""
    known = dice.sample(range(most), skills)
    return [{"skill": f"s{number}", "level": dice.randint(1, 2)} for number in known]


def _profile(number: int, dice: random.Random) -> dict[str, Any]:
    """Return a background of its own: sixty skills leave no chance of two alike."""
    return {
        "id": f"p{number}",
        "name": f"P{number}",
        "description": "Somebody.",
        "skills": question(dice),
    }


def _line(number: int, dice: random.Random) -> str:
    hours = " ".join(str(dice.randint(2, 40)) for _ in range(2))
    if number == 0:
        return f"s0 {hours}"
    window = range(max(0, number - 40), number)
    rests_on = dice.sample(window, min(len(window), dice.randint(1, MOST_REQUIREMENTS)))
    return f"s{number} {hours}: {', '.join(f's{one}' for one in rests_on)}"
