"""The further paths are the oracle's: every minimal set, in canonical order."""

import pytest

from service.domain.planner.alternatives import alternatives
from tests import oracle
from tests.laws.learners import learners


@pytest.mark.parametrize("batch", range(4))
def test_alternatives_are_the_oracles_minimal_sets_in_its_order(batch: int) -> None:
    for learner in learners(batch, 60):
        every = oracle.all_minimal(
            learner.case.graph,
            learner.case.known,
            learner.case.groups,
            assume_prerequisites=learner.assume_prerequisites,
        )
        plan = learner.plan()

        found = alternatives(plan, 5)

        assert found.complete
        assert [learner.nodes(other) for other in found.plans] == [
            other.nodes for other in every[1:6]
        ]
        assert [other.effort for other in found.plans] == [other.effort for other in every[1:6]]


@pytest.mark.parametrize("batch", range(2))
def test_what_a_small_budget_finds_is_the_beginning_of_what_a_large_one_finds(batch: int) -> None:
    for learner in learners(batch, 40):
        plan = learner.plan()
        every = alternatives(plan, 5).plans

        for steps in (0, 10_000, 100_000):
            found = alternatives(plan, 5, steps)
            assert found.plans == every[: len(found.plans)]
            assert found.complete <= (len(found.plans) == len(every))
