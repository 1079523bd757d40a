"""Leverage is the oracle's: the optimum now minus the optimum with a node held."""

import pytest

from service.domain.planner.leverage import Leverage, most_saving
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
        leverage = Leverage(learner.plan())
        nodes = learner.graph.nodes
        for at in range(len(nodes)):
            leverage.look_closer(at)
        seen = [leverage.known(at) for at in range(len(nodes))]
        saved = [leverage.saving(at) for at in range(len(nodes))]

        assert saved == [expected.get((node.skill, node.level), 0) for node in nodes]
        assert all(look.at_most >= exact for look, exact in zip(seen, saved, strict=True))
        assert all(
            look.at_most == exact for look, exact in zip(seen, saved, strict=True) if look.is_exact
        )


@pytest.mark.parametrize("batch", range(4))
def test_what_saves_most_is_found_without_looking_at_all(batch: int) -> None:
    for learner in learners(batch, 25):
        plan, nodes = learner.plan(), learner.graph.nodes
        all_known = Leverage(plan)
        saved = [all_known.saving(at) for at in range(len(nodes))]
        worthwhile = [
            (-hours, at)
            for at, hours in enumerate(saved)
            if hours > (saved[at - 1] if nodes[at].level > 1 else 0)
        ]

        for count in (1, 3, len(nodes)):
            leverage = Leverage(plan)
            found, is_exact = most_saving(leverage, [leverage], count)

            assert is_exact
            assert list(found) == [at for _, at in sorted(worthwhile)[:count]]


def test_a_spent_budget_is_told_and_what_is_found_is_exact() -> None:
    told = 0
    for learner in learners(5, 40):
        plan = learner.plan()
        short = Leverage(plan, steps=20)
        found, is_exact = most_saving(short, [short], len(learner.graph.nodes))
        whole = Leverage(plan)

        assert [short.saving(at) for at in found] == [whole.saving(at) for at in found]
        told += not is_exact
    assert told
