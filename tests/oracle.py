"""The planner's definitions made code: brute force, for tests to compare the planner with.

It shares no code with the service and reads the raw graph document, so a mistake in the
service cannot hide here as well. Words: a *node* is a skill at a level; *held* is the set of
nodes a person has, always with all lower levels of the same skill; effort is in integer
hundredths of an hour.

Every answer about paths comes from one generator, `_learnable_sets`. It grows sets by one
learnable node at a time, so each of them is grounded by construction, and it yields them in
the canonical order (effort, number of nodes, catalogue positions), so the first that serves
is the answer.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from heapq import heappop, heappush
from itertools import takewhile
from typing import Any, NamedTuple, TypeAlias

Document: TypeAlias = Mapping[str, Any]
Group: TypeAlias = Mapping[str, Any]
Known: TypeAlias = Mapping[str, int]
Node: TypeAlias = tuple[str, int]

BOTH = "both"


class Optimum(NamedTuple):
    """A set of nodes to learn, in catalogue order, and its effort in hundredths of an hour."""

    effort: int
    nodes: tuple[Node, ...]


# ---------------------------------------------------------------- what the document says


def nodes(graph: Document) -> list[Node]:
    """Return every node in catalogue order: skills in file order, levels ascending."""
    return [
        (skill["id"], level)
        for skill in graph["skills"]
        for level in range(1, len(skill["levels"]) + 1)
    ]


def effort(graph: Document) -> dict[Node, int]:
    """Return each node's likely effort above the level below, in hundredths of an hour.

    Raises:
        ValueError: An effort has more than two decimals.
    """
    return {
        node: _hundredths(_level(graph, node)["effort_hours"]["likely"]) for node in nodes(graph)
    }


def prerequisites(graph: Document, node: Node) -> list[Group]:
    """Return the groups that a node requires besides its own lower level."""
    return list(_level(graph, node).get("requires", ()))


def wanted(group: Group) -> dict[str, int]:
    """Return the distinct skills of a group, each at its lowest listed level.

    >>> wanted({"of": [{"skill": "c", "level": 2}, {"skill": "c", "level": 1}]})
    {'c': 1}
    """
    lowest: dict[str, int] = {}
    for option in group.get("of", [group]):
        skill, level = option["skill"], option["level"]
        lowest[skill] = min(level, lowest.get(skill, level))
    return lowest


def at_least(group: Group) -> int:
    """Return how many distinct skills of a group are asked for; 1 for a single requirement."""
    return int(group.get("at_least", 1))


def target_groups(graph: Document, target: str) -> list[Group]:
    """Return the groups of a role, or of all roles together for `both`.

    Raises:
        ValueError: `target` is neither a role id nor `both`.
    """
    roles = [role for role in graph["roles"] if target in (BOTH, role["id"])]
    if not roles:
        raise ValueError(target)
    return [group for role in roles for group in role["requires"]]


def _level(graph: Document, node: Node) -> Mapping[str, Any]:
    skill, level = node
    levels = next(entry["levels"] for entry in graph["skills"] if entry["id"] == skill)
    found: Mapping[str, Any] = levels[level - 1]
    return found


def _hundredths(hours: float | Decimal) -> int:
    exact = Decimal(str(hours)) * 100
    if exact != int(exact):
        raise ValueError(hours)
    return int(exact)


# ---------------------------------------------------------------- what is held


def held_by(
    graph: Document, known: Known, *, assume_prerequisites: bool = True
) -> frozenset[Node]:
    """Return what somebody holds who knows these skills at these levels.

    A level above the top of its skill counts as the top. With `assume_prerequisites` a held
    node also credits, transitively, what it compulsorily rests on: its lower level, its single
    prerequisites, and groups that ask for all of their distinct skills. A group that leaves a
    choice credits nothing.

    Raises:
        ValueError: `known` names a skill that the graph does not hold.
    """
    catalogue = nodes(graph)
    if strange := known.keys() - dict(catalogue).keys():
        raise ValueError(sorted(strange))
    held = {(skill, level) for skill, level in catalogue if level <= known.get(skill, 0)}
    if not assume_prerequisites:
        return frozenset(held)
    while more := {below for node in held for below in _compulsory(graph, node)} - held:
        held |= more
    return frozenset(held)


def credited(graph: Document, known: Known) -> frozenset[Node]:
    """Return what is held only because something known compulsorily rests on it."""
    return held_by(graph, known) - held_by(graph, known, assume_prerequisites=False)


def _compulsory(graph: Document, node: Node) -> set[Node]:
    skill, level = node
    below = {(skill, level - 1)} if level > 1 else set()
    for group in prerequisites(graph, node):
        if at_least(group) == len(wanted(group)):
            below |= set(wanted(group).items())
    return below


def satisfied(group: Group, held: Collection[Node]) -> bool:
    """Say whether enough distinct skills of a group are held at their level or above."""
    have = _highest(held)
    met = [skill for skill, level in wanted(group).items() if have.get(skill, 0) >= level]
    return len(met) >= at_least(group)


def learnable(graph: Document, node: Node, held: Collection[Node]) -> bool:
    """Say whether an unheld node could be learned next."""
    return node not in held and not _lacking(graph, node, held)


def learned_from(
    graph: Document, held: Collection[Node], forbidden: Collection[Node] = ()
) -> frozenset[Node]:
    """Return all that is held once everything learnable but the forbidden has been learned."""
    reached = set(held)
    allowed = [node for node in nodes(graph) if node not in forbidden]
    while more := [node for node in allowed if learnable(graph, node, reached)]:
        reached.update(more)
    return frozenset(reached)


def readiness(groups: Sequence[Group], held: Collection[Node]) -> Fraction:
    """Return the weighted mean over the groups of how far each is met, from 0 to 1.

    A group scores min(1, held level / asked level) for each distinct skill, and is met as far
    as its `at_least` best scores are on average. No groups at all are met: 1.
    """
    weights = [Fraction(str(group.get("weight", 1))) for group in groups]
    if not weights:
        return Fraction(1)
    have = _highest(held)
    scores = [weight * _share(group, have) for weight, group in zip(weights, groups, strict=True)]
    return sum(scores, Fraction()) / sum(weights)


def _share(group: Group, have: Known) -> Fraction:
    shares = [
        min(Fraction(1), Fraction(have.get(skill, 0), level))
        for skill, level in wanted(group).items()
    ]
    best = sorted(shares, reverse=True)[: at_least(group)]
    return sum(best, Fraction()) / at_least(group)


def _highest(held: Collection[Node]) -> dict[str, int]:
    """Return the highest held level of each skill; later pairs of the sorted list win."""
    return dict(sorted(held))


def _lacking(graph: Document, node: Node, held: Collection[Node]) -> list[str]:
    """Return what keeps a node from being learned next, a sentence each."""
    skill, level = node
    below = [] if level == 1 or (skill, level - 1) in held else ["its lower level is not held"]
    return below + [
        f"its group {number} is not satisfied"
        for number, group in enumerate(prerequisites(graph, node), start=1)
        if not satisfied(group, held)
    ]


# ---------------------------------------------------------------- what to learn


def shortest(
    graph: Document, known: Known, groups: Sequence[Group], *, assume_prerequisites: bool = True
) -> Optimum | None:
    """Return the one shortest learning path as a set; None when the groups cannot be met.

    Least effort; ties by fewest nodes, then by the lexicographically smallest sorted tuple of
    catalogue positions.
    """
    held = held_by(graph, known, assume_prerequisites=assume_prerequisites)
    return _shortest(graph, held, groups)


def either(graph: Document, known: Known, *, assume_prerequisites: bool = True) -> str:
    """Return the id of the role that takes the least effort; ties in file order.

    Raises:
        ValueError: A role cannot be reached.
    """
    held = held_by(graph, known, assume_prerequisites=assume_prerequisites)
    hours: dict[str, int] = {
        role["id"]: _effort_to(graph, held, role["requires"]) for role in graph["roles"]
    }
    return min(hours, key=lambda role: hours[role])


def all_minimal(
    graph: Document, known: Known, groups: Sequence[Group], *, assume_prerequisites: bool = True
) -> list[Optimum]:
    """Return every inclusion-minimal set that can be learned and meets the groups.

    In canonical order, so the first is the optimum and the others are its alternatives.
    """
    held = held_by(graph, known, assume_prerequisites=assume_prerequisites)
    minimal: list[Optimum] = []
    for learned, met in _learnable_sets(graph, held, groups):
        # A smaller valid set costs no more and has fewer nodes: it has come before.
        if met and not any(set(earlier.nodes) < set(learned.nodes) for earlier in minimal):
            minimal.append(learned)
    return minimal


def within_budget(
    graph: Document,
    known: Known,
    groups: Sequence[Group],
    budget: int,
    *,
    assume_prerequisites: bool = True,
) -> tuple[Fraction, tuple[Node, ...]]:
    """Return the greatest readiness that fits the budget, and the set that gives it.

    Args:
        graph: The graph document.
        known: The level known of each skill.
        groups: The groups to be ready for.
        budget: Hundredths of an hour that may be spent, 0 or more.
        assume_prerequisites: Whether known nodes credit what they compulsorily rest on.

    Returns:
        The readiness afterwards and the nodes to learn in catalogue order; among equals the
        set with less effort, then fewer nodes, then earlier in the catalogue.
    """
    held = held_by(graph, known, assume_prerequisites=assume_prerequisites)
    sets = (learned for learned, _ in _learnable_sets(graph, held, groups))
    affordable = takewhile(lambda learned: learned.effort <= budget, sets)
    # `max` keeps the first of equals, and the sets come in canonical order.
    return max(
        ((readiness(groups, held.union(learned.nodes)), learned.nodes) for learned in affordable),
        key=lambda scored: scored[0],
    )


def leverage(
    graph: Document, known: Known, groups: Sequence[Group], *, assume_prerequisites: bool = True
) -> dict[Node, int]:
    """Return for each unheld node what the optimum falls by once it is held.

    The node is simply held together with its lower levels: it is no claim, so it credits
    nothing else, whatever `assume_prerequisites` says of the known nodes.

    Raises:
        ValueError: The groups cannot be met.
    """
    held = held_by(graph, known, assume_prerequisites=assume_prerequisites)
    now = _effort_to(graph, held, groups)
    return {
        (skill, level): now
        - _effort_to(graph, held.union((skill, lower) for lower in range(1, level + 1)), groups)
        for skill, level in nodes(graph)
        if (skill, level) not in held
    }


def candidates(
    graph: Document, known: Known, groups: Sequence[Group], *, assume_prerequisites: bool = True
) -> list[Node]:
    """Return the unheld nodes that can matter: the size of the search, in catalogue order."""
    held = held_by(graph, known, assume_prerequisites=assume_prerequisites)
    return _candidates(graph, held, groups)


# ---------------------------------------------------------------- checking answers


def is_path(
    graph: Document,
    known: Known,
    groups: Sequence[Group],
    sequence: Sequence[Node],
    *,
    assume_prerequisites: bool = True,
) -> list[str]:
    """Return the rules that a sequence of nodes breaks, a sentence each; none for a path.

    Args:
        graph: The graph document.
        known: The level known of each skill.
        groups: What must be satisfied at the end.
        sequence: The nodes in the order in which they are learned.
        assume_prerequisites: Whether known nodes credit what they compulsorily rest on.
    """
    held = set(held_by(graph, known, assume_prerequisites=assume_prerequisites))
    broken = []
    for step, node in enumerate(sequence, start=1):
        broken += [f"step {step}: {fault}" for fault in _step_faults(graph, node, held)]
        held.add(node)
    return broken + [
        f"target: group {number} is not satisfied"
        for number, group in enumerate(groups, start=1)
        if not satisfied(group, held)
    ]


def is_landmark(
    graph: Document,
    known: Known,
    groups: Sequence[Group],
    nodes_forbidden: Collection[Node],
    *,
    assume_prerequisites: bool = True,
) -> bool:
    """Say whether every path contains one of these nodes, by one forward chaining without them.

    Args:
        graph: The graph document.
        known: The level known of each skill; what is held stays held even when forbidden.
        groups: The target.
        nodes_forbidden: The nodes of the landmark.
        assume_prerequisites: Whether known nodes credit what they compulsorily rest on.
    """
    held = held_by(graph, known, assume_prerequisites=assume_prerequisites)
    reached = learned_from(graph, held, nodes_forbidden)
    return not all(satisfied(group, reached) for group in groups)


def _step_faults(graph: Document, node: Node, held: Collection[Node]) -> list[str]:
    if node not in nodes(graph):
        return ["it is not in the catalogue"]
    return (["it is held already"] if node in held else []) + _lacking(graph, node, held)


# ---------------------------------------------------------------- the search


@dataclass(frozen=True)
class _Mask:
    """A group over bits: bit i of `held` stands for the node at catalogue position i.

    Attributes:
        at_least: How many distinct skills are asked for.
        skills: For each distinct skill the bits of its levels that count.
    """

    at_least: int
    skills: tuple[int, ...]

    @classmethod
    def of(cls, group: Group, catalogue: Sequence[Node]) -> "_Mask":
        places = list(enumerate(catalogue))
        return cls(
            at_least(group),
            tuple(
                sum(1 << at for at, (name, level) in places if name == skill and level >= lowest)
                for skill, lowest in wanted(group).items()
            ),
        )

    def met(self, held: int) -> bool:
        return sum(1 for skill in self.skills if held & skill) >= self.at_least


def _learnable_sets(
    graph: Document, held: frozenset[Node], groups: Sequence[Group]
) -> Iterator[tuple[Optimum, bool]]:
    """Yield every set that can be learned, in canonical order, and whether it meets the groups.

    A set grows by one learnable node at a time. A set that meets the groups grows no further:
    no more readiness is to be had, and its supersets are not minimal. Each growth makes the
    key (effort, count, positions) greater, so the queue hands the sets out in its order.
    """
    catalogue, hours = nodes(graph), effort(graph)
    start = sum(1 << at for at, node in enumerate(catalogue) if node in held)
    target = [_Mask.of(group, catalogue) for group in groups]
    rules = _rules(graph, held, groups)
    queue: list[tuple[int, int, tuple[int, ...], int]] = [(0, 0, (), start)]
    seen = {start}
    while queue:
        spent, count, chosen, have = heappop(queue)
        met = all(mask.met(have) for mask in target)
        yield Optimum(spent, tuple(catalogue[at] for at in chosen)), met
        for at, masks in [] if met else rules.items():
            bigger = have | 1 << at
            if bigger not in seen and all(mask.met(have) for mask in masks):
                seen.add(bigger)
                more = spent + hours[catalogue[at]]
                heappush(queue, (more, count + 1, tuple(sorted((*chosen, at))), bigger))


def _rules(
    graph: Document, held: frozenset[Node], groups: Sequence[Group]
) -> dict[int, list[_Mask]]:
    """Return what each candidate needs, by catalogue position; its lower level is one need."""
    catalogue = nodes(graph)
    rules = {}
    for skill, level in _candidates(graph, held, groups):
        needs = prerequisites(graph, (skill, level))
        if level > 1:
            needs.append({"skill": skill, "level": level - 1})
        rules[catalogue.index((skill, level))] = [_Mask.of(need, catalogue) for need in needs]
    return rules


def _candidates(graph: Document, held: frozenset[Node], groups: Sequence[Group]) -> list[Node]:
    """Return the unheld nodes that the groups ask for, or that such a node may rest on.

    Any other node can be struck from a valid set: whatever counts it for a skill also holds
    the listed level of that skill, which is a candidate.
    """
    found: set[Node] = set()
    waiting = [node for group in groups for node in wanted(group).items()]
    while waiting:
        skill, level = waiting.pop()
        if (skill, level) in held | found:
            continue
        found.add((skill, level))
        waiting += [(skill, level - 1)] if level > 1 else []
        for group in prerequisites(graph, (skill, level)):
            waiting += wanted(group).items()
    return [node for node in nodes(graph) if node in found]


def _shortest(graph: Document, held: frozenset[Node], groups: Sequence[Group]) -> Optimum | None:
    return next((learned for learned, met in _learnable_sets(graph, held, groups) if met), None)


def _effort_to(graph: Document, held: frozenset[Node], groups: Sequence[Group]) -> int:
    optimum = _shortest(graph, held, groups)
    if optimum is None:
        raise ValueError(groups)
    return optimum.effort
