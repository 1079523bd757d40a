"""Where a person stands: what all parts of an answer are worked out from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from service.application.request import Question
from service.domain.knowledge import KnowledgeState
from service.domain.learning_path import Aim
from service.domain.planner.planner import Plan
from service.domain.readiness import ReadinessScale
from service.domain.skill import Node, RoleId, SkillId, highest_levels


@dataclass(frozen=True)
class Case:
    """One question with its plans.

    Attributes:
        levels: The highest held level by skill.
        plans: By role of the graph, nearest first, the shortest way to it alone.
        reached: The roles that the path leads to; none for the caller's own requirements.
        aim: What the path leads to.
        scale: Measures readiness for the aim.
        plan: The path, as a set.
    """

    question: Question
    state: KnowledgeState
    levels: Mapping[SkillId, int]
    plans: Mapping[RoleId, Plan]
    reached: tuple[RoleId, ...]
    aim: Aim
    scale: ReadinessScale
    plan: Plan

    @cached_property
    def serving(self) -> Mapping[RoleId, frozenset[int]]:
        """By role, the positions of its own shortest path."""
        return {role: frozenset(plan.positions) for role, plan in self.plans.items()}

    @property
    def readiness(self) -> Fraction:
        """Readiness for the aim, before the path."""
        return self.scale.readiness(self.levels)

    def readiness_after(self, nodes: Iterable[Node]) -> Fraction:
        """Return the readiness for the aim of who has learned some nodes besides."""
        return self.scale.readiness(highest_levels(nodes, self.levels))
