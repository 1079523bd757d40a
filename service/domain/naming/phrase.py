"""One name with words around it: versions, levels, fillers, turned word order."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final, NamedTuple

from service.domain.naming.labels import Labels, is_short
from service.domain.naming.levels import MOST_WORDS, Levels
from service.domain.naming.looks import Looks
from service.domain.naming.results import Ambiguous, Resolved, Understood, union
from service.domain.naming.spelling import spelling_key, words_of
from service.domain.naming.wording import AFTER, AFTER_TOPICS, BEFORE, JOINED_BY, NEGATIONS

_VERSION: Final = re.compile(r"v?\d{1,4}(?:\.\d{1,4}|\.x){0,3}\+?", re.IGNORECASE)
_VERSION_TAIL: Final = re.compile(r"(.*?[^\d.])v?[1-9]\d{0,3}(?:\.\d{1,4}|\.x){0,3}\+?")
_LONGEST_PHRASE: Final = 30
_LONGEST_CORE: Final = 12
"""Words of a phrase, and of the name in it: longer ones are sentences."""

_MOST_STRIPPED: Final = 7
_SHORTEST_VERSIONED: Final = 3
_LONGEST_TURNED: Final = 8
_LONG_NOUN: Final = 8
_LOOKS_AT_A_PHRASE: Final = 4
"""What it costs to find its ends."""

_LIST_SIGNS: Final = frozenset(",;:/|&•·")


class _Core(NamedTuple):
    """What is left of a phrase when words at its ends are set aside."""

    words: list[str]
    level: int | None
    takes_short_names: bool


class Phrases:
    """Reads a string that names one thing."""

    def __init__(self, labels: Labels, levels: Levels) -> None:
        self._labels = labels
        self._levels = levels

    def read(self, text: str, looks: Looks) -> Understood | None:
        """Return what a phrase names, the fewest words set aside; None if some stay unread."""
        if not looks.allows(_LOOKS_AT_A_PHRASE):
            return None
        rest, duration = self._levels.split_duration(text)
        words = rest.split()
        if len(words) > _LONGEST_PHRASE or any(spelling_key(word) in NEGATIONS for word in words):
            return None
        apart = rest.replace("-", " ").split() if "-" in rest else []
        for find, parts in ((self._find, words), (self._beside, words), (self._find, apart)):
            for core in self._cores(parts):
                if (found := find(core, looks)) is not None:
                    level = core.level if core.level is not None else duration
                    return _read_at(found, level)
        return None

    def exactly(self, text: str) -> Understood | None:
        """Return what a whole string means, in the singular or the plural, in any word order."""
        words = words_of(text)
        return self._labels.find(text) or self._label(words) or self._turned(words)

    def core(self, text: str) -> str:
        """Return the key of a phrase without the words around it, as far as they can be told."""
        rest, _ = self._levels.split_duration(text)
        cores = [core.words for core in self._cores(rest.split()) if core.words]
        return spelling_key(" ".join(cores[-1])) if cores else ""

    def _cores(self, words: list[str]) -> Iterator[_Core]:
        """Yield the phrase with ever more words set aside, the fewest first."""
        heads = self._heads(words)
        tails = self._tails(words)
        for stripped in range(len(heads) + len(tails) - 1):
            for head in range(min(stripped, len(heads) - 1) + 1):
                tail = stripped - head
                if tail < len(tails) and (core := _between(words, heads[head], tails[tail])):
                    yield core

    def _heads(self, words: list[str]) -> list["_End"]:
        """Return what can be set aside in front, nothing first."""
        ends = [_End(0, None, safe=True)]
        while len(ends) <= _MOST_STRIPPED and ends[-1].words < len(words):
            last = ends[-1]
            ahead = words[last.words : last.words + MOST_WORDS]
            rest = [spelling_key(word) for word in ahead]
            if (found := self._levels.prefix(rest)) is not None:
                ends.append(_End(last.words + found[1], found[0], safe=last.safe))
            elif rest[0] in BEFORE or not rest[0]:
                ends.append(_End(last.words + 1, last.level, safe=last.safe))
            else:
                break
        return ends

    def _tails(self, words: list[str]) -> list["_End"]:
        """Return what can be set aside behind, nothing first."""
        ends = [_End(0, None, safe=True)]
        while len(ends) <= _MOST_STRIPPED and ends[-1].words < len(words):
            last = ends[-1]
            left = words[: len(words) - last.words]
            keys = [spelling_key(word) for word in left[-MOST_WORDS:]]
            if (found := self._levels.suffix(keys)) is not None:
                ends.append(_End(last.words + found[1], found[0], safe=last.safe))
            elif keys[-1] in AFTER or not keys[-1] or _VERSION.fullmatch(left[-1]):
                ends.append(_End(last.words + 1, last.level, safe=last.safe))
            elif keys[-1] in AFTER_TOPICS:
                ends.append(_End(last.words + 1, last.level, safe=False))
            else:
                break
        return ends

    def _find(self, core: _Core, looks: Looks) -> Understood | None:
        if len(core.words) > _LONGEST_CORE or not looks.allows():
            return None
        text = " ".join(core.words)
        words = words_of(text)
        if not core.takes_short_names and is_short("".join(words)):
            return None
        if self._labels.is_other_word(text):
            return None
        return (
            self._labels.find(text)
            or self._label(words)
            or self._turned(words)
            or self._unversioned(core.words)
        )

    def _label(self, words: list[str]) -> Understood | None:
        return self._labels.find_words(words) or self._labels.find_words(_without_and(words))

    def _turned(self, words: list[str]) -> Understood | None:
        """Read *evaluation of models* as *model evaluation*, *tuning LLMs* as *LLM tuning*."""
        if not 1 < len(words) <= _LONGEST_TURNED:
            return None
        for at, word in enumerate(words[1:-1], 1):
            if word in JOINED_BY:
                return self._labels.find_words(words[at + 1 :] + words[:at])
        doing = len(list(takewhile(lambda word: not word.endswith("ing"), words))) + 1
        if doing >= len(words):
            return None
        return self._labels.find_words(words[doing:] + words[:doing])

    def _beside(self, core: _Core, looks: Looks) -> Understood | None:
        """Read two names side by side: *AWS SageMaker*, *GitLab CI/CD*, *Kafka streaming*.

        The second carries the meaning, so it must be a name and no common noun: several words,
        a long one, or one that the catalogue writes with a capital (Terraform *Cloud* is not a
        cloud).
        """
        parts = core.words[:_LONGEST_TURNED]
        for at in range(len(parts) - 1, 0, -1):
            if not looks.allows():
                return None
            words = words_of(" ".join(parts[at:]))
            if not words or _are_items(parts[at - 1], parts[at]):
                continue
            first, second = self._part(words_of(" ".join(parts[:at]))), self._second(words)
            if first is None or second is None:
                continue
            if isinstance(first, Resolved) and isinstance(second, Ambiguous):
                return first
            is_name = len(words[0]) >= _LONG_NOUN or self._labels.is_proper(words[0])
            if len(words) > 1 or is_name:
                return union([first, second], self._labels.order)
        return None

    def _second(self, words: list[str]) -> Understood | None:
        """Read what stands behind a name; there a long word may count that does not alone."""
        key = "".join(words)
        is_long = len(key) >= _LONG_NOUN
        return (self._labels.by_key.get(key) if is_long else None) or self._part(words)

    def _part(self, words: list[str]) -> Understood | None:
        key = "".join(words)
        return None if self._labels.is_whole(key) else self._labels.find_words(words)

    def _unversioned(self, words: list[str]) -> Understood | None:
        """Read *Python3* as *Python*, *Claude 3.5 Sonnet* as *Claude Sonnet*.

        Names of one or two letters keep their digits (S3, EC2).
        """
        versioned = _VERSION_TAIL.fullmatch(" ".join(words))
        named = [word for word in words if not _VERSION.fullmatch(word)]
        for text in (versioned[1] if versioned else "", " ".join(named)):
            is_longer = len(spelling_key(text)) >= _SHORTEST_VERSIONED
            if is_longer and (found := self._labels.find(text)) is not None:
                return found
        return None


class _End(NamedTuple):
    words: int
    level: int | None
    safe: bool


def _between(words: list[str], head: _End, tail: _End) -> _Core | None:
    if head.words + tail.words >= len(words):
        return None
    level = head.level if head.level is not None else tail.level
    return _Core(words[head.words : len(words) - tail.words], level, tail.safe)


def _are_items(one: str, other: str) -> bool:
    """Tell whether a sign between two words makes a list of them."""
    return one[-1] in _LIST_SIGNS or other[0] in _LIST_SIGNS or "+" in {one, other}


def _read_at(found: Understood, level: int | None) -> Understood:
    return found.as_read().at_level(level) if isinstance(found, Resolved) else found


def _without_and(words: list[str]) -> list[str]:
    return [word for word in words if word != "and"]
