"""Whether every reference leads somewhere."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from service.adapters.graph_file.findings import Finding, Path, quoted, suggestion
from service.adapters.graph_file.identity import spelling_key
from service.adapters.graph_file.places import Place, options, questions, root, skill_levels
from service.adapters.graph_file.reading import Document

OPTIONAL: Final = ("sources",)
"""Lists that a file may do without; where another is missing, that is the defect."""

MAX_SUGGESTIONS: Final = 20
"""For how many unknown ids a known one is suggested: each takes a look at all of them."""


class Known:
    """The ids of one list of the file as it is written, so defective entries have theirs.

    Where an entry has no readable id, references to what its names say are taken as meant for
    it; where there is no list, every reference is.
    """

    def __init__(self, raw: Document, name: str) -> None:
        listed = raw.get(name, [] if name in OPTIONAL else None)
        entries: list[Any] = listed if isinstance(listed, list) else []
        objects = [entry for entry in entries if isinstance(entry, dict)]
        self.ids = [entry["id"] for entry in objects if isinstance(entry.get("id"), str)]
        self._lookup = frozenset(self.ids)
        self._is_open = not isinstance(listed, list)
        self._meant = frozenset(chain.from_iterable(map(_meant_by, entries)))

    def __contains__(self, entry_id: str) -> bool:
        is_listed = entry_id in self._lookup
        return is_listed or self._is_open or spelling_key(entry_id) in self._meant


class References:
    """Finds the references of a document that lead nowhere.

    Attributes:
        skills: All ids of skills; areas, roles and sources likewise.
    """

    def __init__(self, raw: Document) -> None:
        self.skills = Known(raw, "skills")
        self.areas = Known(raw, "areas")
        self.roles = Known(raw, "roles")
        self.sources = Known(raw, "sources")
        self._tops = _tops(raw)
        self._suggestions_left = MAX_SUGGESTIONS

    def unknown_in(self, document: Document) -> Iterator[Finding]:
        """Find the references that lead nowhere."""
        return chain(
            self._missing_skills(document),
            self._missing("area", self.areas, _areas(document)),
            self._missing("role", self.roles, _roles(document)),
            self._missing("source", self.sources, _sources(document)),
        )

    def has_level(self, skill: str, level: int) -> bool:
        """Return whether a skill has a level, or may have it: its levels are unreadable."""
        top = self._tops.get(skill)
        return top is None or 1 <= level <= top

    def _missing_skills(self, document: Document) -> Iterator[Finding]:
        for node in _nodes(document):
            skill, level = node.text("skill"), node.whole("level")
            yield from self._missing("skill", self.skills, node.texts("skill"))
            if skill and level is not None and not self.has_level(skill, level):
                top = self._tops[skill]
                message = f"Skill {quoted(skill)} has levels 1 to {top}, not {level}."
                yield Finding((*node.path, "level"), "unknown-reference", message)

    def _missing(
        self, kind: str, known: Known, references: Iterable[tuple[Path, str]]
    ) -> Iterator[Finding]:
        for path, reference in references:
            if reference not in known:
                message = f"There is no {kind} {quoted(reference)}{self._end(reference, known)}"
                yield Finding(path, "unknown-reference", message)

    def _end(self, reference: str, known: Known) -> str:
        self._suggestions_left -= 1
        if self._suggestions_left < 0:
            return "."
        return suggestion(reference, known.ids)


def _meant_by(entry: object) -> Iterator[str]:
    """Return what an entry without an id may be referred to as."""
    if isinstance(entry, str):
        yield spelling_key(entry)
    elif isinstance(entry, dict) and not isinstance(entry.get("id"), str):
        aliases = entry.get("aliases")
        names = [entry.get("name"), *(aliases if isinstance(aliases, list) else ())]
        yield from (spelling_key(name) for name in names if isinstance(name, str))


def _tops(raw: Document) -> dict[str, int | None]:
    """Return the highest level of every skill; None where its levels are no list."""
    tops: dict[str, int | None] = {}
    skills = raw.get("skills")
    for skill in skills if isinstance(skills, list) else ():
        if isinstance(skill, dict) and isinstance(skill.get("id"), str):
            levels = skill.get("levels")
            top = len(levels) if isinstance(levels, list) else None
            other = tops.get(skill["id"], 0)  # an id that stands twice: either may be meant
            tops[skill["id"]] = None if top is None or other is None else max(top, other)
    return tops


def _nodes(document: Document) -> Iterator[Place]:
    for holder in chain(skill_levels(document), root(document).each("roles")):
        for requirement in holder.each("requires"):
            yield from options(requirement)
    for project in root(document).each("projects"):
        yield from project.each("proves")
    for profile in root(document).each("profiles"):
        yield from profile.each("skills")


def _areas(document: Document) -> Iterator[tuple[Path, str]]:
    for holder in chain(root(document).each("skills"), root(document).each("overlap")):
        yield from holder.texts("area")


def _roles(document: Document) -> Iterator[tuple[Path, str]]:
    for project in root(document).each("projects"):
        yield from project.texts("roles")
    for holder in chain(root(document).each("comparison"), root(document).each("overlap")):
        yield from holder.keys("by_role")
    for question in questions(document):
        for option in question.each("options"):
            yield from option.keys("points")


def _sources(document: Document) -> Iterator[tuple[Path, str]]:
    for level in skill_levels(document):
        yield from level.texts("sources")
    for fact in root(document).each("compensation"):
        yield from fact.texts("source")


def used_sources(document: Document) -> frozenset[str]:
    """Return the ids of all sources that something refers to."""
    return frozenset(source for _, source in _sources(document))
