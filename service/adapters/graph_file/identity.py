"""Whether ids are unique, levels are counted through, and every spelling means one thing."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from service.adapters.graph_file.findings import Finding, Path, pointer, quoted
from service.adapters.graph_file.places import Place, questions, root
from service.adapters.graph_file.reading import Document
from service.domain.naming.spelling import spelling_key

WITH_IDS: Final = (
    "levels",
    "areas",
    "sources",
    "skills",
    "roles",
    "comparison",
    "projects",
    "profiles",
    "compensation",
    "advice",
)
OWN_SPELLINGS: Final = ("id", "name", "aliases", "exact_aliases")
SHARED_SPELLINGS: Final = ("shared_aliases", "tools")


def repeated_ids(document: Document) -> Iterator[Finding]:
    """Find ids that stand twice in one list."""
    for name in WITH_IDS:
        yield from _repeated(root(document).each(name), "id")
    yield from _repeated(root(document).each("overlap"), "area")
    yield from _repeated(questions(document), "id")
    for question in questions(document):
        yield from _repeated(question.each("options"), "id")


def miscounted_levels(document: Document, scale: int | None) -> Iterator[Finding]:
    """Find levels out of order, and skills with more levels than the scale.

    Args:
        document: The document.
        scale: How many levels the scale has; None where it cannot be told.
    """
    for level in root(document).each("levels"):
        should = int(level.path[-1]) + 1
        if level.whole("level") not in (None, should):
            message = f"Levels are counted from 1 in order, so this must be {should}."
            yield Finding((*level.path, "level"), "schema", message)
    for skill in root(document).each("skills"):
        count = len(skill.value.get("levels", ()))
        if scale is not None and count > scale:
            message = f"The scale has {scale} levels; this skill must not have {count}."
            yield Finding((*skill.path, "levels"), "schema", message)


def ambiguous_spellings(document: Document) -> Iterator[Finding]:
    """Find spellings of two skills, of two roles or of two levels, and empty ones."""
    for name in ("levels", "roles", "skills"):
        entries = [_Spelt(entry) for entry in root(document).each(name)]
        for path, text in chain.from_iterable(entry.empty for entry in entries):
            message = f"{quoted(text)} has no letter or digit to be recognised by."
            yield Finding(path, "schema", message)
        yield from _claimed_twice(entries)


class _Spelt:
    """An entry and its spellings, by what they count as.

    Attributes:
        empty: Spellings without a letter or digit.
    """

    def __init__(self, entry: Place) -> None:
        self.id = entry.text("id") or pointer(entry.path)
        self.empty: list[tuple[Path, str]] = []
        self.own = self._by_key(entry.texts(*OWN_SPELLINGS))
        self.shared = self._by_key(entry.texts(*SHARED_SPELLINGS))

    def _by_key(self, texts: Iterable[tuple[Path, str]]) -> dict[str, tuple[Path, str]]:
        by_key: dict[str, tuple[Path, str]] = {}
        for path, text in texts:
            if key := spelling_key(text):
                by_key.setdefault(key, (path, text))
            else:
                self.empty.append((path, text))
        return by_key


def _claimed_twice(entries: list[_Spelt]) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for entry in entries:
        for key in entry.own:
            owners.setdefault(key, entry.id)
    for entry in entries:
        for key, (path, text) in {**entry.shared, **entry.own}.items():
            # Entries with the same id are one mistake, and it is reported as that.
            if (owner := owners.get(key, entry.id)) != entry.id:
                message = f"{quoted(text)} is a spelling of {quoted(owner)} already."
                yield Finding(path, "duplicate-alias", message)


def _repeated(entries: Iterable[Place], member: str) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for entry in entries:
        if entry_id := entry.text(member):
            path = first.setdefault(entry_id, entry.path)
            if path != entry.path:
                message = f"The {member} {quoted(entry_id)} stands at {pointer(path)} already."
                yield Finding((*entry.path, member), "duplicate-id", message)
