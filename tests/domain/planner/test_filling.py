"""HiGHS on the budgets that outlast the search: the oracle's sets, ties settled."""

from random import Random

import pytest

from service.domain.planner.filling import filled_by_program
from service.domain.planner.kernel import Kernel
from service.domain.planner.prizes import Prizes
from service.domain.planner.work import Work
from service.domain.readiness import ReadinessScale
from tests import oracle
from tests.builders import graph
from tests.laws.learners import Learner
from tests.random_graphs import random_case

pytest.importorskip("highspy", reason="HiGHS is an optional dependency")


def nothing(_effort: int, _loss: int) -> int:
    return 0


@pytest.mark.parametrize("batch", range(2))
def test_it_fills_a_budget_as_the_oracle_does(batch: int) -> None:
    for seed in range(batch * 30, batch * 30 + 30):
        learner = Learner(random_case(Random(seed), skills=7, acyclic=True))
        plan = learner.plan()
        kernel = plan.solver.kernel
        hours = Random(seed).randint(0, plan.effort)
        scale = ReadinessScale(learner.requirements)
        prizes = Prizes(kernel, plan.held, scale, kernel.everything, Work())
        if not prizes.unit:
            continue

        weight = filled_by_program(prizes, hours, sum(prizes.loss), nothing)

        assert weight is not None
        _, nodes = oracle.within_budget(
            learner.case.graph, learner.case.known, learner.case.groups, hours
        )
        assert learner.nodes(plan.of_others(prizes.set_of(weight))) == nodes


def test_a_circle_is_left_alone() -> None:
    opened = graph("a 1: b | c", "b 1: a | d", "c 10", "d 12", roles={"target": "a"})
    kernel = Kernel(opened, range(len(opened.nodes)))
    scale = ReadinessScale(opened.role("target").requires)
    prizes = Prizes(kernel, 0, scale, kernel.everything, Work())

    assert filled_by_program(prizes, 2000, sum(prizes.loss), nothing) is None
