"""HiGHS on what outlasts the search: right where it is sure, and silent."""

from random import Random

import pytest

from service.domain.planner.kernel import Kernel
from service.domain.planner.planner import Planner
from service.domain.planner.residual import solved_by_highs
from tests.builders import graph
from tests.laws.learners import Learner
from tests.random_graphs import random_case

pytest.importorskip("highspy", reason="HiGHS is an optional dependency")


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_the_least_effort(seed: int, capfd: pytest.CaptureFixture[str]) -> None:
    learner = Learner(random_case(Random(seed), acyclic=True))
    plan = learner.plan()
    kernel = plan.solver.kernel
    whole = kernel.problem(plan.held, *kernel.goals(plan.groups))

    solved = solved_by_highs(kernel, whole, 0) if whole.goals else (0, True)

    assert solved is not None
    assert kernel.effort(solved[0]) == learner.optimum().effort
    assert solved[1]
    assert capfd.readouterr().out == ""


def test_a_circle_is_left_alone() -> None:
    opened = graph("a 1: b | c", "b 1: a | d", "c 10", "d 12", roles={"target": "a"})
    kernel = Kernel(opened, range(len(opened.nodes)))
    goals = kernel.goals([opened.group(opened.role("target").requires[0])])

    assert solved_by_highs(kernel, kernel.problem(0, *goals), 0) is None


def test_it_ends_what_the_search_does_not() -> None:
    skills = [f"s{number} {number % 3 + 1}" for number in range(12)]
    triples = ", ".join(f"s{a} | s{(a * 5 + 1) % 12} | s{(a * 7 + 3) % 12}" for a in range(12))
    flat = graph(*skills, roles={"target": triples})
    groups = [flat.group(requirement) for requirement in flat.role("target").requires]

    exact = Planner(flat).plan(frozenset(), groups)
    helped = Planner(flat, steps=120).plan(frozenset(), groups)

    assert helped.is_least
    assert helped.effort == exact.effort
