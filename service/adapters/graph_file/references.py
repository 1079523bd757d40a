"""Whether every reference leads somewhere."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from service.adapters.graph_file.findings import Finding, Path, quoted, suggestion
from service.adapters.graph_file.places import Place, options, questions, root, skill_levels
from service.adapters.graph_file.reading import Document
from service.domain.naming.spelling import spelling_key

OPTIONAL: Final = ("sources",)
"""Lists that a file may do without; where another is missing, that is the defect."""

MAX_SUGGESTIONS: Final = 20
"""For how many unknown ids a known one is suggested: each takes a look at all of them."""


class Known:
    """The ids of one list, with the benefit of the doubt.

    Where an entry has no sound id, references to what its id, name or aliases say are taken as
    meant for it; where an entry says nothing or there is no list, every reference is.

    Attributes:
        ids: The sound ids, in the order of the file.
    """

    def __init__(self, raw: Document, left: Document, name: str) -> None:
        written, sound = raw.get(name), left.get(name)
        entries = list(zip(written or (), sound or (), strict=True)) if sound else []
        nameless = [entry for entry, kept in entries if kept is None or "id" not in kept]
        meant = [list(_meant_by(entry)) for entry in nameless]
        is_missed = sound is None and (name in raw or name not in OPTIONAL)
        self.ids = [kept["id"] for _, kept in entries if kept is not None and "id" in kept]
        self._lookup = frozenset(self.ids)
        self._meant = frozenset(chain.from_iterable(meant))
        self._is_open = is_missed or not all(meant)

    def __contains__(self, entry_id: str) -> bool:
        is_listed = entry_id in self._lookup
        return is_listed or self._is_open or spelling_key(entry_id) in self._meant


class References:
    """Finds the references of a document that lead nowhere.

    Attributes:
        skills: All ids of skills; areas, roles and sources likewise.
    """

    def __init__(self, raw: Document, left: Document) -> None:
        self.skills = Known(raw, left, "skills")
        self.areas = Known(raw, left, "areas")
        self.roles = Known(raw, left, "roles")
        self.sources = Known(raw, left, "sources")
        self._left = left
        self._tops = _tops(left)
        self._suggestions_left = MAX_SUGGESTIONS

    def unknown(self) -> Iterator[Finding]:
        """Find the references that lead nowhere."""
        return chain(
            self._missing_skills(),
            self._missing("area", self.areas, _areas(self._left)),
            self._missing("role", self.roles, _roles(self._left)),
            self._missing("source", self.sources, _sources(self._left)),
        )

    def has_level(self, skill: str, level: int) -> bool:
        """Return whether a skill has a level, or may have it: its levels are unreadable."""
        top = self._tops.get(skill)
        return top is None or 1 <= level <= top

    def _missing_skills(self) -> Iterator[Finding]:
        for node in _nodes(self._left):
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
    """Return what an entry without a sound id may be referred to as."""
    if isinstance(entry, str):
        yield spelling_key(entry)
    elif isinstance(entry, dict):
        aliases = entry.get("aliases")
        listed = aliases if isinstance(aliases, list) else []
        names = [entry.get("id"), entry.get("name"), *listed]
        yield from (spelling_key(name) for name in names if isinstance(name, str))


def _tops(document: Document) -> dict[str, int | None]:
    """Return the highest level of every skill; None where its levels cannot be read."""
    tops: dict[str, int | None] = {}
    for skill in root(document).each("skills"):
        if skill_id := skill.text("id"):
            top = len(skill.value["levels"]) if "levels" in skill.value else None
            other = tops.get(skill_id, 0)  # an id that stands twice: either may be meant
            tops[skill_id] = None if top is None or other is None else max(top, other)
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
