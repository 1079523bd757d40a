"""Which spellings in a text are meant as names: one that is an ordinary word needs a list."""

from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from typing import Final

from service.domain.naming.labels import SHORT_KEY, Labels
from service.domain.naming.results import Ambiguous, Resolved
from service.domain.naming.spelling import words_of
from service.domain.naming.tokens import Token, tokens
from service.domain.naming.trie import Found, Trie
from service.domain.naming.wording import (
    AFTER_NAMES,
    AFTER_VERBS,
    BEFORE,
    JOINING,
    KNOWING,
    LEADING_ON,
    ORDINARY,
    PRACTISING,
    VERBS,
)

_SEPARATING: Final = frozenset(",;/|&•·\n()[]:")
_ENDING: Final = _SEPARATING | frozenset(".!?")
_SENTENCE_ENDS: Final = frozenset(".!?\n•-")
_SHORTEST_ACRONYM: Final = 3
_SOFT_ITEMS: Final = 2


class Doubt(Enum):
    """How likely a spelling is to be an ordinary word where it stands."""

    NONE = "a name"
    MILD = "a name in small letters, as ordinary words are"
    GRAVE = "a spelling that counts only as a whole string"


class Mentions:
    """Finds the names of skills in texts, in time linear in the length of the text."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    @cached_property
    def _trie(self) -> Trie:
        """Made when a text is first looked through: plain names do without."""
        return Trie(self._labels)

    def make_ready(self) -> None:
        """Make what is otherwise made when it is first asked for."""
        _ = self._trie

    def find(self, text: str) -> list[Found]:
        """Return what a text names, in its order, without overlaps.

        Names that are also ordinary words or letters (Go, R, make) count only where the text
        makes a list of them with others.
        """
        return self.find_in(text, list(tokens(text)))

    def find_in(self, text: str, words: list[Token]) -> list[Found]:
        """Return the same, for a text whose tokens are known already."""
        found = list(self._trie.scan(text, words))
        counts = self._in_lists(text, words, found)
        return [item for item, is_meant in zip(found, counts, strict=True) if is_meant]

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
        doubts = [self._doubt(text, words, item) for item in chain]
        is_list = Doubt.NONE in doubts or doubts.count(Doubt.MILD) >= _SOFT_ITEMS
        return [
            doubt is Doubt.NONE
            or (doubt is Doubt.GRAVE and self._is_acronym(text, item))
            or self._is_vouched_for(text, words, item)
            or (is_list and self._is_item(text, words, item, chain))
            for doubt, item in zip(doubts, chain, strict=True)
        ]

    def _doubt(self, text: str, words: list[Token], item: Found) -> "Doubt":
        """Return how likely a spelling is to be an ordinary word."""
        key = "".join(words_of(item.text))
        if self._labels.is_whole(key):
            return Doubt.GRAVE
        if item.first == item.last and key in ORDINARY:
            is_word = item.text.islower() or self._is_verb(text, words, item)
            return Doubt.MILD if is_word else Doubt.NONE
        is_tool = isinstance(item.meaning, Resolved) and item.meaning.matches[0].kind == "tool"
        is_small = item.text.isalpha() and item.text.islower()
        is_other = item.text not in self._labels.forms(key)
        return Doubt.MILD if is_tool and is_small and is_other else Doubt.NONE

    def _is_verb(self, text: str, words: list[Token], item: Found) -> bool:
        """Tell whether a capital is that of a sentence: *Excel at teaching*, *Express ideas*."""
        following = _key(words, item.last + 1)
        if following in AFTER_VERBS:
            return True
        starts = item.first == 0 or not _SENTENCE_ENDS.isdisjoint(
            text[words[item.first - 1].end : item.start]
        )
        goes_on = text[item.end : item.end + 2].strip().islower()
        return starts and goes_on and item.text.lower() in VERBS and following not in AFTER_NAMES

    def _is_acronym(self, text: str, item: Found) -> bool:
        """Tell whether a find stands out by capitals that its surroundings do not have."""
        letters = item.text.removesuffix("s")
        is_acronym = letters.isupper() and len(letters) >= _SHORTEST_ACRONYM
        return is_acronym and not _is_shouted(text, item)

    def _is_vouched_for(self, text: str, words: list[Token], item: Found) -> bool:
        """Tell whether the words around a find say that it is a skill.

        *Experience with Go* and *Go developer* do; *experience in go-to-market* does not.
        """
        following = _key(words, item.last + 1)
        is_asked = isinstance(item.meaning, Ambiguous)
        is_joined = following == "to" or text.startswith("-", item.end)
        if is_asked or is_joined or not self._is_name(item):
            return False
        knowing = {_key(words, item.first - 2), _key(words, item.first - 3)} & KNOWING
        is_introduced = bool(knowing) and _key(words, item.first - 1) in LEADING_ON
        is_followed = text.startswith(" ", item.end) and following in PRACTISING
        return is_introduced or is_followed

    def _is_name(self, item: Found) -> bool:
        """Tell whether a find is in letters that a name may have."""
        key = "".join(words_of(item.text))
        if item.text[0].isupper():
            return True
        is_listed = item.text in self._labels.forms(key) and len(key) > SHORT_KEY
        return is_listed or not self._labels.is_whole(key)

    def _is_item(self, text: str, words: list[Token], item: Found, chain: list[Found]) -> bool:
        """Tell whether a find is a whole item of its list."""
        starts = item is not chain[0] or _starts_item(text, words, item)
        ends = item is not chain[-1] or _ends_item(text, words, item)
        return starts and ends and (self._is_name(item) or item.text in self._forms(item))

    def _forms(self, item: Found) -> frozenset[str]:
        """Return how the catalogue writes what was found."""
        return self._labels.forms("".join(words_of(item.text)))


def linked(text: str, words: Sequence[Token], one: Found, two: Found) -> bool:
    """Tell whether two finds are neighbours in a list."""
    between = words[one.last + 1 : two.first]
    gap = text[one.end : two.start]
    if len(between) > 1 or any(word.key not in JOINING for word in between):
        return False
    return bool(between) or any(sign in _SEPARATING for sign in gap)


def _key(words: Sequence[Token], position: int) -> str:
    return words[position].key if 0 <= position < len(words) else ""


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
