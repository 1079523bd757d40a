"""What a document says about skills: each find with the place that speaks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from service.domain.naming.results import Kind, Suggestion
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


Evidence: TypeAlias = Mention | AmbiguousMention | UnknownName


def gathered(evidence: Iterable[Evidence]) -> Extraction:
    """Return finds by their kind, each kind in the order given."""
    every = tuple(evidence)
    return Extraction(
        tuple(item for item in every if isinstance(item, Mention)),
        tuple(item for item in every if isinstance(item, AmbiguousMention)),
        tuple(item for item in every if isinstance(item, UnknownName)),
    )
