"""A string that names one skill or several: brackets, headings, tails, lists."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from service.domain.naming.labels import Labels
from service.domain.naming.levels import Levels
from service.domain.naming.looks import Looks
from service.domain.naming.phrase import Phrases
from service.domain.naming.results import Ambiguous, Resolved, Understood, union
from service.domain.naming.spelling import spelling_key, words_of
from service.domain.naming.wording import EXAMPLES, NEGATIONS, NOTES

_SEPARATORS: Final = (
    re.compile(r"[\n;|•·]"),
    re.compile(r",(?: and | or | & )?"),
    re.compile(r" (?:and|or|as well as|und|&|\+|and/or) |&", re.IGNORECASE),
    re.compile(r" ?[/\\] ?"),
)
"""What stands between the items of a list, the weakest tie first."""

_DASH: Final = re.compile(r" ?: | [-–—>→]{1,2} |:(?=[^/\s])")
_MOST_ITEMS: Final = 20
_DEEPEST: Final = 6
_MOST_PARTS: Final = 40
_LOOKS_AT_A_PART: Final = 4
"""What it costs to find its brackets and separators."""


@dataclass(frozen=True, slots=True)
class _Pass:
    """One reading of a whole string, which bounds the work that its parts may cost.

    Attributes:
        looks: What the string may still cost.
        read: What the parts looked at so far mean, so that none is read twice.
        depth: How many brackets, headings and lists stand around a part.
    """

    looks: Looks
    read: dict[str, Understood | None] = field(default_factory=dict)
    depth: int = 0

    def goes_on(self) -> bool:
        is_within = self.depth <= _DEEPEST and len(self.read) < _MOST_PARTS
        return is_within and self.looks.allows(_LOOKS_AT_A_PART)

    def deeper(self) -> "_Pass":
        return _Pass(self.looks, self.read, self.depth + 1)


class Reader:
    """Reads a string in which everything must be understood; it never guesses a spelling."""

    def __init__(self, labels: Labels, levels: Levels, phrases: Phrases) -> None:
        self._labels = labels
        self._levels = levels
        self._phrases = phrases

    def read(self, text: str, looks: Looks) -> Understood | None:
        """Return what a string names, or None where some of it is not understood.

        Tried in turn: a name of the catalogue as it stands; a name with filler words, versions
        or levels around it; a name explained in brackets; a name with a note behind a dash or
        colon, or a heading before it; a list of any of these. What costs more than `looks`
        allows is not understood.
        """
        return self._part(text, _Pass(looks))

    def _part(self, text: str, at: "_Pass") -> Understood | None:
        if text not in at.read and at.goes_on():
            at.read[text] = self._first_of_all(text, at.deeper())
        return at.read.get(text)

    def _first_of_all(self, text: str, at: "_Pass") -> Understood | None:
        ways: tuple[Callable[[str], Understood | None], ...] = (
            self._labels.find,
            lambda t: self._phrases.read(t, at.looks),
            lambda t: self._explained(t, at),
            lambda t: self._annotated(t, at),
            lambda t: self._listed(t, at),
        )
        return next((found for way in ways if (found := way(text)) is not None), None)

    def parts(self, text: str) -> list[str]:
        """Return the strings that a reader would look at one by one: brackets and list items."""
        outside, inside = _unbracketed(text)
        texts = [outside, *inside]
        for separator in (_DASH, *_SEPARATORS):
            texts = [part for t in texts for part in separator.split(t)]
        return [part for t in texts[:_MOST_ITEMS] if (part := t.strip())]

    def _explained(self, text: str, at: "_Pass") -> Understood | None:
        """Read a name and what stands in brackets, or after *such as*, to explain it.

        What explains a name may be anything, and what it names counts too; an explained name
        that is not understood counts as what explains it only where one abbreviates the other.
        """
        outside, inside = _unbracketed(text)
        if not inside or not outside.strip() or _denies(outside):
            return None
        main = self._part(outside, at)
        notes = [part for part in inside if not self._is_note(part)]
        level = next(
            (lv for part in inside if (lv := self._levels.stated(part)) is not None), None
        )
        readings = [found for note in notes if (found := self._part(note, at)) is not None]
        if main is None:
            named = readings and any(_abbreviates(outside, note) for note in notes)
            return union(readings, self._labels.order) if named else None
        if any(map(_denies, notes)):
            return None
        return self._settled(main, readings, level)

    def _settled(
        self, main: Understood, readings: Sequence[Understood], level: int | None
    ) -> Understood:
        """Return a name together with its explanation, which may settle what the name meant."""
        resolved = [found for found in readings if isinstance(found, Resolved)]
        if isinstance(main, Resolved):
            return union([main.at_level(level), *resolved], self._labels.order)
        for found in resolved:
            if set(found.skills) <= set(main.candidates):
                return found.at_level(level)
        return main

    def _annotated(self, text: str, at: "_Pass") -> Understood | None:
        """Read *SQL: basic*, *Expert: Python*, *Databases: Postgres, Redis*, *AWS - Lambda*."""
        dash = _DASH.search(text)
        if dash is None:
            return None
        left, right = text[: dash.start()], text[dash.end() :]
        if (level := self._levels.level(right)) is not None or self._is_note(right):
            return _at_level(self._part(left, at), level)
        if (level := self._levels.level(left)) is not None:
            return _at_level(self._part(right, at), level)
        head, tail = self._part(left, at), self._part(right, at)
        if head is None or tail is None:
            is_heading = ":" in dash[0] and not _denies(left)
            return tail if is_heading else None
        if isinstance(head, Ambiguous) and isinstance(tail, Resolved):
            return tail
        return union([head, tail], self._labels.order)

    def _listed(self, text: str, at: "_Pass") -> Understood | None:
        for separator in _SEPARATORS:
            items = [item.strip() for item in separator.split(text)]
            items = [item for item in self._kept_together(items, text) if spelling_key(item)]
            if len(items) > 1 or (len(items) == 1 and items[0] != text.strip()):
                return self._items(items, at) if len(items) <= _MOST_ITEMS else None
        return None

    def _kept_together(self, items: list[str], text: str) -> list[str]:
        """Put back what a slash parted though it is one name: *A/B testing*, *CI/CD*."""
        kept: list[str] = []
        for item in items:
            joined = f"{kept[-1]}/{item}" if kept else ""
            if joined and joined in text and self._labels.find(joined) is not None:
                kept[-1] = joined
            else:
                kept.append(item)
        return kept

    def _items(self, items: list[str], at: "_Pass") -> Understood | None:
        """Read a list of which every item must be understood; a level goes with the one before."""
        readings: list[Understood] = []
        for position, item in enumerate(items):
            level = self._levels.stated(item)
            if readings and (level is not None or self._is_note(item)):
                readings[-1:] = [r for r in [_at_level(readings[-1], level)] if r is not None]
                continue
            found = self._item(items, position, at)
            if found is None:
                return None
            readings.append(found)
        return union(readings, self._labels.order) if readings else None

    def _item(self, items: list[str], position: int, at: "_Pass") -> Understood | None:
        """Read one item, with the noun that the last lends to all: *OpenAI / Anthropic APIs*."""
        item = items[position]
        if position < len(items) - 1:
            for count in (1, 2):
                noun = " ".join(items[-1].split()[-count:])
                if noun != items[-1] and (found := self._phrases.exactly(f"{item} {noun}")):
                    return found.as_read() if isinstance(found, Resolved) else found
        found = self._part(item, at)
        if found is not None or position == 0:
            return found
        lent = items[0].split()[:-1]
        return self._phrases.exactly(" ".join([*lent, item])) if lent else None

    def _is_note(self, text: str) -> bool:
        words = words_of(text)
        return bool(words) and all(word in NOTES or word.isdecimal() for word in words)


def _at_level(reading: Understood | None, level: int | None) -> Understood | None:
    return reading.at_level(level) if isinstance(reading, Resolved) else reading


def _denies(text: str) -> bool:
    return any(spelling_key(word) in NEGATIONS for word in text.split())


def _unbracketed(text: str) -> tuple[str, list[str]]:
    """Return a text without its brackets, and what stood in them; one pass."""
    return _without_examples(text) or _without_brackets(text)


def _without_examples(text: str) -> tuple[str, list[str]] | None:
    """Return a text without the examples it ends with, and these; None where it has none."""
    for sign in EXAMPLES:
        at = text.lower().find(sign)
        if at > 0 and "(" not in text[: at + len(sign)]:
            return text[:at], [text[at + len(sign) :]]
    return None


def _without_brackets(text: str) -> tuple[str, list[str]]:
    outside: list[str] = []
    inside: list[str] = []
    depth = 0
    for char in text:
        if char in "([{":
            depth += 1
            inside.append("") if depth == 1 else None
        elif char in ")]}":
            depth = max(0, depth - 1)
        elif depth:
            inside[-1] += char
        else:
            outside.append(char)
    return "".join(outside), [part for part in inside if part.strip()]


def _abbreviates(one: str, other: str) -> bool:
    """Tell whether one text is the initials of the other's words, a plural s aside."""
    short, long = sorted((one, other), key=lambda text: len(words_of(text)))
    initials = "".join(word[0] for word in words_of(long))
    return len(initials) > 1 and spelling_key(short).rstrip("s") in {
        initials,
        initials.rstrip("s"),
    }
