"""What is left out of a request is left out of the work of reading it, and means the same."""

from typing import Any

import pytest
from marshmallow import ValidationError

from service.entrypoints.http.reading import MEMBERS, SCHEMA

CASES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "skills": {"skills": [{"skill": "python", "level": 3}, {"skill": "docker"}]},
    "a role of one's own": {"requirements": [{"skill": "rag"}, {"of": [{"skill": "python"}]}]},
    "a resume": {"resume": {"skills": [{"name": "Python", "keywords": ["Docker"]}]}},
    "a pace": {"hours_per_week": 8, "start_date": "2026-11-27", "budget_weeks": 4},
}


@pytest.mark.parametrize("document", CASES.values(), ids=CASES)
def test_members_left_out_mean_what_the_schema_says(document: dict[str, Any]) -> None:
    assert SCHEMA.load(document, partial=MEMBERS) == SCHEMA.load(document)


@pytest.mark.parametrize(
    "document",
    [
        {"skills": [{"level": 2}]},
        {"also_known": [{}]},
        {"requirements": [{"of": [{}]}, {"level": 1}]},
        {"unheard-of": 1},
    ],
    ids=str,
)
def test_what_is_missing_further_in_is_still_missing(document: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as whole:
        SCHEMA.load(document)
    with pytest.raises(ValidationError) as partial:
        SCHEMA.load(document, partial=MEMBERS)

    assert partial.value.messages == whole.value.messages
