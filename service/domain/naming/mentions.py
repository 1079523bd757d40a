"""Names of skills in running text: a trie over words, whole words only, the longest name wins."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from service.domain.naming.labels import Label, Labels
from service.domain.naming.results import Resolved, Understood
from service.domain.naming.spelling import WORD, singular, words_of
from service.domain.naming.wording import BEFORE, NEGATIONS
from service.domain.skill import SkillId

_CHUNK: Final = re.compile(r"\S+")
_ADDRESS: Final = ("://", "@", "www.")
"""Signs of an address: its words name no skills."""

_SEPARATING: Final = frozenset(",;/|&•·\n()[]:")
_ENDING: Final = _SEPARATING | frozenset(".!?")
_JOINING: Final = frozenset({"and", "or"})
_SHORTEST_HALF: Final = 3
_SHORTEST_ACRONYM: Final = 3
_LONGEST_GAP: Final = 3
_SOFT_ITEMS: Final = 2
_DIGITS: Final = "0123456789"


class Token(NamedTuple):
    """A word of a text, folded, and where it stands."""

    key: str
    start: int
    end: int


class Found(NamedTuple):
    """A spelling of the catalogue in a text.

    Attributes:
        first: Position of its first token.
        last: Position of its last token.
    """

    meaning: Understood
    text: str
    first: int
    last: int
    start: int
    end: int

    @property
    def skills(self) -> tuple[SkillId, ...]:
        """The skills that it names or could mean."""
        meaning = self.meaning
        return meaning.skills if isinstance(meaning, Resolved) else meaning.candidates


@dataclass(slots=True)
class _Node:
    """A place in the trie.

    Attributes:
        next: By the singular of the next word.
        spelt: For each spelling that ends here, the signs before and between its words.
    """

    next: dict[str, "_Node"] = field(default_factory=dict)
    spelt: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


class Mentions:
    """Finds the spellings of a catalogue in texts.

    Building takes O(L) for the letters L of all spellings; finding is linear in the length of
    the text: each word starts at most one walk, no longer than the longest spelling.
    """

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._root = _Node()
        for label in labels.labels:
            self._add(label)

    def find(self, text: str) -> list[Found]:
        """Return what a text names, in its order, without overlaps.

        Names that are also ordinary words or letters count only where the text makes a list of
        them with others; `in_lists` says how.
        """
        return self.find_in(text, list(tokens(text)))

    def find_in(self, text: str, words: list[Token]) -> list[Found]:
        """Return the same, for a text whose tokens are known already."""
        found = list(self._scan(text, words))
        return [
            f
            for f, counts in zip(found, self._in_lists(text, words, found), strict=True)
            if counts
        ]

    def _add(self, label: Label) -> None:
        words = list(WORD.finditer(unicodedata.normalize("NFKC", label.text).casefold()))
        if not words:
            return
        text = unicodedata.normalize("NFKC", label.text).casefold()
        gaps = tuple(text[a.end() : b.start()].strip() for a, b in pairwise(words))
        lead = text[: words[0].start()].strip()
        self._insert([word[0] for word in words], lead, gaps)
        if len(words) > 1 and not label.is_whole:
            self._insert(["".join(word[0] for word in words)], lead, ())

    def _insert(self, words: list[str], lead: str, gaps: tuple[str, ...]) -> None:
        node = self._root
        for word in words:
            node = node.next.setdefault(singular(word), _Node())
        if (lead, gaps) not in node.spelt:
            node.spelt.append((lead, gaps))

    def _scan(self, text: str, words: list[Token]) -> Iterator[Found]:
        position = 0
        while position < len(words):
            found = self._at(text, words, position)
            if found is not None:
                yield found
            position = found.last + 1 if found is not None else position + 1

    def _at(self, text: str, words: list[Token], first: int) -> Found | None:
        found = self._longest(text, words, first)
        if found is not None and found.last > first:
            return found
        halves = self._halves(text, words, first)
        return halves or found or self._versioned(text, words, first)

    def _longest(self, text: str, words: list[Token], first: int) -> Found | None:
        node = self._root.next.get(singular(words[first].key))
        best: Found | None = None
        last = first
        gaps: list[str] = []
        while node is not None:
            if node.spelt and _fits(node, text, words[first].start, gaps):
                best = self._found(text, words, first, last) or best
            last += 1
            if last == len(words):
                break
            gap = text[words[last - 1].end : words[last].start]
            if len(gap) > _LONGEST_GAP or gap.count("\n") > 1:
                break
            gaps.append(gap)
            node = node.next.get(singular(words[last].key))
        return best

    def _found(self, text: str, words: list[Token], first: int, last: int) -> Found | None:
        keys = [word.key for word in words[first : last + 1]]
        meaning = self._labels.by_key.get("".join(keys))
        if meaning is None:
            plural = singular(keys[0]) if first == last else ""
            whole = self._labels.is_whole(plural)
            meaning = (
                self._labels.find_words(keys)
                if first != last
                else None
                if whole
                else self._labels.by_key.get(plural)
            )
        if meaning is None:
            return None
        start, end = words[first].start, words[last].end
        if self._labels.is_other_word(text[start:end]):
            return None
        return Found(meaning, text[start:end], first, last, start, end)

    def _halves(self, text: str, words: list[Token], first: int) -> Found | None:
        """Find a name that the text writes in two halves: *Type Script*."""
        if first + 1 == len(words):
            return None
        one, two = words[first], words[first + 1]
        if min(len(one.key), len(two.key)) < _SHORTEST_HALF or one.key in NEGATIONS:
            return None
        joined = one.key + two.key
        node = self._root.next.get(joined)
        if text[one.end : two.start] not in {" ", "-"} or node is None or not node.spelt:
            return None
        meaning = self._labels.by_key.get(joined)
        if meaning is None or self._labels.is_whole(joined):
            return None
        return Found(meaning, text[one.start : two.end], first, first + 1, one.start, two.end)

    def _versioned(self, text: str, words: list[Token], first: int) -> Found | None:
        """Find a name with its version attached (*Python3*) or a sign that is not its own."""
        word = words[first]
        bare = word.key.rstrip("+#").rstrip(_DIGITS)
        if bare == word.key or len(bare) < _SHORTEST_HALF or self._labels.is_whole(bare):
            return None
        meaning = self._labels.by_key.get(bare)
        if meaning is None:
            return None
        return Found(meaning, text[word.start : word.end], first, first, word.start, word.end)

    def _in_lists(self, text: str, words: list[Token], found: list[Found]) -> list[bool]:
        """Tell of each find whether it counts.

        A sure name always does. A name that is an ordinary word, too, counts as an item of a list
        that holds a sure name beside it, or several of the milder kind.
        """
        counts: list[bool] = []
        chain: list[Found] = []
        for position, item in enumerate(found):
            chain.append(item)
            following = found[position + 1] if position + 1 < len(found) else None
            if following is None or not linked(text, words, item, following):
                counts += self._counting(text, words, chain)
                chain = []
        return counts

    def _counting(self, text: str, words: list[Token], chain: list[Found]) -> list[bool]:
        doubts = [self._doubt(text, item) for item in chain]
        is_list = 0 in doubts or doubts.count(1) >= _SOFT_ITEMS
        return [
            not doubt or (is_list and self._is_item(text, words, item, chain))
            for doubt, item in zip(doubts, chain, strict=True)
        ]

    def _doubt(self, text: str, item: Found) -> int:
        """Return 0 for a sure name, 1 for a product in small letters, 2 for what is a word too."""
        key = "".join(words_of(item.text))
        forms = self._labels.forms(key)
        if self._labels.is_whole(key):
            sure = (
                item.text in forms
                and item.text.isupper()
                and len(item.text) >= _SHORTEST_ACRONYM
                and not _is_shouted(text, item)
            )
            return 0 if sure else 2
        is_tool = isinstance(item.meaning, Resolved) and item.meaning.matches[0].kind == "tool"
        is_small = item.text.isalpha() and item.text.islower() and item.text not in forms
        return int(is_tool and is_small)

    def _is_item(self, text: str, words: list[Token], item: Found, chain: list[Found]) -> bool:
        """Tell whether a find is a whole item of its list, in letters that a name may have."""
        forms = self._labels.forms("".join(words_of(item.text)))
        is_name = item.text in forms or item.text[0].isupper() or not self._is_word(item)
        starts = item is not chain[0] or _starts_item(text, words, item)
        ends = item is not chain[-1] or _ends_item(text, words, item)
        return is_name and starts and ends

    def _is_word(self, item: Found) -> bool:
        return self._labels.is_whole("".join(words_of(item.text)))


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text, those of web and mail addresses left out. Linear."""
    if not any(sign in text for sign in _ADDRESS):
        yield from _tokens_between(text, 0, len(text))
        return
    for chunk in _CHUNK.finditer(text):
        if not any(sign in chunk[0] for sign in _ADDRESS):
            yield from _tokens_between(text, chunk.start(), chunk.end())


def _tokens_between(text: str, start: int, end: int) -> Iterator[Token]:
    for word in WORD.finditer(text, start, end):
        written = word[0]
        if not written.isascii():
            written = unicodedata.normalize("NFKC", written).casefold()
        yield Token(written.lower(), word.start(), word.end())


def _fits(node: _Node, text: str, start: int, gaps: list[str]) -> bool:
    """Tell whether signs stand where one of the spellings has them: ``.NET``, ``A/B testing``."""
    return any(
        text.startswith(lead, max(0, start - len(lead)), start)
        and all(map(_same_gap, gaps, between))
        for lead, between in node.spelt
    )


def _same_gap(written: str, spelt: str) -> bool:
    sign = written.strip()
    return sign in {"", "-", "_", "–", "‑"} or sign == spelt


def linked(text: str, words: Sequence[Token], one: Found, two: Found) -> bool:
    """Tell whether two finds are neighbours in a list."""
    between = words[one.last + 1 : two.first]
    gap = text[one.end : two.start]
    if len(between) > 1 or any(word.key not in _JOINING for word in between):
        return False
    return bool(between) or any(sign in _SEPARATING for sign in gap)


def _starts_item(text: str, words: list[Token], item: Found) -> bool:
    if item.first == 0:
        return True
    before = words[item.first - 1]
    gap = text[before.end : item.start]
    return before.key in BEFORE or any(sign in _ENDING for sign in gap)


def _ends_item(text: str, words: list[Token], item: Found) -> bool:
    if item.last + 1 == len(words):
        return True
    gap = text[item.end : words[item.last + 1].start]
    return any(sign in _ENDING for sign in gap)


def _is_shouted(text: str, item: Found) -> bool:
    """Tell whether the line around a find has no small letter to set it off."""
    begin = text.rfind("\n", max(0, item.start - 80), item.start) + 1 or max(0, item.start - 80)
    end = text.find("\n", item.end, item.end + 80)
    around = text[begin : item.start] + text[item.end : end if end >= 0 else item.end + 80]
    letters = [char for char in around if char.isalpha()]
    return bool(letters) and all(char.isupper() for char in letters)
