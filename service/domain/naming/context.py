"""What the words around a name in running text say about it: denied, or known at a level."""

from collections.abc import Iterator, Sequence
from typing import Final

from service.domain.naming.levels import Levels
from service.domain.naming.mentions import linked
from service.domain.naming.tokens import Token
from service.domain.naming.trie import Found
from service.domain.naming.wording import (
    ASKED,
    BEFORE,
    CONTRASTS,
    DENIALS,
    DENYING_PAIRS,
    JOINING,
    LEADING_ON,
    NOT_DENIED,
    RUNNING_ON,
    SHORTENED,
)

_REACH: Final = 6
"""Words between a denial and the first name that it denies."""

_REACH_IN_LIST: Final = 2
"""Words between two names that one denial denies."""

_LOOKAHEAD: Final = 4
_LOOKBACK: Final = 8
_BREAKING: Final = frozenset(";!?•")
_DENYING: Final = DENIALS | {"t"} | {first for first, _ in DENYING_PAIRS}
"""Without one of these a text denies nothing."""


class Denials:
    """Walks through a text once and tells which of its names are denied.

    A denial reaches the names of its clause: *no experience with X or Y, but Z* denies X and Y.
    Behind a name it denies the list that ends there: *X and Y are not required*.
    """

    def __init__(self, text: str, words: Sequence[Token], found: Sequence[Found]) -> None:
        self._text = text
        self._words = words
        self._found = found
        self._starting = {item.first: index for index, item in enumerate(found)}
        self._denied: set[int] = set()
        self._reach = 0
        self._list: list[int] = []

    def denied(self) -> set[int]:
        """Return the positions of the names that are denied. Linear in the number of words."""
        if not self._found or _DENYING.isdisjoint(word.key for word in self._words):
            return set()
        position = 0
        while position < len(self._words):
            self._leave_clause(position)
            index = self._starting.get(position)
            if index is None:
                self._pass_word(position)
                position += 1
            else:
                self._pass_name(index)
                position = self._found[index].last + 1
        return self._denied

    def _leave_clause(self, position: int) -> None:
        gap = self._gap(position)
        if self._breaks(position, gap) or self._words[position].key in CONTRASTS:
            self._reach = 0
            self._list = []
        elif "," in gap and position not in self._starting:
            joins = self._words[position].key in JOINING and position + 1 in self._starting
            self._reach = self._reach if joins else 0

    def _pass_name(self, index: int) -> None:
        if self._list and not linked(
            self._text, self._words, self._found[index - 1], self._found[index]
        ):
            self._list = []
        self._list.append(index)
        if self._reach:
            self._denied.add(index)
            self._reach = _REACH_IN_LIST

    def _pass_word(self, position: int) -> None:
        if not self._is_denial(position):
            self._reach -= bool(self._reach) and self._words[position].key not in JOINING
        elif self._denies_what_stands_before(position):
            self._denied.update(self._list)
        else:
            self._reach = _REACH

    def _is_denial(self, position: int) -> bool:
        key = self._words[position].key
        if key == "t" and position:
            is_denial = self._words[position - 1].key in SHORTENED
        else:
            is_pair = (key, self._key(position + 1)) in DENYING_PAIRS
            is_denial = key in DENIALS or is_pair
        following = [word.key for word in self._words[position + 1 : position + 3]]
        is_compound = key == "no" and self._gap(position + 1) == "-"
        return is_denial and not is_compound and not NOT_DENIED.intersection(following)

    def _denies_what_stands_before(self, position: int) -> bool:
        if not self._list or position - self._found[self._list[-1]].last > _LOOKAHEAD:
            return False
        ahead = self._ahead(position)
        return self._words[position].key == "none" or (
            any(word.key in ASKED for word in ahead)
            and not any(word.key in LEADING_ON for word in ahead)
        )

    def _ahead(self, position: int) -> list[Token]:
        """Return the next words of the clause, up to a name."""
        ahead: list[Token] = []
        for at in range(position + 1, min(position + _LOOKAHEAD, len(self._words))):
            gap = self._gap(at)
            if at in self._starting or self._breaks(at, gap) or "," in gap or ")" in gap:
                break
            ahead.append(self._words[at])
        return ahead

    def _key(self, position: int) -> str:
        return self._words[position].key if position < len(self._words) else ""

    def _gap(self, position: int) -> str:
        if not 0 < position < len(self._words):
            return ""
        return self._text[self._words[position - 1].end : self._words[position].start]

    def _breaks(self, position: int, gap: str) -> bool:
        if "\n" in gap and (gap.strip() or gap.count("\n") > 1):
            return True
        if "\n" in gap:
            return self._words[position - 1].key not in RUNNING_ON
        return not _BREAKING.isdisjoint(gap) or ". " in gap


def levels_of(
    levels: Levels, text: str, words: Sequence[Token], found: Sequence[Found]
) -> Iterator[int | None]:
    """Yield the level that the text states for each name, or None.

    A level stands right before its name (*advanced Python*, *5 years of Python*) or right
    behind it (*Python (advanced)*, *Python - 5 years*). One that leads on to a list covers it:
    *expert in Python, SQL and Docker*.
    """
    carried: int | None = None
    for index, item in enumerate(found):
        previous = found[index - 1].last + 1 if index else 0
        before = _before(levels, text, words[previous : item.first], item.start)
        if before is not None:
            carried = before if words[item.first - 1].key in LEADING_ON else None
        elif index == 0 or not linked(text, words, found[index - 1], item):
            carried = None
        behind = _behind(levels, text, words, item)
        yield next((level for level in (behind, before, carried) if level is not None), None)


def _before(levels: Levels, text: str, words: Sequence[Token], start: int) -> int | None:
    """Return the level that the words before a name state, nothing but filler between."""
    first = start
    keys: list[str] = []
    for word in reversed(words[-_LOOKBACK:]):
        if text[word.end : first].strip(" -–") or not _leads_on(levels, word):
            break
        first = word.start
        keys.insert(0, word.key)
    for at in range(len(keys)):
        if (named := levels.prefix(keys[at:])) is not None:
            return named[0]
    return levels.split_duration(text[first:start])[1]


def _leads_on(levels: Levels, word: Token) -> bool:
    """Tell whether a word may state a level, or stand between one and its name."""
    is_time = word.key.rstrip("+").isdecimal() or word.key.startswith(("year", "yr", "month"))
    return is_time or word.key in BEFORE or levels.word([word.key]) is not None


def _behind(levels: Levels, text: str, words: Sequence[Token], item: Found) -> int | None:
    following = words[item.last + 1 : item.last + 4]
    if not following:
        return None
    sign = text[item.end : following[0].start].strip()
    if sign not in {"(", ":", "-", "–", "—"}:
        return None
    end = next((text.find(s, item.end) for s in ")" if sign == "("), -1)
    stop = following[-1].end if end < 0 else min(end, following[-1].end)
    stated = text[following[0].start : stop]
    return levels.level(stated) if sign == "(" else _first_level(levels, stated)


def _first_level(levels: Levels, stated: str) -> int | None:
    """Return the level before the next comma or line, if that is all that stands there."""
    for sign in ",;.\n|":
        stated = stated.partition(sign)[0]
    return levels.level(stated)
