"""Every spelling that the catalogue lists, and what each means."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from typing import Final, NamedTuple, TypeAlias

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


class Label(NamedTuple):
    """One spelling of one skill.

    Attributes:
        text: As the catalogue writes it.
        key: Its `spelling_key`, never empty.
        kind: What it is; None for a spelling that the skill shares with others.
    """

    text: str
    key: str
    skill: SkillId
    kind: Kind | None


class Labels:
    """All labels of a catalogue, by key; read only, so threads may share it.

    Attributes:
        labels: In catalogue order, those of one skill from the most trusted to the least.
        order: Position of every skill in the catalogue.
        by_key: What each key means. Keys that mean the same share it.
        longest: Letters of the longest key.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        skills = catalogue.skills
        self.order = {skill.id: position for position, skill in enumerate(skills)}
        self.labels = tuple(label for skill in skills for label in _labels_of(skill))
        self._of_key = _grouped(self.labels)
        self._meaning: _Meaning = cache(_meaning)
        self.by_key = {key: self._meaning(_senses(g)) for key, g in self._of_key.items()}
        self.longest = max(map(len, self.by_key), default=0)
        self._codes = _codes(skills)
        self._whole = {
            spelling_key(alias) for skill in skills for alias in skill.spellings.exact_aliases
        }

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

    def make_ready(self) -> None:
        """Make what is otherwise made when it is first asked for."""
        _ = self._by_stem

    def of(self, key: str) -> tuple[Label, ...]:
        """Return the labels of a key, in catalogue order."""
        return self._of_key.get(key, ())

    def is_whole(self, key: str) -> bool:
        """Tell whether a key counts only as a whole string, never inside another."""
        return is_short(key) or key in self._whole

    def forms(self, key: str) -> frozenset[str]:
        """Return how the catalogue writes a key."""
        return frozenset(label.text for label in self.of(key))

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

    @cached_property
    def _by_stem(self) -> dict[str, Understood]:
        """What each key means in the singular; of labels that count inside others, too.

        Made when it is first asked for: names written as the catalogue has them do without.
        """
        inside = (label for label in self.labels if not self.is_whole(label.key))
        return _unanimous(inside, self._meaning)


def is_short(key: str) -> bool:
    """Tell whether a name is too short to be recognised among others; C# and C++ are not."""
    return len(key) <= SHORT_KEY and key.isalnum()


_Senses: TypeAlias = tuple[tuple[SkillId, Kind | None], ...]
"""Skills, and as what each is named."""

_Meaning: TypeAlias = Callable[[_Senses], Understood]


def _labels_of(skill: Skill) -> Iterator[Label]:
    spellings = skill.spellings
    listed: tuple[tuple[Kind | None, Iterable[str]], ...] = (
        ("id", (skill.id,)),
        ("name", (skill.name,)),
        ("alias", spellings.exact_aliases),
        ("alias", spellings.aliases),
        (None, spellings.shared_aliases),
        ("tool", spellings.tools),
    )
    for kind, texts in listed:
        for text in texts:
            if key := spelling_key(text):
                yield Label(text, key, skill.id, kind)


def _grouped(labels: Iterable[Label]) -> dict[str, tuple[Label, ...]]:
    groups: dict[str, tuple[Label, ...]] = {}
    for label in labels:
        groups[label.key] = (*groups.get(label.key, ()), label)
    return groups


def _senses(labels: Iterable[Label]) -> _Senses:
    return tuple((label.skill, label.kind) for label in labels)


def _meaning(senses: _Senses) -> Understood:
    """Return what labels of one key mean: a name outweighs a shared spelling, that a tool."""
    own = _first_of_each(sense for sense in senses if sense[1] in ("id", "name", "alias"))
    shared = _first_of_each(sense for sense in senses if sense[1] is None)
    if len(own) == 1 or not (own or shared):
        chosen = own or _first_of_each(senses)
        return Resolved(tuple(Match(skill, None, kind) for skill, kind in chosen.items() if kind))
    return Ambiguous(tuple(own or shared))


def _first_of_each(senses: Iterable[tuple[SkillId, Kind | None]]) -> dict[SkillId, Kind | None]:
    first: dict[SkillId, Kind | None] = {}
    for skill, kind in senses:
        first.setdefault(skill, kind)
    return first


def _unanimous(labels: Iterable[Label], meaning: _Meaning) -> dict[str, Understood]:
    """Return the meanings of singular forms, where all labels of a form agree on one."""
    stems: dict[str, list[Label]] = {}
    for label in labels:
        stem = stem_key(words_of(label.text))
        stems.setdefault(label.key if stem == label.key else stem, []).append(label)
    return {
        stem: meaning(_senses(group))
        for stem, group in stems.items()
        if len(group) == 1 or _agree(group, meaning)
    }


def _agree(labels: list[Label], meaning: _Meaning) -> bool:
    meanings = [meaning(_senses(group)) for group in _grouped(labels).values()]
    skills = {m.skills if isinstance(m, Resolved) else m.candidates for m in meanings}
    return len(skills) == 1


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
