"""Levels as people state them: a word of the catalogue's scale, a number, years of practice."""

import re
from typing import Final

from service.domain.catalogue import Level
from service.domain.naming.spelling import spelling_key
from service.domain.naming.wording import NOTHING

YEARS_TO_LEVEL: Final = ((3.0, 3), (1.0, 2), (0.0, 1))
"""Years of practice and the level they speak for, a judgement: time alone proves no mastery,
so ten years count like three, and whoever knows better states the level."""

_DURATION: Final = re.compile(
    r"(?<![\w.])(\d{1,2})(\.\d)?\+?(?: ?(?:-|–|to) ?\d{1,2})?\+? ?[+-]?"
    r"(years?|yrs?|y|months?|mos?)(?![\w+#])(?:'|’)?(?: of\b)?",
    re.IGNORECASE,
)
_MONTHS_A_YEAR: Final = 12
MOST_WORDS: Final = 3
"""Words of the longest level name that is looked for."""


class Levels:
    """The scale of a catalogue, by every way to write a level."""

    def __init__(self, scale: tuple[Level, ...]) -> None:
        self._top = len(scale)
        self._by_key = dict.fromkeys((*NOTHING, "0"), 0)
        for level in scale:
            for text in (level.id, level.name, *level.aliases, str(level.level)):
                for key in {spelling_key(text), f"{spelling_key(text)}level"}:
                    self._by_key.setdefault(key, level.level)
            self._by_key[f"level{level.level}"] = level.level
        self._by_key.pop("", None)

    def level(self, text: str) -> int | None:
        """Return the level that a whole string states, or None.

        Example: ``expert``, ``3``, ``expert-level``, ``5+ years``, ``none``.
        """
        named = self._by_key.get(spelling_key(text))
        if named is not None:
            return named
        rest, level = self.split_duration(text)
        return level if not spelling_key(rest) or spelling_key(rest) == "experience" else None

    def stated(self, text: str) -> int | None:
        """Return the level that a whole string states, a bare number aside: that is a version."""
        return None if spelling_key(text).isdecimal() else self.level(text)

    def word(self, words: list[str]) -> int | None:
        """Return the level that words name, numbers aside: those are versions more often."""
        key = "".join(words)
        return None if key.isdecimal() or key in NOTHING else self._by_key.get(key)

    def prefix(self, words: list[str]) -> tuple[int, int] | None:
        """Return the level that the first words name, and how many they are."""
        for count in range(min(MOST_WORDS, len(words)), 0, -1):
            if (level := self.word(words[:count])) is not None:
                return level, count
        return None

    def suffix(self, words: list[str]) -> tuple[int, int] | None:
        """Return the level that the last words name, and how many they are."""
        for count in range(min(MOST_WORDS, len(words)), 0, -1):
            if (level := self.word(words[-count:])) is not None:
                return level, count
        return None

    def split_duration(self, text: str) -> tuple[str, int | None]:
        """Return a text without its first duration, and the level that one speaks for.

        Example: ``Python - 5 years`` gives ``Python -`` and 3.
        """
        found = _DURATION.search(text)
        if found is None:
            return text, None
        years = float(found[1] + (found[2] or ""))
        if found[3].lower().startswith("m"):
            years /= _MONTHS_A_YEAR
        level = next(level for least, level in YEARS_TO_LEVEL if years >= least)
        rest = f"{text[: found.start()]} {text[found.end() :]}".strip()
        return rest, min(level, self._top)
