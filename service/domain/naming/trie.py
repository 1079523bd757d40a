"""Where a text holds spellings of the catalogue: a trie over words, the longest spelling wins."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from service.domain.naming.labels import Label, Labels
from service.domain.naming.results import Resolved, Understood
from service.domain.naming.spelling import folded, singular, word_pattern
from service.domain.naming.tokens import Token
from service.domain.naming.wording import NEGATIONS
from service.domain.skill import SkillId

_SHORTEST_HALF: Final = 3
_LONGEST_GAP: Final = 3
_LONGEST_VERSION: Final = 3
"""Numbers in a version: 3.11.7 has three."""
_DIGITS: Final = "0123456789"
_VERSION_ENDS: Final = frozenset("+#0123456789")


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


class Trie:
    """Finds the spellings of a catalogue in texts, whole words only.

    Building takes O(L) for the letters L of all spellings; finding is linear in the length of
    the text: each word starts at most one walk, no longer than the longest spelling.
    """

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._root = _Node()
        self._halves_begin: set[str] = set()
        for label in labels.labels:
            self._add(label)

    def _add(self, label: Label) -> None:
        text = folded(label.text)
        words = list(word_pattern(text).finditer(text))
        if not words:
            return
        gaps = tuple(text[a.end() : b.start()].strip() for a, b in pairwise(words))
        lead = text[: words[0].start()].strip()
        self._insert([word[0] for word in words], lead, gaps)
        if len(words) > 1 and not label.is_whole:
            self._insert(["".join(word[0] for word in words)], lead, ())
        if not label.is_whole:
            key = label.key
            ends = range(_SHORTEST_HALF, len(key) - _SHORTEST_HALF + 1)
            self._halves_begin.update(key[:end] for end in ends)

    def _insert(self, words: list[str], lead: str, gaps: tuple[str, ...]) -> None:
        node = self._root
        for word in words:
            node = node.next.setdefault(singular(word), _Node())
        if (lead, gaps) not in node.spelt:
            node.spelt.append((lead, gaps))

    def scan(self, text: str, words: list[Token]) -> Iterator[Found]:
        """Yield every spelling in a text, in its order, without overlaps.

        Args:
            text: The text.
            words: Its tokens.
        """
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
        """Find the longest name that starts at a word; a version inside it does not matter."""
        best: Found | None = None
        node = self._root.next.get(singular(words[first].key))
        spelt = [words[first]]
        gaps: list[str] = []
        last = first
        while node is not None:
            lead = _lead(node, text, words[first].start, gaps) if node.spelt else None
            if lead is not None:
                best = self._found(text, spelt, (first, last), len(lead)) or best
            following = self._following(text, words, last, node)
            if following is None:
                break
            gaps.append(text[words[following - 1].end : words[following].start])
            spelt.append(words[following])
            node = node.next.get(singular(words[following].key))
            last = following
        return best

    def _following(self, text: str, words: list[Token], last: int, node: _Node) -> int | None:
        """Return the position of the next word that could go on a name, a version passed over."""
        for position in range(last + 1, min(last + 2 + _LONGEST_VERSION, len(words))):
            gap = text[words[position - 1].end : words[position].start]
            if len(gap) > _LONGEST_GAP or gap.count("\n") > 1:
                return None
            key = words[position].key
            if not key.isdecimal() or singular(key) in node.next:
                return position
        return None

    def _found(
        self, text: str, spelt: list[Token], place: tuple[int, int], lead: int
    ) -> Found | None:
        keys = [word.key for word in spelt]
        meaning = self._labels.by_key.get("".join(keys)) or self._plural(keys)
        start, end = spelt[0].start, spelt[-1].end
        if meaning is None or self._labels.is_other_word(text[start:end]):
            return None
        start -= lead
        return Found(meaning, text[start:end], *place, start, end)

    def _plural(self, keys: list[str]) -> Understood | None:
        """Return what words mean as plurals; a product has none: *Excels* is not Excel."""
        if len(keys) > 1:
            return self._labels.find_words(keys)
        key = singular(keys[0])
        is_product = self._labels.is_whole(key) or self._labels.is_proper(key)
        return None if is_product else self._labels.by_key.get(key)

    def _halves(self, text: str, words: list[Token], first: int) -> Found | None:
        """Find a name that the text writes in two halves: *Type Script*."""
        one = words[first]
        if one.key not in self._halves_begin or first + 1 == len(words) or one.key in NEGATIONS:
            return None
        two = words[first + 1]
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
        if word.key[-1] not in _VERSION_ENDS:
            return None
        bare = word.key.rstrip("+#").rstrip(_DIGITS)
        if bare == word.key or len(bare) < _SHORTEST_HALF or self._labels.is_whole(bare):
            return None
        meaning = self._labels.by_key.get(bare)
        if meaning is None:
            return None
        return Found(meaning, text[word.start : word.end], first, first, word.start, word.end)


def _lead(node: _Node, text: str, start: int, gaps: list[str]) -> str | None:
    """Return the sign before one of the spellings, if signs stand where it has them.

    ``.NET`` has one before, ``A/B testing`` one between; a sign between may be left out.
    """
    for lead, between in node.spelt:
        has_lead = text.startswith(lead, max(0, start - len(lead)), start)
        if has_lead and all(map(_same_gap, gaps, between)):
            return lead
    return None


def _same_gap(written: str, spelt: str) -> bool:
    sign = written.strip()
    return sign in {"", "-", "_", "–", "‑"} or sign == spelt
