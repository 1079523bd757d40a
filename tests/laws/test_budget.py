"""What a budget is best spent on is the oracle's: the greatest readiness, canonical among ties."""

from random import Random

import pytest

from service.domain.planner.budget import within_budget
from tests import oracle
from tests.laws.learners import Learner, learners


@pytest.mark.parametrize("batch", range(4))
def test_the_set_within_a_budget_is_the_oracles(batch: int) -> None:
    for learner in learners(batch, 40):
        plan = learner.plan()
        source = Random(str(learner.case))
        for budget in (0, source.randint(0, plan.effort), plan.effort):
            readiness, nodes = oracle.within_budget(
                learner.case.graph,
                learner.case.known,
                learner.case.groups,
                budget,
                assume_prerequisites=learner.assume_prerequisites,
            )

            found = within_budget(plan, learner.requirements, learner.levels(), budget)

            assert found.scope == "all"
            assert learner.nodes(found.plan) == nodes
            assert found.points_after == readiness * found.full
            assert found.points_before == found.full * oracle.readiness(
                learner.case.groups, learner.held()
            )


@pytest.mark.parametrize("batch", range(2))
def test_without_time_to_search_the_set_comes_from_the_path_and_can_be_learned(batch: int) -> None:
    for learner in learners(batch, 40):
        plan = learner.plan()
        for steps in (0, 20, 60):
            found = within_budget(
                plan, learner.requirements, learner.levels(), plan.effort // 2, steps
            )

            assert found.plan.effort <= plan.effort // 2
            assert found.points_before <= found.points_after <= found.full
            assert found.scope == "all" or not found.plan.chosen & ~plan.chosen
            assert_can_be_learned(learner, found.plan.in_grounded_order())


def assert_can_be_learned(learner: Learner, numbers: tuple[int, ...]) -> None:
    plan = learner.plan()
    walk = [(str(node.skill), node.level) for node in map(plan.node, numbers)]
    assert not oracle.is_path(
        learner.case.graph,
        learner.case.known,
        [],
        walk,
        assume_prerequisites=learner.assume_prerequisites,
    )
