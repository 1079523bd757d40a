"""The oracle's own tests: cases worked out by hand, a dumber second method, the generator.

Rows are written small. A skill is a line `name: level / level`, a level is its hours and then
its groups: `b` is b at level 1, `b2` at level 2, `b|c` one of both, `2 of b|c|d` two of three.
"""

import hashlib
import json
import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from graphlib import TopologicalSorter
from itertools import combinations, count, permutations
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, find, given, settings

from tests import oracle
from tests.oracle import Document, Group, Node
from tests.random_graphs import Case, graph_cases, random_case

LAW = settings(max_examples=60, deadline=None)


def node(text: str) -> Node:
    return text[0], int(text[1:] or 1)


def node_list(text: str) -> list[Node]:
    return [node(word) for word in text.split()]


def group(text: str, **weight: int) -> dict[str, Any]:
    enough, _, options = text.rpartition(" of ")
    of = [
        dict(zip(("skill", "level"), node(option), strict=True)) for option in options.split("|")
    ]
    return {**(of[0] if of[1:] == [] else {"at_least": int(enough or 1), "of": of}), **weight}


def group_list(text: str) -> list[dict[str, Any]]:
    return [group(part.strip()) for part in text.split(",") if part]


def graph(*lines: str, **roles: str) -> Document:
    skills = [line.split(": ", 1) for line in lines]
    return {
        "skills": [
            {"id": name, "levels": [_level(text) for text in levels.split(" / ")]}
            for name, levels in skills
        ],
        "roles": [{"id": name, "requires": group_list(text)} for name, text in roles.items()],
    }


def _level(text: str) -> dict[str, Any]:
    hours, *groups = text.split(", ")
    return {"effort_hours": {"likely": float(hours)}, "requires": [group(one) for one in groups]}


# ---------------------------------------------------------------- by hand: the optimum


class Row(NamedTuple):
    graph: Document
    known: Mapping[str, int]
    target: str
    hours: float
    nodes: str


FLAT = graph("a: 1", "b: 1", "c: 1", "d: 1")
SHARED = graph("s: 4", "x: 3", "y: 3")
CHAIN = graph("a: 5", "b: 3, a", "c: 2, b", "d: 1, b")
CIRCLE = graph("a: 1, b|c", "b: 1, a|d", "c: 10", "d: 12")
LEVELS = graph("a: 1 / 2 / 4", "b: 9")

OPTIMA = {
    "nothing is asked": Row(FLAT, {}, "", 0, ""),
    "the closure of compulsory prerequisites": Row(CHAIN, {}, "c", 10, "a b c"),
    "a level takes its lower levels along": Row(LEVELS, {}, "a3", 7, "a a2 a3"),
    "a known level is not learned again": Row(LEVELS, {"a": 1}, "a3", 6, "a2 a3"),
    "a known level above the top counts as the top": Row(LEVELS, {"a": 7}, "a3", 0, ""),
    "a level above the asked one serves": Row(LEVELS, {"a": 3}, "a2|b", 0, ""),
    "the cheapest alternative where nothing is shared": Row(SHARED, {}, "x|s", 3, "x"),
    "sharing makes the locally cheapest alternative wrong": Row(SHARED, {}, "x|s, y|s", 4, "s"),
    "a shared prerequisite is paid once": Row(
        graph("p: 5", "x: 1, p", "y: 1, p", "q: 4", "z: 1, q"), {}, "x|z, y", 7, "p x y"
    ),
    "two of three": Row(graph("a: 3", "b: 1", "c: 2"), {}, "2 of a|b|c", 3, "b c"),
    "a held option counts among the two of three": Row(
        graph("a: 3", "b: 1", "c: 2"), {"a": 1}, "2 of a|b|c", 1, "b"
    ),
    "a skill listed twice is one option, at its lowest level": Row(
        LEVELS, {}, "2 of a2|a|b", 10, "a b"
    ),
    "the lowest level counts wherever it is listed": Row(LEVELS, {}, "1 of a3|b|a2", 3, "a a2"),
    "one skill twice is compulsory at its lower level": Row(LEVELS, {}, "1 of a2|a3", 3, "a a2"),
    "a tie goes to fewer nodes": Row(graph("p: 1", "x: 1, p", "y: 2"), {}, "x|y", 2, "y"),
    "a tie goes to the earlier in the catalogue, not in the group": Row(FLAT, {}, "c|b", 1, "b"),
    "catalogue order compares the first node first": Row(
        graph("a: 1, d", "b: 1", "c: 1, b", "d: 1"), {}, "c|a", 2, "a d"
    ),
    "free nodes are not learned for nothing": Row(graph("a: 0", "b: 2"), {}, "b", 2, "b"),
    "a free node is still learned first": Row(graph("a: 0", "b: 2, a"), {}, "b", 2, "a b"),
    "two decimals add up exactly": Row(graph("a: 0.1", "b: 0.2, a"), {}, "b", 0.3, "a b"),
    "a closed circle that rests on itself is no path": Row(CIRCLE, {}, "a", 11, "a c"),
    "the circle is entered where both are cheapest": Row(CIRCLE, {}, "b", 12, "a b c"),
    "a known node opens the circle": Row(CIRCLE, {"b": 1}, "a", 1, "a"),
    "knowing everything leaves nothing": Row(
        CHAIN, {"a": 1, "b": 1, "c": 1, "d": 1}, "c, d", 0, ""
    ),
}


@pytest.mark.parametrize("row", OPTIMA.values(), ids=list(OPTIMA))
def test_the_optimum_is_the_one_worked_out_by_hand(row: Row) -> None:
    optimum = oracle.shortest(row.graph, row.known, group_list(row.target))

    assert optimum == (round(row.hours * 100), tuple(node_list(row.nodes)))


def test_a_circle_that_nothing_opens_cannot_be_reached() -> None:
    closed = graph("a: 1, b", "b: 1, a")

    assert oracle.shortest(closed, {}, [group("a")]) is None
    assert oracle.all_minimal(closed, {}, [group("a")]) == []


def test_an_effort_of_three_decimals_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.125"):
        oracle.effort(graph("a: 0.125"))


def test_a_known_skill_that_the_graph_does_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="elsewhere"):
        oracle.held_by(FLAT, {"elsewhere": 1})


# ---------------------------------------------------------------- by hand: credit


@pytest.mark.parametrize(
    ("lines", "known", "credit"),
    [
        pytest.param(["a: 1", "b: 1, a", "c: 1, b"], {"c": 1}, "a b", id="transitively"),
        pytest.param(["a: 1 / 1", "b: 1, a2"], {"b": 1}, "a a2", id="with lower levels"),
        pytest.param(["a: 1", "b: 1 / 1, a"], {"b": 1}, "", id="not for a level above"),
        pytest.param(["a: 1", "b: 1, a / 1"], {"b": 2}, "a", id="for every level held"),
        pytest.param(["a: 1", "b: 1", "c: 1, a|b"], {"c": 1}, "", id="not where there is choice"),
        pytest.param(["a: 1", "b: 1", "c: 1, 2 of a|b"], {"c": 1}, "a b", id="all of a group"),
        pytest.param(
            ["a: 1 / 1", "b: 1, 1 of a2|a"], {"b": 1}, "a", id="one skill at two levels: the lower"
        ),
        pytest.param(
            ["a: 1 / 1", "b: 1", "c: 1, 2 of a2|b|a"],
            {"c": 1},
            "a b",
            id="both distinct skills of three options",
        ),
        pytest.param(["a: 1", "b: 1, a"], {"a": 1, "b": 1}, "", id="not what is known anyway"),
    ],
)
def test_known_nodes_credit_what_they_compulsorily_rest_on(
    lines: list[str], known: Mapping[str, int], credit: str
) -> None:
    document = graph(*lines)
    claimed = oracle.held_by(document, known, assume_prerequisites=False)

    assert oracle.credited(document, known) == set(node_list(credit))
    assert oracle.held_by(document, known) == claimed | set(node_list(credit))


@pytest.mark.parametrize(
    ("target", "assume", "hours", "nodes"),
    [
        pytest.param("c", False, 0, "", id="known is known whatever it rests on"),
        pytest.param("c, d", True, 1, "d", id="credit pays for what others rest on"),
        pytest.param("c, d", False, 9, "a b d", id="without credit only others pay for it"),
    ],
)
def test_a_known_node_is_never_charged_what_it_rests_on(
    target: str,
    assume: bool,  # noqa: FBT001 - a table column
    hours: int,
    nodes: str,
) -> None:
    optimum = oracle.shortest(CHAIN, {"c": 1}, group_list(target), assume_prerequisites=assume)

    assert optimum == (hours * 100, tuple(node_list(nodes)))


# ---------------------------------------------------------------- by hand: roles


TWO_ROLES = graph("a: 2", "b: 2", "s: 3", joiner="a|s", cooper="b|s")


def test_both_roles_are_planned_jointly() -> None:
    groups = oracle.target_groups(TWO_ROLES, "both")

    assert groups == [group("a|s"), group("b|s")]
    assert oracle.shortest(TWO_ROLES, {}, groups) == (300, (("s", 1),))


@pytest.mark.parametrize(
    ("known", "role"),
    [
        pytest.param({}, "joiner", id="a tie goes to the first in the file"),
        pytest.param({"b": 1}, "cooper", id="the role that is met already"),
        pytest.param({"a": 1}, "joiner", id="the nearer role"),
    ],
)
def test_either_is_the_role_of_least_effort(known: Mapping[str, int], role: str) -> None:
    assert oracle.either(TWO_ROLES, known) == role


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(ValueError, match="turner"):
        oracle.target_groups(TWO_ROLES, "turner")


# ---------------------------------------------------------------- by hand: readiness, budget


@pytest.mark.parametrize(
    ("groups", "held", "expected"),
    [
        pytest.param([], "", Fraction(1), id="nothing asked is met"),
        pytest.param([group("a")], "b b2", Fraction(0), id="nothing counts"),
        pytest.param([group("a3")], "a a2", Fraction(2, 3), id="a partial level"),
        pytest.param([group("a2")], "a a2 a3", Fraction(1), id="no more than the whole"),
        pytest.param([group("a2|b4")], "a b b2 b3", Fraction(3, 4), id="the best of one"),
        pytest.param([group("2 of a2|b4|c")], "a b", Fraction(3, 8), id="the two best of three"),
        pytest.param([group("2 of a|a3|b2")], "a", Fraction(1, 2), id="a skill twice counts once"),
        pytest.param(
            [group("a", weight=3), group("b2")], "b", Fraction(1, 8), id="weights, 1 by default"
        ),
    ],
)
def test_readiness_is_the_weighted_mean_of_partial_scores(
    groups: Sequence[Group], held: str, expected: Fraction
) -> None:
    assert oracle.readiness(groups, node_list(held)) == expected


BUDGET = graph("p: 3", "a: 3, p / 1", "b: 4", "c: 4")


@pytest.mark.parametrize(
    ("target", "budget", "expected", "nodes"),
    [
        pytest.param("b, c", 3, Fraction(0), "", id="nothing fits"),
        pytest.param("b, c", 4, Fraction(1, 2), "b", id="a tie goes to the catalogue"),
        pytest.param("b, c", 99, Fraction(1), "b c", id="no more than is needed"),
        pytest.param("a|b", 6, Fraction(1), "b", id="less effort for the same readiness"),
        pytest.param("a2, b", 6, Fraction(1, 2), "b", id="as ready as a, which costs more"),
        pytest.param("a2", 6, Fraction(1, 2), "p a", id="a level on the way counts in part"),
        pytest.param("a2, b", 7, Fraction(3, 4) - Fraction(1, 4), "b", id="a and b do not fit"),
        pytest.param("a2, b", 10, Fraction(3, 4), "p a b", id="a and b fit"),
    ],
)
def test_the_budget_buys_the_greatest_readiness(
    target: str, budget: int, expected: Fraction, nodes: str
) -> None:
    bought = oracle.within_budget(BUDGET, {}, group_list(target), budget * 100)

    assert bought == (expected, tuple(node_list(nodes)))


# ---------------------------------------------------------------- by hand: the rest


def test_alternatives_are_minimal_and_in_canonical_order() -> None:
    found = oracle.all_minimal(SHARED, {}, group_list("x|s, y|s"))

    assert found == [(400, (("s", 1),)), (600, (("x", 1), ("y", 1)))]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({}, {"p": 3, "x": 4, "y": 1, "y2": 4}, id="what rests on it is not charged"),
        pytest.param({"p": 1}, {"x": 1, "y": 0, "y2": 1}, id="only what still costs"),
        pytest.param({"x": 1}, {"y": 0, "y2": 0}, id="nothing is left, p is credited"),
    ],
)
def test_leverage_is_what_the_optimum_falls_by(
    known: Mapping[str, int], expected: Mapping[str, int]
) -> None:
    document = graph("p: 3", "x: 1, p", "y: 2 / 3")
    saved = oracle.leverage(document, known, [group("x|y2")])

    assert saved == {node(text): hours * 100 for text, hours in expected.items()}


@pytest.mark.parametrize(
    ("sequence", "broken"),
    [
        pytest.param("c a", [], id="a path"),
        pytest.param("d b a", [], id="a path need not be the shortest"),
        pytest.param("a c", ["step 1: its group 1 is not satisfied"], id="too early"),
        pytest.param(
            "a b",
            ["step 1: its group 1 is not satisfied"],
            id="b comes after a, so a cannot rest on it",
        ),
        pytest.param("c a c", ["step 3: it is held already"], id="learned twice"),
        pytest.param("c", ["target: group 1 is not satisfied"], id="the target is missed"),
        pytest.param("c z a", ["step 2: it is not in the catalogue"], id="a strange node"),
    ],
)
def test_every_broken_rule_of_a_sequence_is_named(sequence: str, broken: list[str]) -> None:
    assert oracle.is_path(CIRCLE, {}, [group("a")], node_list(sequence)) == broken


def test_a_skipped_level_and_a_known_node_break_a_sequence() -> None:
    assert oracle.is_path(LEVELS, {"b": 1}, [], node_list("a2 b")) == [
        "step 1: its lower level is not held",
        "step 2: it is held already",
    ]


@pytest.mark.parametrize(
    ("known", "target", "forbidden", "expected"),
    [
        pytest.param({}, "a", "a", True, id="the target itself"),
        pytest.param({}, "a", "c d", True, id="every way into the circle"),
        pytest.param({}, "a", "c b", True, id="both alternatives of a"),
        pytest.param({}, "a", "c", False, id="a way round is left"),
        pytest.param({}, "a", "", False, id="nothing is forbidden"),
        pytest.param({"c": 1}, "a", "c d", False, id="what is held cannot be forbidden"),
        pytest.param({"a": 1}, "a", "a b c d", False, id="the target is met already"),
    ],
)
def test_a_landmark_is_what_no_path_can_avoid(
    known: Mapping[str, int],
    target: str,
    forbidden: str,
    expected: bool,  # noqa: FBT001 - a table column
) -> None:
    found = oracle.is_landmark(CIRCLE, known, group_list(target), node_list(forbidden))

    assert found is expected


def test_candidates_are_the_unheld_nodes_that_can_matter() -> None:
    document = graph("u: 1, a", "a: 1 / 1, b|c / 1", "b: 1, d", "c: 1", "d: 1")

    assert oracle.candidates(document, {}, [group("a2")]) == node_list("a a2 b c d")
    assert oracle.candidates(document, {"b": 1}, [group("a2")]) == node_list("a a2 c")


# ---------------------------------------------------------------- a second, dumber method


class Valid(NamedTuple):
    """A subset that can be learned, in the canonical order of tuples.

    It carries its catalogue positions as a third key, before the nodes.
    """

    effort: int
    size: int
    positions: tuple[int, ...]
    nodes: tuple[Node, ...]


def _can_be_learned(document: Document, held: Collection[Node], chosen: Collection[Node]) -> bool:
    """Say whether some order of the chosen nodes is grounded: greedily, as order is no loss."""
    have, left = set(held), list(chosen)
    while ready := [one for one in left if oracle.learnable(document, one, have)]:
        have.update(ready)
        left = [one for one in left if one not in ready]
    return not left


def _every_learnable_subset(document: Document, held: Collection[Node]) -> list[Valid]:
    hours, catalogue = oracle.effort(document), oracle.nodes(document)
    unheld = [at for at, one in enumerate(catalogue) if one not in held]
    subsets = (
        Valid(sum(hours[catalogue[at]] for at in chosen), size, chosen, nodes)
        for size in range(len(unheld) + 1)
        for chosen in combinations(unheld, size)
        if _can_be_learned(document, held, nodes := tuple(catalogue[at] for at in chosen))
    )
    return sorted(subsets)


def _meets(groups: Sequence[Group], held: Collection[Node]) -> bool:
    return all(oracle.satisfied(one, held) for one in groups)


class Brute(NamedTuple):
    """A tiny case with every subset that can be learned, and those that also meet the target."""

    case: Case
    assume: bool
    held: frozenset[Node]
    learnable: list[Valid]
    valid: list[Valid]


def _brute(seed: int) -> Brute:
    rng = random.Random(seed)
    draws = (
        random_case(rng, skills=6, levels=3, groups=2, options=3, acyclic=seed % 4 == 0)
        for _ in count()
    )
    case = next(one for one in draws if 4 <= len(oracle.nodes(one.graph)) <= 9)
    assume = seed % 3 != 0
    held = oracle.held_by(case.graph, case.known, assume_prerequisites=assume)
    learnable = _every_learnable_subset(case.graph, held)
    valid = [one for one in learnable if _meets(case.groups, held.union(one.nodes))]
    return Brute(case, assume, held, learnable, valid)


@pytest.fixture(scope="module")
def tiny() -> list[Brute]:
    return [_brute(seed) for seed in range(300)]


def test_the_optimum_is_the_first_valid_subset(tiny: list[Brute]) -> None:
    for (graph_, known, _, groups), assume, _, _, valid in tiny:
        optimum = oracle.shortest(graph_, known, groups, assume_prerequisites=assume)

        assert optimum == (valid[0].effort, valid[0].nodes)


def test_the_minimal_sets_are_the_valid_subsets_without_a_valid_part(tiny: list[Brute]) -> None:
    for (graph_, known, _, groups), assume, _, _, valid in tiny:
        minimal = [
            (one.effort, one.nodes)
            for one in valid
            if not any(set(other.nodes) < set(one.nodes) for other in valid)
        ]

        assert oracle.all_minimal(graph_, known, groups, assume_prerequisites=assume) == minimal


def test_the_budget_is_spent_as_by_trying_every_subset(tiny: list[Brute]) -> None:
    for (graph_, known, _, groups), assume, held, learnable, valid in tiny:
        for budget in (0, valid[0].effort // 2, valid[0].effort):
            best = min(
                (one for one in learnable if one.effort <= budget),
                key=lambda one: (-oracle.readiness(groups, held.union(one.nodes)), one),
            )
            ready, nodes = oracle.within_budget(
                graph_, known, groups, budget, assume_prerequisites=assume
            )

            assert (ready, nodes) == (oracle.readiness(groups, held.union(nodes)), best.nodes)


def test_a_landmark_meets_every_valid_subset(tiny: list[Brute]) -> None:
    rng = random.Random(7)
    for (graph_, known, _, groups), assume, _, _, valid in tiny:
        catalogue = oracle.nodes(graph_)
        for size in range(len(catalogue) + 1):
            forbidden = set(rng.sample(catalogue, size))

            assert oracle.is_landmark(
                graph_, known, groups, forbidden, assume_prerequisites=assume
            ) == all(forbidden.intersection(one.nodes) for one in valid)


def test_a_set_is_valid_where_one_of_its_orders_is_a_path(tiny: list[Brute]) -> None:
    for (graph_, known, _, groups), assume, held, _, valid in tiny[:100]:
        nodes = {one.nodes for one in valid}
        unheld = [one for one in oracle.nodes(graph_) if one not in held]
        for chosen in (some for size in range(4) for some in combinations(unheld, size)):
            faults = [
                oracle.is_path(graph_, known, groups, order, assume_prerequisites=assume)
                for order in permutations(chosen)
            ]

            assert ([] in faults) == (chosen in nodes)


def test_leverage_is_the_difference_of_two_optima_found_by_trying(tiny: list[Brute]) -> None:
    for (graph_, known, _, groups), assume, held, _, valid in tiny[:60]:
        saved = oracle.leverage(graph_, known, groups, assume_prerequisites=assume)

        assert list(saved) == [one for one in oracle.nodes(graph_) if one not in held]
        for (skill, level), hours in saved.items():
            wiser = held.union((skill, lower) for lower in range(1, level + 1))
            subsets = _every_learnable_subset(graph_, wiser)
            then = next(one for one in subsets if _meets(groups, wiser.union(one.nodes)))
            assert hours == valid[0].effort - then.effort


# ---------------------------------------------------------------- the generator


DIGEST = "af189f219012e4028ae309a3194feca6da0f82a45e576517bb29973ce13df58c"
SEEDS = range(300)


def _groups_in(document: Document) -> Iterator[Group]:
    yield from (one for role in document["roles"] for one in role["requires"])
    for some in oracle.nodes(document):
        yield from oracle.prerequisites(document, some)


def _has_circle(document: Document) -> bool:
    rests_on = {
        (skill, level): {(skill, level - 1)} - {(skill, 0)}
        | {
            option
            for one in oracle.prerequisites(document, (skill, level))
            for option in oracle.wanted(one).items()
        }
        for skill, level in oracle.nodes(document)
    }
    try:
        TopologicalSorter(rests_on).prepare()
    except ValueError:
        return True
    return False


def _options(one: Group) -> list[Node]:
    return [(option["skill"], option["level"]) for option in one.get("of", [one])]


def _ties(case: Case) -> bool:
    hours = [found.effort for found in oracle.all_minimal(case.graph, case.known, case.groups)]
    return hours[1:2] == hours[:1]


def _circle_tempts(case: Case) -> bool:
    """Say whether a closed set that rests on itself is cheaper than the optimum."""
    held = oracle.held_by(case.graph, case.known)
    open_ = oracle.candidates(case.graph, case.known, case.groups)
    optimum = oracle.shortest(case.graph, case.known, case.groups)
    if optimum is None or len(open_) > 9:
        return False
    hours = oracle.effort(case.graph)
    return any(
        sum(hours[one] for one in chosen) < optimum.effort
        and _meets(case.groups, have := held.union(chosen))
        and all(oracle.learnable(case.graph, one, have - {one}) for one in chosen)
        for size in range(len(open_))
        for chosen in combinations(open_, size)
    )


def _likely(case: Case) -> list[int]:
    return list(oracle.effort(case.graph).values())


def _unmet_prerequisite(case: Case) -> bool:
    claimed = oracle.held_by(case.graph, case.known, assume_prerequisites=False)
    return any(not _meets(oracle.prerequisites(case.graph, one), claimed) for one in claimed)


KINDS: dict[str, Callable[[Case], bool]] = {
    "a k-of-n group that leaves a choice": lambda case: any(
        1 < oracle.at_least(one) < len(oracle.wanted(one)) for one in _groups_in(case.graph)
    ),
    "a skill twice in a group": lambda case: any(
        len(oracle.wanted(one)) < len(_options(one)) for one in _groups_in(case.graph)
    ),
    "a group without at_least": lambda case: any(
        "of" in one and "at_least" not in one for one in _groups_in(case.graph)
    ),
    "fewer levels than the scale": lambda case: any(
        len(skill["levels"]) < len(case.graph["levels"]) for skill in case.graph["skills"]
    ),
    "four levels": lambda case: any(len(skill["levels"]) == 4 for skill in case.graph["skills"]),
    "an open circle": lambda case: _has_circle(case.graph),
    "a circle that tempts": _circle_tempts,
    "a free node": lambda case: 0 in _likely(case),
    "efforts of two decimals": lambda case: any(hours % 10 for hours in _likely(case)),
    "equal efforts": lambda case: len(set(_likely(case))) == 1,
    "a tie between minimal sets": _ties,
    "alternatives": lambda case: len(oracle.all_minimal(case.graph, case.known, case.groups)) > 1,
    "three roles": lambda case: len(case.graph["roles"]) == 3,
    "weights": lambda case: any(one.get("weight", 1) > 1 for one in case.groups),
    "both": lambda case: case.target == "both",
    "requirements of one's own": lambda case: case.target is None,
    "nothing known": lambda case: not case.known,
    "everything known": lambda case: (
        not set(oracle.nodes(case.graph))
        - oracle.held_by(case.graph, case.known, assume_prerequisites=False)
    ),
    "a known level whose prerequisites are not known": _unmet_prerequisite,
    "credit": lambda case: bool(oracle.credited(case.graph, case.known)),
}


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [random_case(random.Random(seed)) for seed in SEEDS]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_random_cases_hold_each_kind_in_one_of_fifty_or_more(
    cases: list[Case], kind: Callable[[Case], bool]
) -> None:
    assert sum(kind(case) for case in cases) >= len(cases) // 50


def test_random_graphs_have_no_defects(cases: list[Case]) -> None:
    for graph_, known, _, groups in cases:
        every = set(oracle.nodes(graph_))
        for one in [*_groups_in(graph_), *groups]:
            assert every.issuperset(_options(one))
            assert 1 <= oracle.at_least(one) <= len(oracle.wanted(one))
        assert _can_be_learned(graph_, (), every)
        assert every.issuperset(known.items())


def test_the_acyclic_knob_leaves_no_circle() -> None:
    for seed in SEEDS:
        assert not _has_circle(random_case(random.Random(seed), acyclic=True).graph)


def test_a_seed_gives_the_same_case_on_every_python(cases: list[Case]) -> None:
    assert hashlib.sha256(json.dumps(cases).encode()).hexdigest() == DIGEST


def test_the_knobs_bound_a_case() -> None:
    for seed in SEEDS:
        rng = random.Random(seed)
        graph_ = random_case(rng, skills=3, levels=2, groups=1, options=2, roles=1).graph

        assert len(graph_["skills"]) <= 3
        assert len(graph_["roles"]) == 1
        assert max(level for _, level in oracle.nodes(graph_)) <= 2
        assert max(len(_options(one)) for one in _groups_in(graph_)) <= 2


@given(case=graph_cases(skills=6, levels=3))
@LAW
def test_some_order_of_the_optimum_is_a_path(case: Case) -> None:
    graph_, known, _, groups = case
    optimum = oracle.shortest(graph_, known, groups)
    assert optimum is not None
    held, left, sequence = set(oracle.held_by(graph_, known)), set(optimum.nodes), []
    while left:
        step = next(one for one in sorted(left) if oracle.learnable(graph_, one, held))
        held.add(step)
        left.remove(step)
        sequence.append(step)

    assert oracle.is_path(graph_, known, groups, sequence) == []
    for at in range(len(sequence)):
        assert oracle.is_path(graph_, known, groups, sequence[:at] + sequence[at + 1 :])


def test_a_case_shrinks_to_what_matters() -> None:
    def has_choice(case: Case) -> bool:
        return len(oracle.all_minimal(case.graph, case.known, case.groups)) > 1

    case = find(
        graph_cases(skills=6, levels=3),
        has_choice,
        settings=settings(
            max_examples=500, database=None, phases=(Phase.generate, Phase.shrink), deadline=None
        ),
        random=random.Random(1),
    )

    assert len(oracle.nodes(case.graph)) <= 3
    assert len(list(_groups_in(case.graph))) <= 2
    assert case.known == {}
