"""Every spelling that the catalogue lists, and what each means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from service.domain.catalogue import Catalogue
from service.domain.naming.results import Ambiguous, Kind, Match, Resolved, Understood
from service.domain.naming.spelling import (
    inner_capitals,
    spelling_key,
    stem_key,
    words_of,
)
from service.domain.skill import Skill, SkillId

SHORT_KEY: Final = 2
"""Names of so few letters (R, C, Go, ML) mean a skill only where nothing else stands beside."""

_TELLING_CAPITALS: Final = 5
"""Up to this length a capital inside a word tells names apart, as in ReAct and React."""


@dataclass(frozen=True, slots=True)
class Label:
    """One spelling of one skill.

    Attributes:
        text: As the catalogue writes it.
        key: Its `spelling_key`, never empty.
        kind: What it is; None for a spelling that the skill shares with others.
        is_whole: Whether it counts only as a whole string, never inside another.
    """

    text: str
    key: str
    skill: SkillId
    kind: Kind | None
    is_whole: bool


class Labels:
    """All labels of a catalogue, by key; read only, so threads may share it.

    Attributes:
        labels: In catalogue order, those of one skill from the most trusted to the least.
        order: Position of every skill in the catalogue.
        by_key: What each key means.
        longest: Letters of the longest key.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        skills = catalogue.skills
        self.order = {skill.id: position for position, skill in enumerate(skills)}
        labels = tuple(label for skill in skills for label in _labels_of(skill))
        whole = {label.key for label in labels if label.is_whole}
        self.labels = tuple(_whole_if(label, whole) for label in labels)
        self.by_key = {key: _meaning(group) for key, group in _grouped(self.labels).items()}
        self.longest = max(map(len, self.by_key), default=0)
        self._codes = _codes(skills)
        self._by_stem = _unanimous(self.labels)
        self._whole = whole
        self._forms = _forms(self.labels)

    def find(self, text: str) -> Understood | None:
        """Return what a whole string means: id, name, alias or tool, punctuation aside.

        O(n) in the length of the string.
        """
        found = self.by_key.get(spelling_key(text))
        if found is None:
            return self._codes.get(text.strip().casefold())
        return None if self.is_other_word(text) else found

    def find_words(self, words: list[str]) -> Understood | None:
        """Return what the words mean, in the singular or the plural."""
        return self.by_key.get("".join(words)) or self._by_stem.get(stem_key(words))

    def is_whole(self, key: str) -> bool:
        """Tell whether a key counts only as a whole string."""
        return is_short(key) or key in self._whole

    def forms(self, key: str) -> frozenset[str]:
        """Return how the catalogue writes a key."""
        return self._forms.get(key, frozenset())

    def is_proper(self, key: str) -> bool:
        """Tell whether the catalogue writes a key with a capital."""
        return any(not form.islower() for form in self.forms(key))

    def is_other_word(self, text: str) -> bool:
        """Tell whether a capital inside a short word says that another is meant.

        Only a spelling that the catalogue writes with capitals of its own can say so: *ReAct* is
        not *React*, but *NumPy* is what the catalogue lists as *numpy*.
        """
        written = text.strip()
        if len(written) > _TELLING_CAPITALS or not written.isalpha():
            return False
        capitals = inner_capitals(written)
        forms = [form for form in self.forms(spelling_key(written)) if not form.islower()]
        return (
            bool(capitals)
            and bool(forms)
            and all(inner_capitals(form) != capitals for form in forms)
        )


def is_short(key: str) -> bool:
    """Tell whether a name is too short to be recognised among others; C# and C++ are not."""
    return len(key) <= SHORT_KEY and key.isalnum()


def _labels_of(skill: Skill) -> Iterator[Label]:
    spellings = skill.spellings
    listed: tuple[tuple[Kind | None, Iterable[str], bool], ...] = (
        ("id", (skill.id,), False),
        ("name", (skill.name,), False),
        ("alias", spellings.exact_aliases, True),
        ("alias", spellings.aliases, False),
        (None, spellings.shared_aliases, False),
        ("tool", spellings.tools, False),
    )
    for kind, texts, is_whole in listed:
        for text in texts:
            if key := spelling_key(text):
                yield Label(text, key, skill.id, kind, is_whole or is_short(key))


def _whole_if(label: Label, whole: set[str]) -> Label:
    if label.is_whole or label.key not in whole:
        return label
    return Label(label.text, label.key, label.skill, label.kind, is_whole=True)


def _grouped(labels: Iterable[Label]) -> dict[str, list[Label]]:
    groups: dict[str, list[Label]] = {}
    for label in labels:
        groups.setdefault(label.key, []).append(label)
    return groups


def _meaning(labels: list[Label]) -> Understood:
    """Return what labels of one key mean: a name outweighs a shared spelling, that a tool."""
    own = _first_of_each(label for label in labels if label.kind in ("id", "name", "alias"))
    shared = _first_of_each(label for label in labels if label.kind is None)
    if len(own) == 1 or not (own or shared):
        chosen = own or _first_of_each(labels)
        return Resolved(tuple(Match(skill, None, kind) for skill, kind in chosen.items() if kind))
    return Ambiguous(tuple(own or shared))


def _first_of_each(labels: Iterable[Label]) -> dict[SkillId, Kind | None]:
    first: dict[SkillId, Kind | None] = {}
    for label in labels:
        first.setdefault(label.skill, label.kind)
    return first


def _unanimous(labels: Iterable[Label]) -> dict[str, Understood]:
    """Return the meanings of singular forms, where all labels of a form agree on one."""
    stems: dict[str, list[Label]] = {}
    for label in labels:
        if not label.is_whole:
            stems.setdefault(stem_key(words_of(label.text)), []).append(label)
    return {stem: _meaning(group) for stem, group in stems.items() if _agree(group)}


def _agree(labels: list[Label]) -> bool:
    meanings = [_meaning(group) for group in _grouped(labels).values()]
    skills = {m.skills if isinstance(m, Resolved) else m.candidates for m in meanings}
    return len(skills) == 1


def _forms(labels: Iterable[Label]) -> dict[str, frozenset[str]]:
    groups = _grouped(labels)
    return {key: frozenset(label.text for label in group) for key, group in groups.items()}


def _codes(skills: Iterable[Skill]) -> dict[str, Understood]:
    """Return what the codes of other taxonomies mean; one code may cover several skills."""
    owners: dict[str, list[SkillId]] = {}
    for skill in skills:
        for _, code in skill.same_as:
            if code:
                owners.setdefault(code.casefold(), []).append(skill.id)
    return {
        code: Resolved((Match(ids[0], None, "id"),)) if len(ids) == 1 else Ambiguous(tuple(ids))
        for code, ids in owners.items()
    }
