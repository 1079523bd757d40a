"""Skills in running text, such as a job posting: each with its evidence."""

from collections.abc import Iterator

from service.domain.naming.context import Denials, levels_of
from service.domain.naming.evidence import (
    AmbiguousMention,
    Evidence,
    Extraction,
    Mention,
    gathered,
)
from service.domain.naming.resolver import Resolver
from service.domain.naming.results import Ambiguous
from service.domain.naming.tokens import tokens


def extract_from_text(resolver: Resolver, text: str) -> Extraction:
    """Return the skills that a text names.

    Whole words only, the longest name first, spelled as in the catalogue up to case, hyphens and
    plural; denied names are left out, names that are ordinary words too need a list
    around them. O(n) in the length of the text.
    """
    return gathered(evidence_in_text(resolver, text))


def evidence_in_text(resolver: Resolver, text: str, pointer: str = "") -> Iterator[Evidence]:
    """Yield what a text says about skills, in its order.

    Args:
        resolver: Of the catalogue.
        text: The text.
        pointer: JSON pointer of the text in its document.
    """
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
