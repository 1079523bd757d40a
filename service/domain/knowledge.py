"""Knowledge states: what a person holds, what that credits, and what they could learn next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from service.domain.graph import Group, SkillGraph
from service.domain.skill import Node, SkillId, highest_levels


class Credit(NamedTuple):
    """A prerequisite that a claim speaks for.

    Attributes:
        node: The skill at the highest level that is credited.
        because: The claimed skill that rests on it.
    """

    node: Node
    because: SkillId


@dataclass(frozen=True, slots=True)
class KnowledgeState:
    """What a person holds.

    Attributes:
        known: The claims, at the level they count at, in catalogue order.
        credited: Prerequisites credited beside them, in catalogue order.
        held: Positions of all nodes held: each claim or credit with its lower levels.
    """

    known: tuple[Node, ...]
    credited: tuple[Credit, ...]
    held: frozenset[int]

    @classmethod
    def of(
        cls, graph: SkillGraph, claims: Mapping[SkillId, int], *, assume_prerequisites: bool
    ) -> "KnowledgeState":
        """Return the state of a person who claims some skills at some levels.

        Claims are axioms: what they rest on is not charged. With `assume_prerequisites`
        they also credit, transitively, what they compulsorily rest on: where there was a
        choice, nothing is credited.

        Args:
            graph: N nodes, E compulsory prerequisites.
            claims: Levels 0 and up; a level above the skill's top counts as its top, and
                level 0 is no claim.
            assume_prerequisites: Whether claims credit what they rest on.

        Returns:
            The state; O(N + E) of the part below the claims.
        """
        known = tuple(
            Node(skill_id, min(claims[skill_id], graph.skills[skill_id].top_level))
            for skill_id in sorted(claims, key=graph.first_position)
            if claims[skill_id] > 0
        )
        claimed = frozenset(position for node in known for position in graph.levels_up_to(node))
        if not assume_prerequisites:
            return cls(known, (), claimed)
        because = _credits(graph, known, claimed)
        highest: dict[SkillId, int] = {}
        for position in sorted(because):  # levels ascend, so the highest stays
            highest[graph.nodes[position].skill] = position
        credited = tuple(
            Credit(graph.nodes[position], because[position]) for position in highest.values()
        )
        return cls(known, credited, claimed | frozenset(because))

    def levels(self) -> dict[SkillId, int]:
        """Return the highest held level by skill; skills of which nothing is held are left out."""
        return highest_levels((*self.known, *(credit.node for credit in self.credited)))


def _credits(
    graph: SkillGraph, known: tuple[Node, ...], claimed: frozenset[int]
) -> dict[int, SkillId]:
    """Return by credited position the first claim, in catalogue order, that rests on it."""
    because: dict[int, SkillId] = {}
    for node in known:
        frontier = list(graph.levels_up_to(node))
        while frontier:
            for below in graph.compulsory[frontier.pop()]:
                if below not in claimed and below not in because:
                    because[below] = node.skill
                    frontier.append(below)
    return because


def learnable_in_turn(
    graph: SkillGraph, held: frozenset[int], allowed: Iterable[int]
) -> tuple[int, ...]:
    """Return what can be learned of some nodes, in an order in which each can be learned.

    Args:
        graph: The graph.
        held: Positions held before.
        allowed: M positions that may be learned, and nothing else.

    Returns:
        As many of them as can be reached, by forward chaining; earlier positions first where
        nothing forbids. O(M + groups) for each round, as many rounds as the longest detour.
    """
    have = set(held)
    left = sorted(set(allowed) - held)
    sequence: list[int] = []
    while left:
        later = []
        for position in left:
            if is_open(graph, position, have):
                have.add(position)
                sequence.append(position)
            else:
                later.append(position)
        if len(later) == len(left):
            break
        left = later
    return tuple(sequence)


def is_open(graph: SkillGraph, position: int, held: set[int] | frozenset[int]) -> bool:
    """Return whether a node has all it needs."""
    return held.issuperset(graph.compulsory[position]) and all(
        is_met(group, held) for group in graph.choices[position]
    )


def is_met(group: Group, held: set[int] | frozenset[int]) -> bool:
    """Return whether enough of a group's options are held."""
    return len(held.intersection(group.options)) >= group.need


class OuterFringe:
    """Finds what a person could learn next, at a cost that follows what the person holds.

    "Outer fringe" is the theory's word for what a knowledge state is ready to learn [1].

    Args:
        graph: The graph.

    References:
        [1] J.-C. Falmagne and J.-P. Doignon, Learning Spaces, Springer, 2011.
    """

    def __init__(self, graph: SkillGraph) -> None:
        self._graph = graph
        self._from_nothing = frozenset(
            position for position, groups in enumerate(graph.groups) if not groups
        )

    def of(self, held: frozenset[int]) -> tuple[SkillId, ...]:
        """Return every skill whose next level has all it needs, in catalogue order."""
        fringe = self._from_nothing - held
        touched: set[int] = set().union(*map(self._graph.dependents.__getitem__, held))
        opened = {position for position in touched - held if is_open(self._graph, position, held)}
        return tuple(self._graph.nodes[position].skill for position in sorted(fringe | opened))
