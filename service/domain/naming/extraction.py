"""Skills in documents: running text, job postings, JSON Resume; each with its evidence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from service.domain.naming.context import Denials, levels_of
from service.domain.naming.mentions import tokens
from service.domain.naming.resolver import (
    LONGEST_NAME,
    Ambiguous,
    Resolved,
    Resolver,
    Suggestion,
    Unknown,
)
from service.domain.naming.results import Kind
from service.domain.skill import SkillId


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that speaks for a skill.

    Attributes:
        level: The level stated there (0 where it says "none"), or None.
        text: The words, as written.
        start: Where they start, in code points from the start of the string.
        end: Where they end.
        kind: What of the skill was recognised.
        pointer: JSON pointer of the string in its document; empty for plain text.
    """

    skill: SkillId
    level: int | None
    text: str
    start: int
    end: int
    kind: Kind
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class AmbiguousMention:
    """A place that could speak for several skills, in catalogue order; it credits none."""

    candidates: tuple[SkillId, ...]
    text: str
    start: int
    end: int
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A string that stands where a skill's name belongs, and is not understood."""

    text: str
    suggestions: tuple[Suggestion, ...]
    pointer: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document says about skills, in its own order.

    Attributes:
        mentions: A spelling that stands on several skills gives one each.
        ambiguous: Spellings that several skills share.
        unknown: Names in a JSON Resume that were not understood; none for plain text.
    """

    mentions: tuple[Mention, ...] = ()
    ambiguous: tuple[AmbiguousMention, ...] = ()
    unknown: tuple[UnknownName, ...] = ()


_Evidence = Mention | AmbiguousMention | UnknownName


def extract(resolver: Resolver, text: str) -> Extraction:
    """Return the skills that a text names.

    Whole words only, the longest name first, spelled as in the catalogue up to case, hyphens and
    plural; denied names are left out, names that are ordinary words too need a list
    around them. O(n) in the length of the text.
    """
    return _gathered(_in_text(resolver, text, ""))


def resume(resolver: Resolver, document: object) -> Extraction:
    """Return the skills in a JSON Resume, parsed already.

    Names and keywords are read as names, with the level of their entry; summaries, highlights
    and the like as running text. What is missing or of another type than the format says is
    passed over.

    Args:
        resolver: Of the catalogue.
        document: Any value; anything but a mapping holds no skills.
    """
    return _gathered(_in_resume(resolver, document))


def _in_text(resolver: Resolver, text: str, pointer: str) -> Iterator[_Evidence]:
    words = list(tokens(text))
    found = resolver.mentions.find_in(text, words)
    denied = Denials(text, words, found).denied()
    levels = levels_of(resolver.levels, text, words, found)
    for index, (item, level) in enumerate(zip(found, levels, strict=True)):
        if index in denied:
            continue
        place = (item.text, item.start, item.end)
        if isinstance(item.meaning, Ambiguous):
            yield AmbiguousMention(item.meaning.candidates, *place, pointer)
            continue
        for match in item.meaning.matches:
            yield Mention(match.skill, level, *place, match.kind, pointer)


_TEXTS: Final = {
    "work": ("position", "summary", "description", "highlights"),
    "volunteer": ("position", "summary", "highlights"),
    "projects": ("name", "description", "summary", "highlights"),
    "education": ("area", "courses"),
    "certificates": ("name",),
    "publications": ("name", "summary"),
    "awards": ("title", "summary"),
}
"""Members of a JSON Resume's sections that hold running text."""


def _in_resume(resolver: Resolver, document: object) -> Iterator[_Evidence]:
    for pointer, entry in _entries(document, "skills"):
        yield from _in_skill(resolver, entry, pointer)
    for pointer, entry in _entries(document, "projects"):
        for place, keyword in _strings(entry, "keywords", pointer):
            yield from _in_name(resolver, keyword, None, place)
    for place, text in _strings(_member(document, "basics"), "summary", "/basics"):
        yield from _in_text(resolver, text, place)
    for place, text in _running_texts(document):
        yield from _in_text(resolver, text, place)


def _running_texts(document: object) -> Iterator[tuple[str, str]]:
    """Yield the running texts of all sections with their pointers."""
    for section, members in _TEXTS.items():
        for pointer, entry in _entries(document, section):
            for member in members:
                yield from _strings(entry, member, pointer)


def _in_skill(resolver: Resolver, entry: object, pointer: str) -> Iterator[_Evidence]:
    if isinstance(entry, str):
        yield from _in_name(resolver, entry, None, pointer)
        return
    level = _stated_level(resolver, _member(entry, "level"))
    for member in ("name", "keywords"):
        for place, name in _strings(entry, member, pointer):
            yield from _in_name(resolver, name, level, place)


def _in_name(
    resolver: Resolver, name: str, level: int | None, pointer: str
) -> Iterator[_Evidence]:
    """Read a name; one that is not understood as a whole is searched like a text."""
    match resolver.resolve(name):
        case Resolved(matches):
            for found in matches:
                stated = level if found.level is None else found.level
                yield Mention(found.skill, stated, name, 0, len(name), found.kind, pointer)
        case Ambiguous(candidates):
            yield AmbiguousMention(candidates, name, 0, len(name), pointer)
        case Unknown(suggestions):
            inside = list(_in_text(resolver, name, pointer))
            yield from (_at_level(evidence, level) for evidence in inside)
            if not inside:
                yield UnknownName(name[:LONGEST_NAME], suggestions, pointer)


def _at_level(evidence: _Evidence, level: int | None) -> _Evidence:
    if isinstance(evidence, Mention) and evidence.level is None:
        return replace(evidence, level=level)
    return evidence


def _stated_level(resolver: Resolver, level: object) -> int | None:
    is_number = isinstance(level, int) and not isinstance(level, bool)
    return resolver.level(str(level)) if is_number or isinstance(level, str) else None


def _member(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None


def _entries(document: object, section: str) -> Iterator[tuple[str, object]]:
    entries = _member(document, section)
    if isinstance(entries, list):
        for index, entry in enumerate(entries):
            yield f"/{section}/{index}", entry


def _strings(entry: object, member: str, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield the strings of a member that holds one or a list of them, with their pointers."""
    value = _member(entry, member)
    if isinstance(value, str):
        yield f"{pointer}/{member}", value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield f"{pointer}/{member}/{index}", item


def _gathered(evidence: Iterator[_Evidence]) -> Extraction:
    every = tuple(evidence)
    return Extraction(
        tuple(item for item in every if isinstance(item, Mention)),
        tuple(item for item in every if isinstance(item, AmbiguousMention)),
        tuple(item for item in every if isinstance(item, UnknownName)),
    )
