"""The order of learning: what its rule promises, told again without the service's own code."""

from collections.abc import Collection, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.application.assess import Assessor
from service.application.request import Question, Target, TargetKind
from service.domain.skill import RoleId
from tests import oracle
from tests.builders import document, graph_of
from tests.laws.learners import Learner
from tests.random_graphs import Case, graph_cases

LAW = settings(max_examples=60, deadline=None)
MOST_STEPS = 7
GOAL = "goal"


class Task(NamedTuple):
    """A role to reach from nothing, with the oracle's view of it."""

    graph: dict[str, Any]

    @property
    def groups(self) -> Sequence[oracle.Group]:
        return oracle.target_groups(self.graph, GOAL)

    def path(self) -> list[oracle.Node]:
        question = Question((), Target(TargetKind.ROLE, role=RoleId(GOAL)))
        steps = Assessor(graph_of(self.graph)).assess(question).path.steps
        return [(str(step.node.skill), step.node.level) for step in steps]

    def worth(self, node: oracle.Node) -> Fraction:
        """Return the readiness that a node adds to the levels below it."""
        lower = [(node[0], level) for level in range(1, node[1])]
        return oracle.readiness(self.groups, [*lower, node]) - oracle.readiness(self.groups, lower)


@st.composite
def tasks(draw: st.DrawFn, *, shared: bool) -> Task:
    """Return tasks of few nodes with single requirements only.

    Args:
        draw: Hypothesis' own.
        shared: Whether several nodes may rest on the same one; else at most one does.
    """
    tops = draw(st.lists(st.integers(1, 3), min_size=1, max_size=5))
    while sum(tops) > MOST_STEPS:
        tops.pop()
    needs: dict[oracle.Node, list[str]] = {
        (f"s{skill}", level): [] for skill, top in enumerate(tops) for level in range(1, top + 1)
    }
    for skill, top in enumerate(tops[:-1]):
        later = [node for node in needs if int(node[0][1:]) > skill]
        above = st.lists(st.sampled_from(later), max_size=3 if shared else 1, unique=True)
        for node in draw(above):
            needs[node].append(f"s{skill}@{draw(st.integers(1, top)) if shared else top}")
    lines = [
        f"s{skill} {' '.join(str(draw(st.integers(0, 9))) for _ in range(top))}: "
        + "; ".join(", ".join(needs[f"s{skill}", level]) for level in range(1, top + 1))
        for skill, top in enumerate(tops)
    ]
    asked = [
        f"s{skill}@{level} *{draw(st.integers(1, 4))}"
        for skill, top in enumerate(tops)
        if (level := draw(st.integers(0, top)))
    ] or ["s0"]
    in_file = draw(st.permutations(lines))
    return Task(document(*in_file, roles={GOAL: ", ".join(asked)}))


def unreadiness(task: Task, path: Sequence[oracle.Node]) -> Fraction:
    """Return the integral over the hours of a path of what readiness lacks of 1."""
    effort = oracle.effort(task.graph)
    return sum(
        (
            effort[node] * (1 - oracle.readiness(task.groups, path[:done]))
            for done, node in enumerate(path)
        ),
        Fraction(),
    )


def least_unreadiness(task: Task, path: Collection[oracle.Node]) -> Fraction:
    """Return the least integral over all orders in which the nodes of a path can be learned."""
    effort = oracle.effort(task.graph)

    @cache
    def least_after(held: frozenset[oracle.Node]) -> Fraction:
        lacking = 1 - oracle.readiness(task.groups, held)
        return min(
            (
                effort[node] * lacking + least_after(held | {node})
                for node in path
                if oracle.learnable(task.graph, node, held)
            ),
            default=Fraction(),
        )

    return least_after(frozenset())


def rests_on(task: Task, node: oracle.Node) -> set[oracle.Node]:
    """Return a node and all that it rests on, directly or not."""
    skill, level = node
    found = {node}
    below = [(skill, level - 1)] if level > 1 else []
    below += [(group["skill"], group["level"]) for group in oracle.prerequisites(task.graph, node)]
    return found.union(*(rests_on(task, each) for each in below))


def assert_by_the_rule(task: Task, path: Sequence[oracle.Node]) -> None:
    """Check that each block of a path ends with the node that was the best of all left."""
    effort, catalogue = oracle.effort(task.graph), oracle.nodes(task.graph)
    left = list(path)
    while left:
        blocks = {node: rests_on(task, node).intersection(left) for node in left}

        def rank(
            node: oracle.Node, blocks: dict[Any, Any] = blocks
        ) -> tuple[Fraction | float, int]:
            worth = sum(map(task.worth, blocks[node]), Fraction())
            hours = sum(effort[each] for each in blocks[node])
            ratio = worth / hours if hours else float("inf") if worth else 0
            return -ratio, catalogue.index(node)

        best = min(left, key=rank)
        block, left = left[: len(blocks[best])], left[len(blocks[best]) :]
        assert set(block) == blocks[best]
        assert block[-1] == best
        assert_by_the_rule(task, block[:-1])


@given(task=tasks(shared=False))
@LAW
def test_no_order_pays_earlier_where_no_step_is_shared(task: Task) -> None:
    path = task.path()

    assert unreadiness(task, path) == least_unreadiness(task, path)


@given(task=tasks(shared=True))
@LAW
def test_what_pays_most_an_hour_comes_next_with_what_it_rests_on(task: Task) -> None:
    assert_by_the_rule(task, task.path())


@pytest.mark.parametrize(
    ("skills", "asked", "expected"),
    [
        pytest.param(["a 4", "b 2"], "a, b", ["b", "a"], id="of equal worth, the shorter first"),
        pytest.param(["a 2", "b 2"], "a, b *3", ["b", "a"], id="of equal length, the weightier"),
        pytest.param(["b 2", "a 2"], "a, b", ["b", "a"], id="equal ones as the file has them"),
        pytest.param(["a 9", "b 3"], "a *3, b", ["a", "b"], id="equal rates as the file has them"),
        pytest.param(
            ["a 2: b", "b 9"], "a *9, b", ["b", "a"], id="a prerequisite first, however long"
        ),
        pytest.param(
            ["base 1", "top 1: base", "c 1"],
            "top *4, c",
            ["base", "top", "c"],
            id="a base worth nothing comes early for what it carries",
        ),
        pytest.param(
            ["base 9", "top 1: base", "c 2"],
            "top *4, c",
            ["c", "base", "top"],
            id="unless base and top together pay less an hour",
        ),
        pytest.param(
            ["a 1", "b 1", "top 1: a, b"],
            "a, b *2, top *9",
            ["b", "a", "top"],
            id="what a step rests on is in the rule's order, too",
        ),
        pytest.param(
            ["a 1 8", "b 2"],
            "a@2 *2, b",
            ["a", "b", "a"],
            id="the levels of a skill may be apart",
        ),
        pytest.param(
            ["free 0", "a 1"], "a *9, free", ["free", "a"], id="what takes no time comes first"
        ),
        pytest.param(
            ["base 10", "x 1: base", "y 1: base", "c 10"],
            "x *10, y *10, c *12",
            ["c", "base", "x", "y"],
            id="nodes that share a base are not added up: the rule is no optimum there",
        ),
    ],
)
def test_the_order_of_a_few_steps(skills: list[str], asked: str, expected: list[str]) -> None:
    path = Task(document(*skills, roles={GOAL: asked})).path()

    assert [skill for skill, _ in path] == expected


@given(case=graph_cases())
@LAW
def test_for_both_the_number_of_roles_that_a_step_serves_never_rises(case: Case) -> None:
    learner = Learner(case._replace(target=oracle.BOTH))

    steps = learner.assess().path.steps
    served = [len({need.role for need in step.needed_for}) for step in steps]

    assert served == sorted(served, reverse=True)


AREAS = [
    {"id": "general", "name": "General"},
    {"id": "first", "name": "First", "overlap": True, "leverage_rank": 1},
    {"id": "second", "name": "Second", "overlap": True, "leverage_rank": 2},
]


@pytest.mark.parametrize(
    ("skills", "roles", "expected"),
    [
        pytest.param(
            {"own 1": "general", "shared 90": "general"},
            ("own *9, shared", "shared"),
            ["shared", "own"],
            id="what serves both, however long",
        ),
        pytest.param(
            {"plain 1": "general", "later 1": "second", "sooner 90": "first"},
            ("plain, later, sooner", "plain, later, sooner"),
            ["sooner", "later", "plain"],
            id="the overlap areas by leverage, before what else serves both",
        ),
        pytest.param(
            {"base 9": "second", "alone 1": "second", "top 1: base": "first"},
            ("base, alone, top", "alone, top"),
            ["base", "top", "alone"],
            id="a prerequisite of the first area before the rest of its own",
        ),
        pytest.param(
            {"long 9": "first", "short 3": "first"},
            ("long, short", "long, short"),
            ["short", "long"],
            id="within an area by readiness per hour",
        ),
        pytest.param(
            {"base 5": "general", "x 1: base": "general", "y 1: base": "general"},
            ("x *5", "y"),
            ["base", "x", "y"],
            id="a base that each role needs for a skill of its own",
        ),
    ],
)
def test_the_order_for_both_roles(
    skills: dict[str, str], roles: tuple[str, str], expected: list[str]
) -> None:
    written = document(*skills, roles=dict(zip("xy", roles, strict=True)), areas=AREAS)
    for skill, area in zip(written["skills"], skills.values(), strict=True):
        skill["area"] = area

    steps = Assessor(graph_of(written)).assess(Question((), Target(TargetKind.BOTH))).path.steps

    assert [step.node.skill for step in steps] == expected
