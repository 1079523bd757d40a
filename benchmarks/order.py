"""How early the order of learning pays: ``python -m benchmarks.order [PEOPLE]``.

The rule of `service.domain.planner.order` is a heuristic where nodes share what they rest on. Here
it is held against Sidney's decomposition, worked out exactly by minimum cuts, and against the
lower bound that follows from it: in no order can a block have a greater ratio than the first, so
the best is an order of the blocks whose nodes could be taken in slices. What is compared is the
weighted sum of completion times, hours times points of readiness, of people who hold random
skills, for each role. No times are taken.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from statistics import median
from typing import Final, NamedTuple

import networkx as nx

from service.adapters.graph_file import load_graph
from service.domain.catalogue import Role
from service.domain.graph import SkillGraph
from service.domain.knowledge import KnowledgeState
from service.domain.planner.bits import members
from service.domain.planner.order import Grounds, Merit, in_learning_order
from service.domain.planner.planner import Goals, Planner
from service.domain.readiness import ReadinessScale
from service.domain.skill import highest_levels

PEOPLE: Final = 25
HELD: Final = (0, 10, 20, 40)
SOURCE: Final = -1
SINK: Final = -2


class Case(NamedTuple):
    """One path to be ordered."""

    grounds: Grounds
    merits: Mapping[int, Merit]


def main() -> None:
    """Print the report."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    graph = load_graph(Path("skills_graph.json"))
    above_bound, above_blocks = [], []
    for case in _cases(graph, people):
        ours = _delay(in_learning_order(*case), case.merits)
        blocks = list(_sidney_blocks(case))
        above_bound.append(ours / _least_delay(blocks, case.merits))
        above_blocks.append(ours / _delay(_ordered(blocks, case), case.merits))
    print(f"{len(above_bound)} paths; ratios: median, greatest")
    for name, ratios in (
        ("the rule / the lower bound", above_bound),
        ("the rule / Sidney's blocks, each ordered by the rule", above_blocks),
    ):
        print(f"{name:55}{float(median(ratios)):8.4f}{float(max(ratios)):8.4f}")


def _cases(graph: SkillGraph, people: int) -> Iterator[Case]:
    chance = Random(1)  # noqa: S311  reproducible people
    planner = Planner(graph)
    for number in range(people):
        count = HELD[number % len(HELD)]
        claims = {
            skill: chance.randint(1, 3) for skill in chance.sample(list(graph.skills), count)
        }
        state = KnowledgeState.of(graph, claims, assume_prerequisites=True)
        for role in graph.roles.values():
            yield _case(graph, planner, state, role)


def _case(graph: SkillGraph, planner: Planner, state: KnowledgeState, role: Role) -> Case:
    plan = planner.plan(state.held, Goals(graph, role.requires).groups)
    kernel = plan.solver.kernel
    nodes = [graph.nodes[position] for position in plan.positions]
    reached = highest_levels(nodes, state.levels())
    grounds = plan.grounds
    efforts = {
        plan.node(number): kernel.effort(closure) for number, closure in grounds.closure.items()
    }
    worth = ReadinessScale(role.requires).worth_of(reached, nodes, efforts)
    merits = {
        number: Merit((), worth[plan.node(number)], kernel.cost[number], kernel.positions[number])
        for number in grounds.sequence
    }
    return Case(grounds, merits)


def _delay(order: Sequence[int], merits: Mapping[int, Merit]) -> int:
    """Return the weighted sum of completion times."""
    hours = delay = 0
    for number in order:
        hours += merits[number].effort
        delay += merits[number].worth * hours
    return delay


def _least_delay(blocks: Sequence[set[int]], merits: Mapping[int, Merit]) -> Fraction:
    """Return a lower bound of every order's delay.

    Every block is worth as much an hour from its first hour to its last, as no order can do;
    a node, however, counts only when it is learned.
    """
    hours, delay = 0, Fraction(0)
    for block in blocks:
        worth, effort = _worth(block, merits), _effort(block, merits)
        delay += worth * (hours + Fraction(effort, 2))
        hours += effort
    return delay + sum(Fraction(merit.worth * merit.effort, 2) for merit in merits.values())


def _ordered(blocks: Sequence[set[int]], case: Case) -> list[int]:
    """Return the blocks in turn, each in the order that the rule gives it alone."""
    order: list[int] = []
    for block in blocks:
        mask = sum(1 << number for number in block)
        inside = Grounds(
            tuple(number for number in case.grounds.sequence if number in block),
            {number: case.grounds.direct[number] & mask for number in block},
            {number: case.grounds.closure[number] & mask for number in block},
        )
        order += in_learning_order(inside, {number: case.merits[number] for number in block})
    return order


def _sidney_blocks(case: Case) -> Iterator[set[int]]:
    """Yield Sidney's blocks: again and again the closed set of the greatest ratio."""
    left = set(case.grounds.sequence)
    while left:
        block = _densest_closure(left, case)
        yield block
        left = left - block


def _densest_closure(left: set[int], case: Case) -> set[int]:
    """Return the set of the greatest worth per hour that is closed under prerequisites.

    By Dinkelbach's method: as long as some closed set is worth more than its hours at the ratio
    of the best one so far, it is the better one.
    """
    best = left
    while True:
        worth, effort = _worth(best, case.merits), _effort(best, case.merits)
        better = _most_worth(left, case, worth, effort)
        if not better:
            return best
        best = better


def _most_worth(left: set[int], case: Case, worth: int, effort: int) -> set[int]:
    """Return the closed set worth most beyond its hours at a ratio; empty where none is."""
    network = nx.DiGraph()
    network.add_nodes_from((SOURCE, SINK))
    possible = 0
    for number in left:
        merit = case.merits[number]
        beyond = merit.worth * effort - merit.effort * worth
        if beyond > 0:
            network.add_edge(SOURCE, number, capacity=beyond)
            possible += beyond
        else:
            network.add_edge(number, SINK, capacity=-beyond)
        for below in members(case.grounds.direct[number]):
            if below in left:
                network.add_edge(number, below)  # unbounded
    cut, (closed, _) = nx.minimum_cut(network, SOURCE, SINK)
    return closed - {SOURCE} if cut < possible else set()


def _worth(nodes: set[int], merits: Mapping[int, Merit]) -> int:
    return sum(merits[number].worth for number in nodes)


def _effort(nodes: set[int], merits: Mapping[int, Merit]) -> int:
    return sum(merits[number].effort for number in nodes)


if __name__ == "__main__":
    main()
