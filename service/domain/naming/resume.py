"""Skills in a JSON Resume: names and keywords read as names, the rest as running text."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from service.domain.naming.evidence import (
    AmbiguousMention,
    Evidence,
    Extraction,
    Mention,
    UnknownName,
    gathered,
)
from service.domain.naming.extraction import evidence_in_text
from service.domain.naming.resolver import LONGEST_NAME, Resolver
from service.domain.naming.results import Ambiguous, Resolution, Resolved, Unknown


def extract_from_resume(resolver: Resolver, document: object) -> Extraction:
    """Return the skills in a JSON Resume, parsed already.

    Names and keywords are read as names, with the level of their entry; summaries, highlights
    and the like as running text. What is missing or of another type than the format says is
    passed over.

    Args:
        resolver: Of the catalogue.
        document: Any value; anything but a mapping holds no skills.
    """
    return gathered(_in_resume(resolver, document))


_Named: TypeAlias = Mapping[str, Resolution]
"""What each name of a document was read as."""

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


def _in_resume(resolver: Resolver, document: object) -> Iterator[Evidence]:
    named = resolver.resolve_all(_names(document))
    for pointer, entry in _entries(document, "skills"):
        yield from _in_skill(resolver, named, entry, pointer)
    for place, keyword in _keywords_of_projects(document):
        yield from _in_name(resolver, named, keyword, None, place)
    for place, text in _strings(_member(document, "basics"), "summary", "/basics"):
        yield from evidence_in_text(resolver, text, place)
    for place, text in _running_texts(document):
        yield from evidence_in_text(resolver, text, place)


def _names(document: object) -> Iterator[str]:
    """Yield everything that is read as a name."""
    for pointer, entry in _entries(document, "skills"):
        yield from (name for _, name in _names_of_skill(entry, pointer))
    yield from (keyword for _, keyword in _keywords_of_projects(document))


def _names_of_skill(entry: object, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(entry, str):
        yield pointer, entry
    for member in ("name", "keywords"):
        yield from _strings(entry, member, pointer)


def _keywords_of_projects(document: object) -> Iterator[tuple[str, str]]:
    for pointer, entry in _entries(document, "projects"):
        yield from _strings(entry, "keywords", pointer)


def _running_texts(document: object) -> Iterator[tuple[str, str]]:
    """Yield the running texts of all sections with their pointers."""
    for section, members in _TEXTS.items():
        for pointer, entry in _entries(document, section):
            for member in members:
                yield from _strings(entry, member, pointer)


def _in_skill(
    resolver: Resolver, named: _Named, entry: object, pointer: str
) -> Iterator[Evidence]:
    if isinstance(entry, str):
        yield from _in_name(resolver, named, entry, None, pointer)
        return
    level = _stated_level(resolver, _member(entry, "level"))
    evidence = [
        item
        for place, name in _names_of_skill(entry, pointer)
        for item in _in_name(resolver, named, name, level, place)
    ]
    meant = {item.skill for item in evidence if isinstance(item, Mention)}
    for item in evidence:
        # A heading such as Web development is settled by what stands below it.
        if not isinstance(item, AmbiguousMention) or meant.isdisjoint(item.candidates):
            yield item


def _in_name(
    resolver: Resolver, named: _Named, name: str, level: int | None, pointer: str
) -> Iterator[Evidence]:
    """Read a name; one that is not understood as a whole is searched like a text."""
    match named[name]:
        case Resolved(matches):
            for found in matches:
                stated = level if found.level is None else found.level
                yield Mention(found.skill, stated, name, 0, len(name), found.kind, pointer)
        case Ambiguous(candidates):
            yield AmbiguousMention(candidates, name, 0, len(name), pointer)
        case Unknown(suggestions):
            inside = list(evidence_in_text(resolver, name, pointer))
            yield from (_at_level(evidence, level) for evidence in inside)
            if not inside:
                yield UnknownName(name[:LONGEST_NAME], suggestions, pointer)


def _at_level(evidence: Evidence, level: int | None) -> Evidence:
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
