"""What paths share, and what is left of each."""

from service.domain.comparison import compare
from service.domain.skill import Effort, Node, RoleId, SkillId
from tests.builders import graph

GRAPH = graph("python 10 20 40", "rag 6", "spark 8 9")
A, B = RoleId("a"), RoleId("b")


def positions(*nodes: str) -> frozenset[int]:
    named = (node.split("@") for node in nodes)
    return frozenset(
        position
        for skill, level in named
        for position in GRAPH.levels_up_to(Node(SkillId(skill), int(level)))
    )


def stretches(part: object) -> list[tuple[str, int, int]]:
    return [
        (stretch.skill, stretch.above, stretch.level)
        for stretch in part.stretches  # type: ignore[attr-defined]
    ]


def test_levels_that_all_hold_are_shared_and_the_rest_is_each_ones_own() -> None:
    comparison = compare(
        GRAPH, {A: positions("python@2", "rag@1"), B: positions("python@3", "spark@2")}
    )

    assert stretches(comparison.shared) == [("python", 0, 2)]
    assert [(role, stretches(part)) for role, part in comparison.distinct] == [
        (A, [("rag", 0, 1)]),
        (B, [("python", 2, 3), ("spark", 0, 2)]),
    ]


def test_the_parts_add_up_to_each_path() -> None:
    comparison = compare(
        GRAPH, {A: positions("python@2", "rag@1"), B: positions("python@3", "spark@2")}
    )
    totals = {
        role: comparison.shared.effort.plus(part.effort) for role, part in comparison.distinct
    }

    assert totals == {A: Effort(3600, 3600, 3600), B: Effort(8700, 8700, 8700)}


def test_paths_may_share_nothing() -> None:
    comparison = compare(GRAPH, {A: positions("rag@1"), B: positions("spark@1")})

    assert comparison.shared.stretches == ()
    assert comparison.shared.effort == Effort(0, 0, 0)
