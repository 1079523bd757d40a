"""Skills in JSON Resumes, by cases that anybody can read and add to."""

from typing import Any

import pytest

from service.domain.naming.evidence import AmbiguousMention, Mention
from service.domain.naming.resume import extract_from_resume
from tests.domain.naming.naming_cases import RESOLVER, documents
from tests.domain.naming.test_extraction import levels


def at(document: Any, pointer: str) -> Any:  # noqa: ANN401  any JSON
    for token in pointer.split("/")[1:]:
        document = document[int(token)] if isinstance(document, list) else document[token]
    return document


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["why"]) for case in documents("resumes.json")]
)
def test_a_resume_names(case: dict[str, Any]) -> None:
    found = extract_from_resume(RESOLVER, case["resume"])

    assert levels(found) == case["skills"]
    assert [item.text for item in found.ambiguous] == case["ambiguous"]
    assert [item.text for item in found.unknown] == case["unknown"]
    places: list[Mention | AmbiguousMention] = [*found.mentions, *found.ambiguous]
    for item in places:
        assert at(case["resume"], item.pointer)[item.start : item.end] == item.text


@pytest.mark.parametrize("document", [None, 7, "Python", [], [{"skills": ["Python"]}], {}])
def test_what_is_no_resume_holds_no_skills(document: object) -> None:
    assert extract_from_resume(RESOLVER, document).mentions == ()


def test_a_level_that_is_a_number_is_one_of_the_scale() -> None:
    resume = {"skills": [{"name": "Python", "level": 3}, {"name": "SQL", "level": True}]}

    assert levels(extract_from_resume(RESOLVER, resume)) == {"python": 3, "sql": None}


def test_a_name_that_is_not_understood_as_a_whole_is_searched() -> None:
    resume = {"skills": [{"name": "Juggling with Docker in the circus", "level": "expert"}]}

    (mention,) = extract_from_resume(RESOLVER, resume).mentions

    assert (mention.skill, mention.level, mention.text) == ("docker", 4, "Docker")
