"""Cases with both sides ready to be asked: the service, and the oracle's arguments."""

from collections.abc import Iterator
from os import environ
from random import Random
from typing import Final

from service.application.assess import Assessment, Assessor
from service.application.request import Question, Target, TargetKind
from service.domain.graph import SkillGraph, groups_of_all
from service.domain.knowledge import KnowledgeState
from service.domain.planner.planner import Plan, Planner
from service.domain.skill import Node, Requirement, RoleId, SkillId
from tests import oracle
from tests.builders import graph_of, requirements_of
from tests.random_graphs import Case, random_case

TIMES: Final = int(environ.get("LAWS", "1"))
"""How many times as many random graphs as usual: `LAWS=20 make test ARGS=tests/laws`."""


class Learner:
    """A case, its graph as the service sees it, and what the learner holds."""

    def __init__(self, case: Case, *, assume_prerequisites: bool = True) -> None:
        self.case = case
        self.assume_prerequisites = assume_prerequisites
        self.graph: SkillGraph = graph_of(case.graph)
        self.requirements: tuple[Requirement, ...] = requirements_of(case.groups)

    def assess(self) -> Assessment:
        return Assessor(self.graph).assess(
            Question(self.claims(), self.target(), self.assume_prerequisites)
        )

    def claims(self) -> tuple[Node, ...]:
        known = self.case.known
        return tuple(Node(skill, known[skill]) for skill in self.graph.skills if skill in known)

    def target(self) -> Target:
        if self.case.target is None:
            return Target(TargetKind.REQUIREMENTS, requirements=self.requirements)
        if self.case.target == oracle.BOTH:
            return Target(TargetKind.BOTH)
        return Target(TargetKind.ROLE, role=RoleId(self.case.target))

    def optimum(self) -> oracle.Optimum:
        found = oracle.shortest(
            self.case.graph,
            self.case.known,
            self.case.groups,
            assume_prerequisites=self.assume_prerequisites,
        )
        assert found is not None
        return found

    def held(self) -> frozenset[oracle.Node]:
        return oracle.held_by(
            self.case.graph, self.case.known, assume_prerequisites=self.assume_prerequisites
        )

    def plan(self, **settings: int) -> Plan:
        return self.plan_from(self.positions(), **settings)

    def plan_from(self, held: frozenset[int], **settings: int) -> Plan:
        groups = groups_of_all(self.graph, self.requirements)
        return Planner(self.graph, **settings).plan(held, groups)

    def effort(self, held: frozenset[int]) -> int:
        return self.plan_from(held).effort

    def positions(self) -> frozenset[int]:
        return self._knowledge().held

    def levels(self) -> dict[SkillId, int]:
        return self._knowledge().levels()

    def _knowledge(self) -> KnowledgeState:
        claims = {SkillId(skill): level for skill, level in self.case.known.items()}
        return KnowledgeState.of(
            self.graph, claims, assume_prerequisites=self.assume_prerequisites
        )

    def nodes(self, plan: Plan) -> tuple[oracle.Node, ...]:
        return tuple(
            (str(self.graph.nodes[position].skill), self.graph.nodes[position].level)
            for position in plan.positions
        )


def learners(batch: int, size: int) -> Iterator[Learner]:
    """Yield the learners of one batch; the same on every machine."""
    for seed in range(batch * size * TIMES, (batch + 1) * size * TIMES):
        source = Random(seed)
        case = random_case(source)
        yield Learner(case, assume_prerequisites=source.random() < 0.6)
