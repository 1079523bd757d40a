"""What is left out of a request is left out of the work of reading it, and means the same."""

from typing import Any

import pytest
from marshmallow import ValidationError

from service.entrypoints.http.reading import SCHEMA, request_of

CASES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "skills": {"skills": [{"skill": "python", "level": 3}, {"skill": "docker"}]},
    "a role of one's own": {"requirements": [{"skill": "rag"}, {"of": [{"skill": "python"}]}]},
    "a resume": {"resume": {"skills": [{"name": "Python", "keywords": ["Docker"]}]}},
    "a pace": {"hours_per_week": 8, "start_date": "2026-11-27", "budget_weeks": 4},
}


@pytest.mark.parametrize("document", CASES.values(), ids=CASES)
def test_members_left_out_mean_what_the_schema_says(document: dict[str, Any]) -> None:
    assert request_of(document) == SCHEMA.load(document)


@pytest.mark.parametrize(
    "document",
    [
        {"skills": [{"level": 2}]},
        {"also_known": [{}]},
        {"requirements": [{"of": [{}]}, {"level": 1}]},
        {"unheard-of": 1},
        {"hours_per_week": None, "target": 3, "skills": [7]},
        [{"skills": []}],
        None,
    ],
    ids=str,
)
def test_what_is_wrong_is_told_as_the_schema_tells_it(document: Any) -> None:  # noqa: ANN401
    with pytest.raises(ValidationError) as whole:
        SCHEMA.load(document)
    with pytest.raises(ValidationError) as read:
        request_of(document)

    assert read.value.messages == whole.value.messages


def test_the_schema_refuses_nothing_that_its_members_do_not_refuse() -> None:
    """Else a request that is read member by member would pass it by."""
    fields = SCHEMA.load_fields

    assert not [name for name, field in fields.items() if field.required or field.data_key]
    assert {hook for hook, methods in SCHEMA._hooks.items() if methods} == {"post_load"}  # noqa: SLF001
