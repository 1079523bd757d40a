"""A good way without a kernel: it can be learned, meets the goals, and claims no more."""

import pytest

from service.domain.planner.bits import members
from service.domain.planner.kernel import Kernel
from service.domain.planner.optimum import Solver
from service.domain.planner.planner import Planner
from service.domain.planner.rough import RoughWays
from tests import oracle
from tests.builders import graph
from tests.laws.learners import Learner, learners


@pytest.mark.parametrize("batch", range(3))
def test_the_goals_can_be_met_by_the_nodes_that_are_found(batch: int) -> None:
    for learner in learners(batch, 40):
        held = learner.positions()
        groups = learner.plan().groups
        nodes = RoughWays(learner.graph).nodes_to(groups, held)
        kernel = Kernel(learner.graph, nodes, is_whole=False)
        mask = sum(1 << kernel.number[position] for position in held & nodes)

        found = Solver(kernel).least(mask, groups)

        assert found is not None
        assert kernel.effort(found.chosen) >= learner.optimum().effort
        assert not faults(learner, [kernel.positions[n] for n in members(found.chosen)])


def faults(learner: Learner, positions: list[int]) -> list[str]:
    """Return what speaks against learning some nodes, in some order."""
    document, left = learner.case.graph, {learner.graph.nodes[at] for at in positions}
    have, walk = set(learner.held()), []
    while ready := [n for n in left if oracle.learnable(document, (str(n.skill), n.level), have)]:
        walk += [(str(node.skill), node.level) for node in ready]
        have.update(walk)
        left.difference_update(ready)
    return [f"{node} cannot be learned" for node in left] + oracle.is_path(
        document,
        learner.case.known,
        learner.case.groups,
        walk,
        assume_prerequisites=learner.assume_prerequisites,
    )


def test_a_plan_beyond_what_a_kernel_may_hold_is_no_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("service.domain.planner.planner.WHOLE_GRAPH", 2)
    monkeypatch.setattr("service.domain.planner.planner.LARGEST_KERNEL", 2)
    small = graph("a 1: b | c", "b 2: d", "c 3", "d 9", roles={"target": "a"})
    goals = [small.group(requirement) for requirement in small.role("target").requires]

    plan = Planner(small).plan(frozenset(), goals)

    assert [str(small.nodes[position].skill) for position in plan.positions] == ["a", "c"]
    assert not plan.is_least
    assert plan.proof().landmarks() == []
