"""Skills in running text, by cases that anybody can read and add to."""

from typing import Any

import pytest

from service.domain.naming.evidence import AmbiguousMention, Extraction, Mention
from service.domain.naming.extraction import extract_from_text
from tests.domain.naming.naming_cases import RESOLVER, documents


def levels(found: Extraction) -> dict[str, int | None]:
    """Return the skills of an extraction, each at the highest level stated."""
    highest: dict[str, int | None] = {}
    for mention in found.mentions:
        known = highest.get(mention.skill)
        is_higher = known is None or (mention.level is not None and mention.level > known)
        highest[mention.skill] = mention.level if is_higher else known
    return highest


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["why"]) for case in documents("texts.json")]
)
def test_a_text_names(case: dict[str, Any]) -> None:
    found = extract_from_text(RESOLVER, case["text"])

    assert levels(found) == case["skills"]
    assert [item.text for item in found.ambiguous] == case.get("ambiguous", [])
    places: list[Mention | AmbiguousMention] = [*found.mentions, *found.ambiguous]
    for item in places:
        assert case["text"][item.start : item.end] == item.text
        assert item.pointer == ""


def test_a_span_holds_the_sign_before_a_name() -> None:
    (mention,) = extract_from_text(RESOLVER, "We write .NET here.").mentions

    assert mention.text == ".NET"


def test_every_mention_stands_there_in_the_order_of_the_text() -> None:
    mentions = extract_from_text(RESOLVER, "Python. Docker. Python.").mentions

    assert [(mention.skill, mention.start) for mention in mentions] == [
        ("python", 0),
        ("docker", 8),
        ("python", 16),
    ]
