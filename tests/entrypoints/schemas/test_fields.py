"""The fields of requests."""

from typing import Any

import pytest
from marshmallow import ValidationError

from service.application.request import AskedGroup, AssessmentRequest, Claim
from service.entrypoints.schemas.fields import _plain_claim
from service.entrypoints.schemas.requests import (
    AssessmentRequestSchema,
    ClaimSchema,
    OptionSchema,
)

SCHEMA = AssessmentRequestSchema()


def test_a_whole_request_becomes_the_applications_own_type() -> None:
    loaded = SCHEMA.load(
        {
            "skills": [{"skill": "python", "level": 3}, {"skill": "k8s"}],
            "requirements": [
                {"skill": "rag", "level": "working", "weight": 2},
                {"at_least": 2.0, "of": [{"skill": "a"}, {"skill": "b", "level": 1}]},
            ],
            "assume_prerequisites": False,
            "hours_per_week": 10,
        }
    )

    assert loaded == AssessmentRequest(
        claims=(Claim("python", 3), Claim("k8s")),
        requirements=(
            AskedGroup((Claim("rag", "working"),), weight=2.0),
            AskedGroup((Claim("a"), Claim("b", 1)), at_least=2, is_single=False),
        ),
        assume_prerequisites=False,
        hours_per_week=10.0,
    )


def test_equal_paces_are_one_value_however_they_are_written() -> None:
    assert repr(SCHEMA.load({"hours_per_week": 10})) == repr(SCHEMA.load({"hours_per_week": 10.0}))


ENTRIES: list[Any] = [
    {"skill": "python"},
    {"skill": "python", "level": 3},
    {"skill": "python", "level": 3.0},
    {"skill": "python", "level": "3"},
    {"skill": "python", "level": "working"},
    {"skill": "zürich"},
    {"skill": "n" * 200},
    {"skill": "n" * 201},
    {"skill": "ß" * 101},
    {"skill": " "},
    {"skill": "a\nb"},
    {"skill": "a\x7fb"},
    {"skill": "python", "level": True},
    {"skill": "python", "level": None},
    {"skill": "python", "level": 3.5},
    {"skill": "python", "level": ""},
    {"skill": "python", "level": []},
    {"skill": "python", "years": 1},
    {"skill": None},
    {"skill": 7},
    {"skill": "python", "level": None, "years": 1},
    {"level": 3},
    {},
    [],
    "python",
    None,
    7,
]


def outcome(schema: Any, document: object) -> object:  # noqa: ANN401  either schema
    try:
        return schema.load(document)
    except ValidationError as error:
        return error.messages


@pytest.mark.parametrize("entry", ENTRIES, ids=repr)
def test_the_loop_over_claims_reads_what_their_schema_reads(entry: object) -> None:
    alone = outcome(ClaimSchema(), entry)
    listed = outcome(SCHEMA, {"skills": [entry]})

    if isinstance(alone, Claim):
        assert listed == AssessmentRequest(claims=(alone,))
    elif entry is None:
        assert listed == {"skills": {0: ["Field may not be null."]}}
    else:
        assert listed == {"skills": {0: alone}}


def test_what_is_longer_than_any_name_is_not_kept() -> None:
    before = _plain_claim.cache_info()

    outcome(SCHEMA, {"skills": [{"skill": "n" * 201}]})
    outcome(SCHEMA, {"skills": [{"skill": "n" * 500_000, "level": 3}]})

    assert _plain_claim.cache_info() == before


@pytest.mark.parametrize("entry", ENTRIES, ids=repr)
def test_the_loop_over_options_reads_what_their_schema_reads(entry: object) -> None:
    alone = outcome(OptionSchema(), entry)
    listed = outcome(SCHEMA, {"requirements": [{"of": [{"skill": "a"}, entry]}]})

    if isinstance(alone, Claim):
        group = AskedGroup((Claim("a"), alone), is_single=False)
        assert listed == AssessmentRequest(requirements=(group,))
    else:
        alone = ["Field may not be null."] if entry is None else alone
        assert listed == {"requirements": {0: {"of": {1: alone}}}}


@pytest.mark.parametrize(
    ("level", "expected"),
    [(3, 3), (3.0, 3), ("3", 3), (" 3 ", 3), ("99", 99), ("Working", "Working"), (10**17, 10**17)],
)
def test_a_level_is_a_number_or_a_word(level: object, expected: object) -> None:
    loaded: AssessmentRequest = SCHEMA.load({"skills": [{"skill": "a", "level": level}]})

    assert loaded.claims == (Claim("a", expected),)  # type: ignore[arg-type]


@pytest.mark.parametrize("weight", [0.01, 0.1, 0.29, 1, 3.0, 999.99, 1000])
def test_a_weight_of_two_decimals_is_taken_as_it_is(weight: float) -> None:
    loaded: AssessmentRequest = SCHEMA.load({"requirements": [{"skill": "a", "weight": weight}]})

    assert loaded.requirements is not None
    assert loaded.requirements[0].weight == weight


def test_the_length_of_a_list_is_checked_before_its_entries() -> None:
    with pytest.raises(ValidationError) as raised:
        SCHEMA.load({"skills": [7] * 501})

    assert raised.value.messages == {"skills": ["Length must be between 0 and 500."]}
