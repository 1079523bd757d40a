"""Where a text holds spellings of the catalogue: a trie over words, the longest spelling wins."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

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


_Ends: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""For each spelling that ends at a place, the signs before and between its words."""


class Trie:
    """Finds the spellings of a catalogue in texts, whole words only.

    A place in the trie goes by the way there: the words so far, in the singular, parted by
    spaces. One dictionary of all places takes a fifth of the memory of linked nodes.

    Building takes O(L) for the letters L of all spellings; finding is linear in the length of
    the text: each word starts at most one walk, no longer than the longest spelling.
    """

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._places: dict[str, _Ends] = {}
        shared: dict[_Ends, _Ends] = {}
        for label in labels.labels:
            for words, lead, gaps in _spellings(label, is_whole=labels.is_whole(label.key)):
                place = self._way(words)
                ends = self._places[place]
                if (lead, gaps) not in ends:
                    ends = (*ends, (lead, gaps))
                    self._places[place] = shared.setdefault(ends, ends)
        self._divisible = sorted(key for key in labels.by_key if not labels.is_whole(key))

    def _way(self, words: list[str]) -> str:
        """Return the place that words lead to; there is one for each of them."""
        place = ""
        for word in words:
            place = _beyond(place, word)
            self._places.setdefault(place, ())
        return place

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
        place = _beyond("", words[first].key)
        spelt = [words[first]]
        gaps: list[str] = []
        last = first
        while (ends := self._places.get(place)) is not None:
            lead = _lead(ends, text, words[first].start, gaps)
            if lead is not None:
                best = self._found(text, spelt, (first, last), len(lead)) or best
            following = self._following(text, words, last, place)
            if following is None:
                break
            gaps.append(text[words[following - 1].end : words[following].start])
            spelt.append(words[following])
            place = _beyond(place, words[following].key)
            last = following
        return best

    def _following(self, text: str, words: list[Token], last: int, place: str) -> int | None:
        """Return the position of the next word that could go on a name, a version passed over."""
        for position in range(last + 1, min(last + 2 + _LONGEST_VERSION, len(words))):
            gap = text[words[position - 1].end : words[position].start]
            if len(gap) > _LONGEST_GAP or gap.count("\n") > 1:
                return None
            key = words[position].key
            if not key.isdecimal() or _beyond(place, key) in self._places:
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
        if first + 1 == len(words) or one.key in NEGATIONS:
            return None
        two = words[first + 1]
        joined = one.key + two.key
        if not self._places.get(joined) or text[one.end : two.start] not in {" ", "-"}:
            return None
        meaning = self._labels.by_key.get(joined)
        if meaning is None or self._labels.is_whole(joined) or not self._is_half(one.key):
            return None
        return Found(meaning, text[one.start : two.end], first, first + 1, one.start, two.end)

    def _is_half(self, word: str) -> bool:
        """Tell whether there is a name of which a word leaves as much as a half has to have."""
        at = bisect_left(self._divisible, word)
        while at < len(self._divisible) and self._divisible[at].startswith(word):
            if len(self._divisible[at]) >= len(word) + _SHORTEST_HALF:
                return len(word) >= _SHORTEST_HALF
            at += 1
        return False

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


def _spellings(
    label: Label, *, is_whole: bool
) -> Iterator[tuple[list[str], str, tuple[str, ...]]]:
    """Yield the words of a label with the signs before and between, parted and run together."""
    text = folded(label.text)
    found = list(word_pattern(text).finditer(text))
    if not found:
        return
    words = [word[0] for word in found]
    lead = text[: found[0].start()].strip()
    yield words, lead, tuple(text[a.end() : b.start()].strip() for a, b in pairwise(found))
    if len(words) > 1 and not is_whole:
        yield ["".join(words)], lead, ()


def _beyond(place: str, word: str) -> str:
    """Return the place that a word leads to from another; the root is the empty string."""
    return f"{place} {singular(word)}" if place else singular(word)


def _lead(ends: _Ends, text: str, start: int, gaps: list[str]) -> str | None:
    """Return the sign before one of the spellings, if signs stand where it has them.

    ``.NET`` has one before, ``A/B testing`` one between; a sign between may be left out.
    """
    for lead, between in ends:
        has_lead = text.startswith(lead, max(0, start - len(lead)), start)
        if has_lead and all(map(_same_gap, gaps, between)):
            return lead
    return None


def _same_gap(written: str, spelt: str) -> bool:
    sign = written.strip()
    return sign in {"", "-", "_", "–", "‑"} or sign == spelt
