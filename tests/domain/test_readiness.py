"""Readiness in numbers worked out by hand."""

from fractions import Fraction

import pytest

from service.domain.readiness import ReadinessScale
from service.domain.skill import Node, SkillId
from tests.builders import graph

SKILLS = ("a 1 1 1 1", "b 1 1 1 1", "c 1 1 1 1")


def scale(role: str) -> ReadinessScale:
    return ReadinessScale(graph(*SKILLS, roles={"role": role}).catalogue.roles[0].requires)


def levels(**held: int) -> dict[SkillId, int]:
    return {SkillId(skill): level for skill, level in held.items()}


@pytest.mark.parametrize(
    ("role", "held", "expected"),
    [
        pytest.param("a@2", {}, Fraction(0), id="nothing held: 0"),
        pytest.param("a@2", {"a": 2}, Fraction(1), id="met: 1"),
        pytest.param("a@2", {"a": 4}, Fraction(1), id="more than asked counts no more"),
        pytest.param("a@4", {"a": 1}, Fraction(1, 4), id="levels below count in part"),
        pytest.param("a@2, b@2", {"a": 2}, Fraction(1, 2), id="the mean of the requirements"),
        pytest.param("a@2 *3, b@2", {"a": 2}, Fraction(3, 4), id="weighted"),
        pytest.param("a@2 | b@4", {"a": 1, "b": 3}, Fraction(3, 4), id="the best alternative"),
        pytest.param("2 of a@2 | b@2 | c@2", {"a": 2}, Fraction(1, 2), id="half of two of three"),
        pytest.param(
            "2 of a@2 | b@2 | c@2", {"a": 2, "b": 1, "c": 2}, Fraction(1), id="the two best"
        ),
        pytest.param("a@1 | a@3", {"a": 1}, Fraction(1), id="a skill twice: its lowest level"),
        pytest.param(
            "a@3 *0.5, b@1 *1.25", {"a": 2}, Fraction(1, 3) / Fraction(7, 4), id="decimal weights"
        ),
    ],
)
def test_readiness(role: str, held: dict[str, int], expected: Fraction) -> None:
    assert scale(role).readiness(levels(**held)) == expected


def test_who_is_asked_nothing_is_ready() -> None:
    assert ReadinessScale(()).readiness({}) == 1


def test_worths_along_a_path_add_up_to_what_it_gains() -> None:
    measured = scale("a@3 *2, b@2 | c@1")
    path = [Node(SkillId("a"), 2), Node(SkillId("a"), 3), Node(SkillId("c"), 1)]

    worth = measured.worth_of(levels(a=3, c=1), path)

    before, after = measured.points(levels(a=1)), measured.points(levels(a=3, c=1))
    assert sum(worth.values()) == after - before


@pytest.mark.parametrize(
    ("role", "held", "path", "expected"),
    [
        pytest.param("a | b", {"a": 1, "b": 1}, "b", {"b": 0}, id="one of two is held already"),
        pytest.param("b | a", {"a": 1, "b": 1}, "b", {"b": 0}, id="and listed last"),
        pytest.param("a | b", {"a": 1, "b": 1}, "ba", {"b": 1, "a": 0}, id="the first of a path"),
        pytest.param("a | b", {"a": 1, "b": 1}, "ab", {"a": 1, "b": 0}, id="the other way round"),
        pytest.param("a@2 | b", {"a": 1, "b": 1}, "ab", {"a": 0, "b": 2}, id="the better one"),
    ],
)
def test_of_alternatives_that_are_all_reached_only_what_is_needed_is_worth_anything(
    role: str, held: dict[str, int], path: str, expected: dict[str, int]
) -> None:
    worth = scale(role).worth_of(levels(**held), [Node(SkillId(skill), 1) for skill in path])

    assert {node.skill: points for node, points in worth.items()} == expected


def test_of_alternatives_that_are_all_reached_the_soonest_reached_counts() -> None:
    path = [Node(SkillId("a"), 1), Node(SkillId("b"), 1), Node(SkillId("b"), 2)]
    efforts = dict(zip(path, (22, 3, 7), strict=True))

    worth = scale("a | b@2").worth_of(levels(a=1, b=2), path, efforts)

    assert worth == dict(zip(path, (0, 1, 1), strict=True))


def test_of_alternatives_what_is_held_counts_before_what_is_reached_soon() -> None:
    path = [Node(SkillId("b"), 1)]

    worth = scale("b | a").worth_of(levels(a=1, b=1), path, {path[0]: 0})

    assert worth == {path[0]: 0}
