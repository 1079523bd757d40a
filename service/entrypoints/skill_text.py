"""A skill with its level in one text, as options and query strings carry it: ``python:3``."""

import re
from collections.abc import Callable
from typing import Final

from service.application.request import Claim

WHOLE_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,18}")


def split_level(text: str, is_level: Callable[[str], bool]) -> Claim:
    """Return the claim that a text makes.

    What follows the last colon is a level if it is a whole number, or what the graph calls a
    level; any other colon belongs to the name. A number is not looked at further: whether the
    graph has such a level is for the reader of the claim to say.

    Args:
        text: ``NAME`` or ``NAME:LEVEL``.
        is_level: Tells ids and aliases of levels.

    Returns:
        The name without the space around it, and its level: a number, a word, or None.
    """
    name, _, level = (part.strip() for part in text.rpartition(":"))
    if name and WHOLE_NUMBER.fullmatch(level):
        return Claim(name, int(level))
    if name and level and is_level(level):
        return Claim(name, level)
    return Claim(text.strip())
