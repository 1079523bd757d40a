"""Tests of what an address asks."""

from urllib.parse import parse_qsl

import pytest
from werkzeug.datastructures import MultiDict

from service.entrypoints.web.wish import Wish
from tests.entrypoints.web.graphs import everything

GRAPH = everything()


def wish(*pairs: tuple[str, str]) -> Wish:
    return Wish.of(MultiDict(pairs), GRAPH)


def is_level(word: str) -> bool:
    return word in {"working", "expert"}


def test_an_address_survives_the_way_there_and_back() -> None:
    asked = wish(
        ("skill", "python:2"),
        ("skill", "C & C++"),
        ("target", "both"),
        ("hours_per_week", "7.5"),
        ("start_date", "2026-12-01"),
        ("what_if", "rag:3"),
    )

    assert wish(*parse_qsl(asked.query())) == asked


def test_a_common_profile_becomes_its_skills_so_that_they_can_be_changed() -> None:
    asked = wish(("profile", "coder"), ("skill", "docker"))

    assert asked.skills == ("python:2", "docker")
    assert "profile" not in asked.query()


def test_an_unknown_profile_adds_nothing() -> None:
    assert wish(("profile", "wizard")).skills == ()


def test_empty_fields_of_a_form_ask_nothing() -> None:
    asked = wish(("skill", ""), ("skill", " python "), ("skill", "python"), ("start_date", ""))

    assert asked.skills == ("python",)
    assert "start_date" not in asked.document(is_level)


@pytest.mark.parametrize(
    ("written", "number"),
    [("10", 10), ("7.5", 7.5), ("7,5", 7.5), ("many", "many"), ("nan", "nan"), ("inf", "inf")],
)
def test_hours_are_a_number_or_left_for_the_contract_to_refuse(
    written: str, number: object
) -> None:
    assert wish(("hours_per_week", written)).document(is_level)["hours_per_week"] == number


def test_levels_stand_behind_a_colon_and_other_colons_belong_to_names() -> None:
    skills = wish(("skill", "rag:3"), ("skill", "k8s:expert"), ("skill", "a:b")).document(is_level)

    assert skills["skills"] == [
        {"skill": "rag", "level": 3},
        {"skill": "k8s", "level": "expert"},
        {"skill": "a:b"},
    ]


def test_a_posting_stands_in_place_of_a_role() -> None:
    document = wish(("require", "rag:2"), ("target", "both")).document(is_level)

    assert document["requirements"] == [{"skill": "rag", "level": 2}]
    assert "target" not in document


def test_a_name_that_was_not_read_is_replaced_at_its_own_level() -> None:
    asked = wish(("skill", "Pyhton:3"), ("skill", "docker"))

    assert asked.instead("Pyhton:3", "python", is_level).skills == ("python:3", "docker")
    assert asked.without("Pyhton:3").skills == ("docker",)


def test_saying_that_one_knows_a_skill_settles_the_question_about_it() -> None:
    asked = wish(("skill", "python"), ("what_if", "rag:3")).having("rag:3")

    assert asked.skills == ("python", "rag:3")
    assert asked.what_if == ""
