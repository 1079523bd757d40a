"""Planner cores side by side: what is missing for a role, in an order that can be learned.

Only the common part of the job is compared: all prerequisites compulsory, one goal, the set of
missing nodes in learning order with its hours. What the service's planner does besides
(alternatives, proof) the others cannot.
"""

import random
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import igraph
import networkx as nx
import rustworkx

from benchmarks.graphs import catalogue
from service.domain.graph import SkillGraph
from service.domain.planner.planner import Planner
from tests.builders import graph_of

QUESTIONS: Final = 40
KNOWN: Final = 20

Core = Callable[[frozenset[int]], tuple[int, list[int]]]
"""From held nodes to the hours (in hundredths) and the missing nodes in learning order."""


@dataclass(frozen=True)
class Job:
    """One graph with its goal and the questions.

    Attributes:
        edges: From each node to those that need it.
        wanted: The nodes that the role asks for.
    """

    graph: SkillGraph
    edges: list[tuple[int, int]]
    wanted: tuple[int, ...]
    questions: Sequence[frozenset[int]]


def job(size: int) -> Job:
    """Return the job on a catalogue of so many skills."""
    graph = graph_of(catalogue(size))
    edges = [
        (below, node) for node, all_below in enumerate(graph.compulsory) for below in all_below
    ]
    wanted = tuple(graph.group(need).options[0] for need in graph.catalogue.roles[0].requires)
    dice = random.Random(5)  # noqa: S311  reproducible questions
    ancestors = nx.DiGraph(edges)
    questions = []
    for _ in range(QUESTIONS):
        claimed = dice.sample(range(120), KNOWN)
        closed = set(claimed).union(*(nx.ancestors(ancestors, node) for node in claimed))
        questions.append(frozenset(closed))
    return Job(graph, edges, wanted, questions)


def ours(job: Job) -> Core:
    """Return the service's planner."""
    planner = Planner(job.graph)
    groups = tuple(job.graph.group(need) for need in job.graph.catalogue.roles[0].requires)

    def plan(held: frozenset[int]) -> tuple[int, list[int]]:
        found = planner.plan(held, groups)
        positions = found.solver.kernel.positions
        return found.effort, [positions[number] for number in found.in_grounded_order()]

    return plan


def on_networkx(job: Job) -> Core:
    """Return the usual way: ancestors of each wanted node, then a topological sort."""
    graph = nx.DiGraph(job.edges)
    likely = job.graph.likely

    def plan(held: frozenset[int]) -> tuple[int, list[int]]:
        needed = set(job.wanted).union(*(nx.ancestors(graph, node) for node in job.wanted)) - held
        order = list(nx.topological_sort(graph.subgraph(needed)))
        return sum(likely[node] for node in needed), order

    return plan


def on_rustworkx(job: Job) -> Core:
    """Return the same on rustworkx, with the order of all nodes sorted once."""
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(len(job.graph.nodes)))
    graph.add_edges_from_no_data(job.edges)
    rank = {node: place for place, node in enumerate(rustworkx.topological_sort(graph))}
    likely = job.graph.likely

    def plan(held: frozenset[int]) -> tuple[int, list[int]]:
        needed = set(job.wanted).union(*(rustworkx.ancestors(graph, n) for n in job.wanted)) - held
        return sum(likely[node] for node in needed), sorted(needed, key=rank.__getitem__)

    return plan


def on_igraph(job: Job) -> Core:
    """Return the same on igraph."""
    graph = igraph.Graph(len(job.graph.nodes), job.edges, directed=True)
    rank = {node: place for place, node in enumerate(graph.topological_sorting())}
    likely = job.graph.likely

    def plan(held: frozenset[int]) -> tuple[int, list[int]]:
        reached = graph.neighborhood(list(job.wanted), order=len(rank), mode="in")
        needed = set().union(*reached) - held
        return sum(likely[node] for node in needed), sorted(needed, key=rank.__getitem__)

    return plan


def on_sqlite(job: Job) -> Core:
    """Return the same as a recursive query on SQLite, with the depth of each node stored."""
    base = sqlite3.connect(":memory:", check_same_thread=False)
    base.execute("CREATE TABLE edge (below INTEGER, above INTEGER)")
    base.execute("CREATE TABLE node (id INTEGER PRIMARY KEY, likely INTEGER, place INTEGER)")
    base.executemany("INSERT INTO edge VALUES (?, ?)", job.edges)
    graph = nx.DiGraph(job.edges)
    graph.add_nodes_from(range(len(job.graph.nodes)))
    places = {node: place for place, node in enumerate(nx.topological_sort(graph))}
    likely = job.graph.likely
    base.executemany(
        "INSERT INTO node VALUES (?, ?, ?)", [(n, likely[n], places[n]) for n in places]
    )
    base.execute("CREATE INDEX by_above ON edge (above)")
    values = ", ".join(f"({node})" for node in job.wanted)
    query = (
        f"WITH RECURSIVE need (id) AS (VALUES {values} UNION "  # noqa: S608  numbers of our own
        "SELECT below FROM edge JOIN need ON above = need.id) "
        "SELECT node.id, likely FROM need JOIN node USING (id) ORDER BY place"
    )

    def plan(held: frozenset[int]) -> tuple[int, list[int]]:
        rows = [(node, hours) for node, hours in base.execute(query) if node not in held]
        return sum(hours for _, hours in rows), [node for node, _ in rows]

    return plan


CORES: Final = {
    "ours": ours,
    "networkx": on_networkx,
    "rustworkx": on_rustworkx,
    "igraph": on_igraph,
    "SQLite recursive CTE": on_sqlite,
}


def check(job: Job, cores: dict[str, Core]) -> None:
    """Fail unless all cores find the same nodes and hours, in an order that can be learned."""
    below = job.graph.compulsory
    for held in job.questions:
        expected = cores["networkx"](held)
        for name, core in cores.items():
            hours, order = core(held)
            assert (hours, sorted(order)) == (expected[0], sorted(expected[1])), name
            done = set(held)
            for node in order:
                assert done.issuperset(below[node]), name
                done.add(node)
