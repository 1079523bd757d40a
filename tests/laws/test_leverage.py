"""Leverage is the oracle's: the optimum now minus the optimum with a node held."""

import pytest

from service.domain.planner.leverage import leverage
from tests import oracle
from tests.laws.learners import learners


@pytest.mark.parametrize("batch", range(4))
def test_savings_are_the_oracles(batch: int) -> None:
    for learner in learners(batch, 25):
        expected = oracle.leverage(
            learner.case.graph,
            learner.case.known,
            learner.case.groups,
            assume_prerequisites=learner.assume_prerequisites,
        )
        found = leverage(learner.plan())

        named = {tuple(learner.graph.nodes[at]): saved for at, saved in found.savings.items()}
        worth = {node: saved for node, saved in expected.items() if saved}
        assert found.is_exact
        assert named == worth
        best = {
            (skill, level): saved
            for (skill, level), saved in worth.items()
            if saved != worth.get((skill, level - 1))
        }
        assert [saved for _, saved in found.top(3)] == sorted(best.values(), reverse=True)[:3]
