"""A CV or a job posting: what was understood of it, for a person to confirm."""

from contextlib import suppress
from typing import Final, NamedTuple

from service.application.use_cases import UseCases
from service.domain.naming.evidence import Extraction, Mention
from service.domain.naming.extraction import extract_from_text
from service.domain.naming.resume import extract_from_resume
from service.domain.skill import SkillId
from service.strict_json import MalformedJsonError, read_json

MAX_TEXT: Final = 50_000
AROUND: Final = 36
"""How much of the text stands around a word that speaks for a skill, characters."""


class Evidence(NamedTuple):
    """A place in the text that speaks for a skill."""

    before: str
    words: str
    after: str


class Found(NamedTuple):
    """A skill that the text speaks for.

    Attributes:
        level: As the text states it; None where it does not.
        more: How many further places speak for it.
    """

    skill: SkillId
    level: int | None
    evidence: Evidence
    more: int


class Doubt(NamedTuple):
    """Words that could mean several skills."""

    words: str
    candidates: tuple[SkillId, ...]


class Misread(NamedTuple):
    """A name in a resume that was not understood."""

    words: str
    suggestions: tuple[SkillId, ...]


class Understood(NamedTuple):
    """What was understood of a text, and what was not."""

    found: list[Found]
    doubts: list[Doubt]
    misread: list[Misread]


def understand(text: str, cases: UseCases) -> Understood:
    """Return what a text says about skills; each skill once, in the order of the text.

    A text that is JSON is read as a JSON Resume.
    """
    extraction = _extraction(text, cases)
    mentions: dict[SkillId, list[Mention]] = {}
    for mention in extraction.mentions:
        mentions.setdefault(mention.skill, []).append(mention)
    doubts = {item.text: Doubt(item.text, item.candidates) for item in extraction.ambiguous}
    misread = {
        item.text: Misread(item.text, tuple(found.skill for found in item.suggestions))
        for item in extraction.unknown
    }
    return Understood(
        [_found(skill, places, text) for skill, places in mentions.items()],
        list(doubts.values()),
        list(misread.values()),
    )


def _extraction(text: str, cases: UseCases) -> Extraction:
    if text.lstrip().startswith("{"):
        with suppress(MalformedJsonError):
            document = read_json(text.encode(errors="replace"), max_bytes=4 * MAX_TEXT)
            return extract_from_resume(cases.resolver, document)
    return extract_from_text(cases.resolver, text)


def _found(skill: SkillId, places: list[Mention], text: str) -> Found:
    first = places[0]
    levels = [place.level for place in places if place.level is not None]
    before, after = ("", "") if first.pointer else _around(first, text)
    evidence = Evidence(before, first.text, after)
    return Found(skill, max(levels, default=None), evidence, len(places) - 1)


def _around(place: Mention, text: str) -> tuple[str, str]:
    before = text[max(place.start - AROUND, 0) : place.start]
    after = text[place.end : place.end + AROUND]
    return " ".join(before.split()), " ".join(after.split())
