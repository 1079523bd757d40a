"""Checking an answer without the planner: forward chaining, sums, and nothing else.

Whoever doubts a path need not trust the search that found it. That it can be walked and
meets its aim is seen by walking it; that no path is shorter is seen by its landmarks: with
the nodes of one forbidden the aim is out of reach, so every path holds one of them, and
since no node is charged more than its effort the charges add up to a lower bound.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from service.domain.errors import Fault
from service.domain.graph import Group, SkillGraph
from service.domain.knowledge import KnowledgeState, is_met, is_open, learnable_in_turn
from service.domain.skill import HUNDREDTHS, NO_EFFORT, Effort, Node, RoleId
from service.domain.stated_measures import faults_in_measures
from service.domain.stated_roles import faults_in_roles
from service.domain.stated_times import faults_in_times
from service.domain.statement import StatedPath, Statement

_PROOF: Final = "/path/certificate"
_LANDMARKS: Final = f"{_PROOF}/landmarks"
_ROUNDING: Final = 1e-9


def faults_in(statement: Statement, graph: SkillGraph) -> tuple[Fault, ...]:
    """Return everything that is wrong with an answer, by JSON pointer.

    Args:
        statement: The answer, with P steps and L landmarks.
        graph: The graph that it says it comes from; N nodes.

    Returns:
        Nothing for a right answer; O(P + L N) group checks.
    """
    return tuple(_Check(statement, graph).faults())


class _Check:
    """One answer being checked."""

    def __init__(self, statement: Statement, graph: SkillGraph) -> None:
        self._said = statement
        self._graph = graph

    def faults(self) -> Iterator[Fault]:
        if self._said.version != self._graph.catalogue.version:
            version = self._graph.catalogue.version
            yield Fault("/graph_version", f"The graph to check against has version {version}.")
        strangers = tuple(self._strangers())
        yield from strangers
        if strangers:
            return  # what the graph does not hold cannot be walked
        yield from self._credits()
        for path in self._said.paths:
            yield from self._walk(path)
        yield from self._landmarks()
        yield from self._proof()
        yield from self._charges()
        yield from self._standings()
        yield from faults_in_roles(self._said, self._graph)
        yield from faults_in_measures(self._said, self._graph, self._held())
        yield from faults_in_times(self._said)

    def _strangers(self) -> Iterator[Fault]:
        """Yield what the graph does not hold."""
        for place, node in self._nodes():
            skill = self._graph.skills.get(node.skill)
            if skill is None:
                yield Fault(place, "The graph holds no such skill.")
            elif not 1 <= node.level <= skill.top_level:
                yield Fault(place, f"This skill has the levels 1 to {skill.top_level}.")
        yield from self._strange_roles()

    def _strange_roles(self) -> Iterator[Fault]:
        """Yield where the roles are not those of the graph, each once."""
        seen: set[RoleId] = set()
        for index, role in enumerate(said.role for said in self._said.roles):
            if role not in self._graph.roles:
                yield Fault(f"/roles/{index}/role", "The graph holds no such role.")
            elif role in seen:
                yield Fault(f"/roles/{index}/role", "This role stands here already.")
            seen.add(role)
        for role in self._graph.roles:
            if role not in seen:
                yield Fault("/roles", f"{role} is missing.")

    def _nodes(self) -> Iterator[tuple[str, Node]]:
        said = self._said
        yield from ((f"/profile/known/{i}", node) for i, node in enumerate(said.known))
        yield from ((f"/profile/credited/{i}", c[0]) for i, c in enumerate(said.credited))
        for i, asked in enumerate(said.requirements):
            yield from ((f"/target/requirements/{i}", node) for node in asked.options)
        for path in said.paths:
            yield from ((f"{path.place}/steps/{i}", s.node) for i, s in enumerate(path.steps))
        if said.spending:
            yield from (
                (f"/within_budget/left/steps/{i}", n) for i, n in enumerate(said.spending.left)
            )
        if said.together:
            yield from (
                (f"/both/common_start/steps/{i}", n) for i, n in enumerate(said.together.start)
            )
        if said.difference:
            yield from (
                (f"/difference/steps_less/{i}", n) for i, n in enumerate(said.difference.less)
            )
        for i, (_, nodes) in enumerate(said.proof.landmarks):
            yield from ((f"{_LANDMARKS}/{i}", node) for node in nodes)

    def _credits(self) -> Iterator[Fault]:
        """Yield where the credits are not all that the claims imply; there may be none at all."""
        claims = dict(self._said.known)
        state = KnowledgeState.of(self._graph, claims, assume_prerequisites=True)
        implied = {credit.node: credit.because for credit in state.credited}
        for index, (node, because) in enumerate(self._said.credited):
            if node not in implied:
                detail = "No claimed skill rests on it without a choice."
                yield Fault(f"/profile/credited/{index}", detail)
            elif because != implied[node]:
                yield Fault(f"/profile/credited/{index}/because", f"It is {implied[node]}.")
        if self._said.credited and len(self._said.credited) < len(implied):
            yield Fault("/profile/credited", "The claims rest on more.")

    def _held(self) -> frozenset[int]:
        levels_up_to = self._graph.levels_up_to
        return frozenset(at for node in self._said.claims for at in levels_up_to(node))

    def _walk(self, path: StatedPath) -> Iterator[Fault]:
        have = set(self._held())
        for index, step in enumerate(path.steps):
            place = f"{path.place}/steps/{index}"
            position = self._graph.position(step.node)
            if position in have:
                yield Fault(place, "It is held already.")
            elif not is_open(self._graph, position, have):
                yield Fault(place, "What it rests on does not come before it.")
            have.add(position)
        yield from self._sums(path)
        if path.is_whole:
            yield from self._unmet(path, have)

    def _sums(self, path: StatedPath) -> Iterator[Fault]:
        total = NO_EFFORT
        for index, step in enumerate(path.steps):
            place = f"{path.place}/steps/{index}"
            effort = self._graph.efforts[self._graph.position(step.node)]
            total = total.plus(effort)
            if step.order != index + 1:
                yield Fault(f"{place}/order", f"It is step {index + 1}.")
            if step.effort != effort:
                yield Fault(f"{place}/hours", "The graph has other hours.")
            if step.so_far != total.likely:
                yield Fault(f"{place}/hours_so_far", f"Up to here it is {_hours(total)}.")
        if path.effort != total:
            yield Fault(f"{path.place}/hours", f"The steps add up to {_hours(total)}.")
        if path.most is not None and total.likely > path.most:
            yield Fault(f"{path.place}/hours", "It takes more than the budget.")

    def _unmet(self, path: StatedPath, have: set[int]) -> Iterator[Fault]:
        for requirement, group in zip(self._said.requirements, self._groups(), strict=True):
            if not is_met(group, have):
                asked = " or ".join(f"{skill}@{level}" for skill, level in requirement.options)
                detail = f"It does not reach {requirement.at_least} of {asked}."
                yield Fault(f"{path.place}/steps", detail)

    def _groups(self) -> tuple[Group, ...]:
        return tuple(map(self._graph.group, self._said.requirements))

    def _landmarks(self) -> Iterator[Fault]:
        held, groups = self._held(), self._groups()
        relevant = self._graph.relevant_to(groups)
        charged: Counter[int] = Counter()
        for index, (price, nodes) in enumerate(self._said.proof.landmarks):
            place = f"{_LANDMARKS}/{index}"
            forbidden = set(map(self._graph.position, nodes))
            if price < 0:
                yield Fault(f"{place}/hours", "A charge is never negative.")
            have = held.union(learnable_in_turn(self._graph, held, relevant - forbidden))
            if forbidden & held or all(is_met(group, have) for group in groups):
                yield Fault(f"{place}/any_of", "There is a path that does without all of these.")
            charged.update(dict.fromkeys(forbidden, price))
        for position in sorted(charged):
            if charged[position] > self._graph.likely[position]:
                skill, level = self._graph.nodes[position]
                detail = f"{skill}@{level} is charged more than its hours in all."
                yield Fault(_LANDMARKS, detail)

    def _standings(self) -> Iterator[Fault]:
        path = self._said.path.effort
        efforts = {said.role: said.effort for said in self._said.roles}
        if self._said.reached is None:
            return
        if efforts[self._said.reached] != path:
            yield Fault("/roles", "The role that the path reaches has other hours.")
        if self._said.is_nearest and min(each.likely for each in efforts.values()) < path.likely:
            yield Fault("/target/roles", "Another role is nearer.")

    def _proof(self) -> Iterator[Fault]:
        proof, effort = self._said.proof, self._said.path.effort.likely
        if proof.is_optimal and proof.lower_bound != effort:
            yield Fault(f"{_PROOF}/status", "An optimal path takes as much as its lower bound.")
        if not proof.is_optimal and proof.lower_bound == effort:
            yield Fault(f"{_PROOF}/status", "A path that takes as much as its bound is optimal.")
        if proof.lower_bound > effort:
            yield Fault(f"{_PROOF}/lower_bound_hours", "The path itself takes less.")
        gap = (effort - proof.lower_bound) / effort if effort else 0.0
        if abs(proof.gap - gap) > _ROUNDING:
            yield Fault(f"{_PROOF}/gap", f"Bound and hours make it {gap:g}.")

    def _charges(self) -> Iterator[Fault]:
        """Yield where a proof says something else than its landmarks add up to."""
        proof, effort = self._said.proof, self._said.path.effort.likely
        bound = sum(price for price, _ in proof.landmarks)
        if proof.by_landmarks and bound != effort:
            yield Fault(f"{_PROOF}/proof", "The landmarks do not add up to the hours of the path.")
        if not proof.by_landmarks and bound == effort:
            yield Fault(f"{_PROOF}/proof", "The landmarks alone add up to the hours of the path.")
        if bound > proof.lower_bound:
            yield Fault(f"{_PROOF}/lower_bound_hours", "The landmarks add up to more.")
        if not (proof.is_optimal or proof.by_landmarks) and proof.lower_bound > bound:
            yield Fault(f"{_PROOF}/lower_bound_hours", "The landmarks add up to less.")


def _hours(effort: Effort) -> str:
    low, likely, high = (hundredths / HUNDREDTHS for hundredths in effort)
    return f"{likely:g} h likely, {low:g} low, {high:g} high"
