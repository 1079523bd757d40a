from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import soundness
from service.domain.graph import Group
from service.domain.soundness import (
    Groups,
    never_needed,
    redundant_prerequisites,
    shortest_circles,
    unlearnable,
)

MOST_NODES = 6


def needs(*options: int) -> Group:
    return Group(len(options), options)


def any_of(*options: int) -> Group:
    return Group(1, options)


def ring(size: int) -> list[list[Group]]:
    return [[needs((node + 1) % size)] for node in range(size)]


def groups_of(count: int) -> st.SearchStrategy[list[list[Group]]]:
    nodes = st.integers(0, count - 1)
    group = st.builds(
        lambda options, need: Group(min(need, len(options)), tuple(options)),
        st.lists(nodes, min_size=1, max_size=min(3, count), unique=True),
        st.integers(1, 3),
    )
    return st.lists(st.lists(group, max_size=3), min_size=count, max_size=count)


GROUPS_BY_COUNT = {count: groups_of(count) for count in range(1, MOST_NODES + 1)}
"""Built once: a strategy made anew for each example costs more than what is drawn from it."""


def groups_of_few_nodes() -> st.SearchStrategy[list[list[Group]]]:
    return st.sampled_from(sorted(GROUPS_BY_COUNT)).flatmap(GROUPS_BY_COUNT.__getitem__)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        pytest.param([], set(), id="a graph without nodes"),
        pytest.param([[], [needs(0)]], set(), id="a chain"),
        pytest.param([[needs(0)]], {0}, id="a node that needs itself"),
        pytest.param([[any_of(0, 1)], []], set(), id="a node that needs itself or another"),
        pytest.param(ring(3), {0, 1, 2}, id="a ring"),
        pytest.param([*ring(2), [needs(1)], []], {0, 1, 2}, id="what rests on a ring, too"),
        pytest.param([[any_of(1, 2)], [any_of(0, 2)], []], set(), id="a circle that opens"),
        pytest.param([[Group(2, (1, 2))], [needs(0)], []], {0, 1}, id="one of two is not enough"),
        pytest.param([[Group(2, (1,))], []], {0}, id="more asked than offered"),
        pytest.param([[Group(0, (0,))]], set(), id="nothing asked"),
    ],
)
def test_unlearnable_is_what_no_order_of_learning_reaches(
    groups: Groups, expected: set[int]
) -> None:
    assert unlearnable(groups) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        pytest.param([[], [needs(0)]], [], id="a chain has none"),
        pytest.param([[any_of(1, 2)], [any_of(0, 2)], []], [], id="one that opens is legal"),
        pytest.param([[needs(0)]], [(0,)], id="a node that needs itself"),
        pytest.param(ring(4), [(0, 1, 2, 3)], id="a ring, from its lowest node on"),
        pytest.param(
            [*ring(2), [needs(1)]], [(0, 1)], id="what rests on a circle is not reported again"
        ),
        pytest.param(
            [[needs(1)], [needs(2)], [needs(0), needs(1)]], [(1, 2)], id="the shorter of two"
        ),
        pytest.param(
            [[needs(1)], [needs(0)], [needs(3)], [needs(2)]], [(0, 1), (2, 3)], id="each of two"
        ),
        pytest.param(
            [[needs(1)], [needs(0)], [needs(3), needs(0)], [needs(2)]],
            [(0, 1), (2, 3)],
            id="a circle that rests on another is a cause of its own",
        ),
        pytest.param(
            [[needs(1)], [needs(0)], [any_of(3, 0)], [needs(2)]],
            [(0, 1)],
            id="a circle that opens once another is mended is no cause",
        ),
        pytest.param(
            [[any_of(1, 2)], [needs(0)], [needs(0)]],
            [(0, 1)],
            id="every alternative leads back: one is named",
        ),
        pytest.param([[Group(2, (1,))], []], [], id="more asked than offered is no circle"),
        pytest.param(
            [[Group(2, (1,))], [], [needs(0)]], [], id="nor is what rests on such a group"
        ),
    ],
)
def test_one_shortest_circle_is_named_for_each_root_cause(
    groups: Groups, expected: list[tuple[int, ...]]
) -> None:
    assert list(shortest_circles(groups)) == expected


def test_a_search_for_circles_that_ends_early_still_names_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(soundness, "MAX_STEPS_TO_SHORTEST_CIRCLE", 1)
    groups = [[needs(1)], [needs(2)], [needs(0), needs(1)]]

    assert shortest_circles(groups) == ((0, 1, 2),)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        pytest.param([[], [needs(0)], [needs(1)]], [], id="a chain"),
        pytest.param([[], [needs(0)], [needs(0), needs(1)]], [(2, 0)], id="a short cut"),
        pytest.param([[], [needs(0), needs(0)]], [(1, 1)], id="of equal ones, the later"),
        pytest.param(
            [[], [needs(0)], [], [any_of(0, 2), needs(1)]], [(3, 0)], id="a choice already made"
        ),
        pytest.param(
            [[], [needs(0)], [], [Group(2, (0, 2)), needs(1)]], [], id="a choice half made"
        ),
        pytest.param(
            [[], [], [any_of(0, 1)], [any_of(0, 1), needs(2)]],
            [],
            id="what the alternatives of another have in common is not looked for",
        ),
        pytest.param([[Group(0, (1,)), needs(1)], []], [], id="a group in doubt is left alone"),
        pytest.param([*ring(2), [needs(0), needs(1)]], [], id="unlearnable nodes are left alone"),
    ],
)
def test_redundant_is_what_the_other_prerequisites_imply(
    groups: Groups, expected: list[tuple[int, int]]
) -> None:
    assert list(redundant_prerequisites(groups)) == expected


def test_large_graphs_are_not_searched_for_redundancy(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = [[], [needs(0), needs(0)]]
    monkeypatch.setattr(soundness, "MAX_NODES_FOR_REDUNDANCY", 2)
    assert redundant_prerequisites(groups) == ((1, 1),)

    monkeypatch.setattr(soundness, "MAX_NODES_FOR_REDUNDANCY", 1)
    assert redundant_prerequisites(groups) == ()


def test_never_needed_is_what_no_alternative_of_any_role_rests_on() -> None:
    groups = [[], [], [any_of(0, 1)], [], [needs(3)]]

    assert never_needed(groups, [any_of(2, 0)]) == {3, 4}


@given(groups_of_few_nodes())
def test_what_is_learnable_can_be_learned_one_node_after_another(groups: Groups) -> None:
    held: set[int] = set()
    for _ in groups:
        held |= {node for node in range(len(groups)) if _is_open(groups[node], held)}

    assert unlearnable(groups) == set(range(len(groups))) - held


@given(groups_of_few_nodes())
def test_there_is_a_circle_exactly_when_something_is_unlearnable(groups: Groups) -> None:
    lost = unlearnable(groups)
    circles = shortest_circles(groups)

    assert bool(circles) == bool(lost)
    for circle in circles:
        assert set(circle) <= lost
        assert all(_lists(groups, a, b) for a, b in pairwise((*circle, circle[0])))


@given(groups_of_few_nodes())
def test_without_the_redundant_groups_the_same_sets_can_be_learned(groups: Groups) -> None:
    redundant = set(redundant_prerequisites(groups))
    fewer = [
        [group for index, group in enumerate(of_node) if (node, index) not in redundant]
        for node, of_node in enumerate(groups)
    ]

    assert _learnable_sets(fewer) == _learnable_sets(groups)


def _is_open(groups: Sequence[Group], held: set[int]) -> bool:
    return all(len(held.intersection(group.options)) >= group.need for group in groups)


def _lists(groups: Groups, node: int, option: int) -> bool:
    return any(option in group.options for group in groups[node])


def _learnable_sets(groups: Groups) -> set[frozenset[int]]:
    every = range(len(groups))
    subsets = (frozenset(c) for size in every for c in combinations(every, size + 1))
    return {subset for subset in subsets if _can_be_learned(groups, subset)}


def _can_be_learned(groups: Groups, subset: frozenset[int]) -> bool:
    held: set[int] = set()
    for _ in subset:
        held |= {node for node in subset if _is_open(groups[node], held)}
    return held == subset
