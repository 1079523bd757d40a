"""The planner beside networkx, rustworkx, HiGHS and CP-SAT, on the same people in one run.

    python -m benchmarks.planner [--people 200] [--seed 1] [--json FILE]

Everybody plans for people never seen before: random knowledge, one role. All answers are
compared before anything is timed. networkx and rustworkx know no alternatives: they plan the
catalogue without them, and with them only greedily, which is counted where it misses the
optimum. Times are CPU time of one process, model building included, in microseconds.

HiGHS and CP-SAT cannot be loaded into one process, so CP-SAT runs in a process of its own.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import quantiles
from time import process_time_ns
from typing import Any, NamedTuple

import highspy
import networkx as nx
import numpy as np
import rustworkx as rx

from service.domain.catalogue import Area, Catalogue, Level, Role
from service.domain.graph import Group, SkillGraph, groups_of_all
from service.domain.knowledge import KnowledgeState
from service.domain.planner.kernel import Kernel
from service.domain.planner.optimum import Solver
from service.domain.skill import (
    AreaId,
    Effort,
    Node,
    Requirement,
    RoleId,
    Skill,
    SkillId,
    SkillLevel,
)

LEVELS = 3
BLOCK = 150
"""Skills that may rest on one another: a field of its own in a larger catalogue."""

WARM_UP = 10
CATALOGUES = 10

GROUPS = range(18, 26)
"""Any-one-of groups at role size: of the catalogue, or of what the role can need."""

MOST_CHOICES = 60


class Shape(NamedTuple):
    """What a catalogue looks like.

    Attributes:
        skills: How many, of three levels each.
        choices: How many nodes have an any-one-of group.
        reach: How far back in the catalogue prerequisites lie at most.
        asked: How many requirements the role has.
        singles: How many single prerequisites a node has, drawn from these.
    """

    skills: int
    choices: int
    reach: int
    asked: int
    singles: tuple[int, ...]


class Person(NamedTuple):
    """Somebody to plan for: what is held, by position."""

    held: frozenset[int]


class Timed(NamedTuple):
    """What somebody answered, and how long each answer took in microseconds."""

    efforts: list[int]
    micros: list[float]

    def add(self, other: "Timed") -> None:
        """Take in the answers and times of more people."""
        self.efforts.extend(other.efforts)
        self.micros.extend(other.micros)


def catalogue(shape: Shape, rng: Random) -> SkillGraph:
    """Return a random catalogue with a role; prerequisites lead backwards, so it has no circle."""
    chosen = set(rng.sample(range(shape.skills // 4, shape.skills), shape.choices))
    skills = [_skill(at, shape, rng, has_choice=at in chosen) for at in range(shape.skills)]
    tail = range(shape.skills - min(shape.skills, BLOCK) // 2, shape.skills)
    asked = tuple(
        Requirement((Node(_id(at), rng.randint(2, LEVELS)),))
        for at in sorted(rng.sample(tail, shape.asked))
    )
    return SkillGraph(
        Catalogue(
            version="bench",
            as_of="2026-01-01",
            title="Bench",
            content_hash="",
            levels=tuple(Level(level, f"l{level}", f"L{level}") for level in range(1, LEVELS + 1)),
            areas=(Area(AreaId("a"), "A"),),
            skills=tuple(skills),
            roles=(Role(RoleId("role"), "Role", asked),),
        )
    )


def with_some_groups(rng: Random) -> SkillGraph:
    """Return a catalogue of role size that has 18 to 25 any-one-of groups."""
    return catalogue(_of_role_size(rng.choice(GROUPS)), rng)


def with_needed_groups(rng: Random) -> SkillGraph:
    """Return a catalogue of role size whose role can need 18 to 25 any-one-of groups."""
    while True:
        graph = catalogue(_of_role_size(rng.randint(GROUPS.start, MOST_CHOICES)), rng)
        needed = graph.relevant_to(_goals(graph))
        groups = [group for position in needed for group in graph.groups[position]]
        if sum(not group.is_compulsory for group in groups) in GROUPS:
            return graph


def _of_role_size(groups: int) -> Shape:
    return Shape(110, groups, 40, 15, (0, 0, 1))


def _skill(at: int, shape: Shape, rng: Random, *, has_choice: bool) -> Skill:
    levels = []
    chooser = rng.randrange(LEVELS) if has_choice else -1
    for level in range(LEVELS):
        likely = 100 * rng.randint(2, 30)
        requires = [
            Requirement((_below(at, shape, rng),))
            for _ in range(rng.choice(shape.singles))
            if at % BLOCK
        ]
        if level == chooser and at % BLOCK:
            options = {_below(at, shape, rng) for _ in range(rng.randint(3, 5))}
            by_skill = {node.skill: node for node in sorted(options, reverse=True)}
            requires.append(Requirement(tuple(by_skill.values())))
        levels.append(SkillLevel(Effort(likely, likely, likely), tuple(requires)))
    return Skill(_id(at), f"S{at}", AreaId("a"), tuple(levels))


def _below(at: int, shape: Shape, rng: Random) -> Node:
    return Node(
        _id(rng.randrange(max(at - at % BLOCK, at - shape.reach), at)), rng.randint(1, LEVELS)
    )


def _id(at: int) -> SkillId:
    return SkillId(f"s{at}")


def people(graph: SkillGraph, count: int, rng: Random) -> list[Person]:
    """Return people with random knowledge of what the role can need."""
    role = graph.roles[RoleId("role")]
    relevant = sorted(graph.relevant_to(groups_of_all(graph, role.requires)))
    skills = sorted({graph.nodes[position].skill for position in relevant})
    found = []
    for _ in range(count):
        share = rng.uniform(0, 0.5)
        claims = {skill: rng.randint(1, LEVELS) for skill in skills if rng.random() < share / 3}
        state = KnowledgeState.of(graph, claims, assume_prerequisites=True)
        found.append(Person(state.held))
    return found


# ---------------------------------------------------------------- the contestants


def ours(graph: SkillGraph, crowd: Sequence[Person], *, warm: bool) -> Timed:
    """Plan with the service's planner; cold starts with nothing remembered each time."""
    groups = _goals(graph)
    kernel = Kernel(graph, graph.relevant_to(groups))
    masks = [_mask(kernel, person) for person in crowd]
    shared = Solver(kernel)
    if warm:
        for mask in masks:
            shared.least(mask, groups)

    def plan(mask: int) -> int:
        if not warm:
            shared.forget()
        optimum = shared.least(mask, groups)
        assert optimum is not None
        assert optimum.is_least
        return kernel.effort(optimum.chosen)

    return timed(plan, masks)


def highs(graph: SkillGraph, crowd: Sequence[Person]) -> Timed:
    """Plan with HiGHS, without any gap and on one thread."""
    return timed(lambda model: _highs(*model), [model_of(graph, person) for person in crowd])


def closures(graph: SkillGraph, crowd: Sequence[Person], ancestors: Callable[[int], Any]) -> Timed:
    """Plan a catalogue without alternatives by the ancestors of what is asked."""
    asked = [option for group in _goals(graph) for option in group.options]
    likely = graph.likely

    def plan(person: Person) -> int:
        needed = set(asked)
        for position in asked:
            needed |= ancestors(position)
        return sum(likely[position] for position in needed - person.held)

    return timed(plan, crowd)


def greedily(graph: SkillGraph, crowd: Sequence[Person]) -> Timed:
    """Plan with networkx, taking of each any-one-of group the option of the cheapest closure."""
    single: nx.DiGraph[int] = nx.DiGraph()
    single.add_nodes_from(range(len(graph.nodes)))
    single.add_edges_from(
        (below, at) for at, needs in enumerate(graph.compulsory) for below in needs
    )

    def plan(person: Person) -> int:
        have, goals = set(person.held), list(_goals(graph))
        effort = 0
        while goals:
            forced = next((g for g in goals if len(g.options) == 1), None)
            group = forced or goals[0]
            goals.remove(group)
            if have.intersection(group.options):
                continue
            position = min(group.options, key=lambda option: closure_cost(option, have))
            have.add(position)
            effort += graph.likely[position]
            goals += graph.groups[position]
        return effort

    def closure_cost(option: int, have: set[int]) -> int:
        return sum(graph.likely[at] for at in {option, *nx.ancestors(single, option)} - have)

    return timed(plan, crowd)


def cp_sat(models: Sequence["Model"]) -> Timed:
    """Plan with CP-SAT in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.peers.cp_sat"],
        input=json.dumps([model._asdict() for model in models]),
        capture_output=True,
        text=True,
        check=True,
    )
    return Timed(**json.loads(done.stdout))


# ---------------------------------------------------------------- the integer program


class Model(NamedTuple):
    """One person's plan as an integer program over the nodes that could be needed.

    Attributes:
        costs: By variable, effort.
        goals: Groups that must be met, each as need and variables.
        rules: By variable, groups that it needs.
    """

    costs: list[int]
    goals: list[tuple[int, list[int]]]
    rules: list[list[tuple[int, list[int]]]]


def model_of(graph: SkillGraph, person: Person) -> Model:
    """Return the program; what is held is left out, which is the presolving that anybody does."""
    number: dict[int, int] = {}
    order: list[int] = []

    def lacking(groups: Sequence[Group]) -> list[tuple[int, list[int]]]:
        found = []
        for need, options in groups:
            left = need - sum(option in person.held for option in options)
            if left > 0:
                found.append((left, [variable(o) for o in options if o not in person.held]))
        return found

    def variable(position: int) -> int:
        if position not in number:
            number[position] = len(order)
            order.append(position)
        return number[position]

    goals = lacking(_goals(graph))
    rules = [lacking(graph.groups[position]) for position in order]  # `order` grows on the way
    return Model([graph.likely[position] for position in order], goals, rules)


def _highs(
    costs: list[int], goals: list[tuple[int, list[int]]], rules: list[list[tuple[int, list[int]]]]
) -> int:
    if not costs:
        return 0
    rows = [(options, [1.0] * len(options), need) for need, options in goals]
    rows += [
        ([*options, variable], [1.0] * len(options) + [-float(need)], 0)
        for variable, groups in enumerate(rules)
        for need, options in groups
    ]
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(costs), len(rows)
    program.col_cost_ = np.array(costs, dtype=float)
    program.col_lower_, program.col_upper_ = np.zeros(len(costs)), np.ones(len(costs))
    program.row_lower_ = np.array([need for _, _, need in rows], dtype=float)
    program.row_upper_ = np.full(len(rows), highspy.kHighsInf)
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(index) for index, _, _ in rows)])
    matrix.index_ = np.array([at for index, _, _ in rows for at in index])
    matrix.value_ = np.array([value for _, values, _ in rows for value in values])
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    solver = highspy.Highs()
    for option, setting in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, setting)
    solver.passModel(program)
    solver.run()
    return round(solver.getInfo().objective_function_value)


# ---------------------------------------------------------------- measuring


def timed(plan: Callable[[Any], int], questions: Sequence[Any]) -> Timed:
    """Return all answers with their times; the best of two tries each."""
    for question in questions[:WARM_UP]:
        plan(question)
    efforts, micros = [], []
    for question in questions:
        tries = []
        for _ in range(2):
            begun = process_time_ns()
            effort = plan(question)
            tries.append((process_time_ns() - begun) / 1e3)
        efforts.append(effort)
        micros.append(min(tries))
    return Timed(efforts, micros)


def _goals(graph: SkillGraph) -> tuple[Group, ...]:
    return groups_of_all(graph, graph.roles[RoleId("role")].requires)


def percentile(micros: Sequence[float], percent: int) -> float:
    """Return a percentile of some times."""
    return quantiles(micros, n=100, method="inclusive")[percent - 1]


def with_alternatives(
    task: str, make: Callable[[Random], SkillGraph], count: int, rng: Random
) -> list[dict[str, Any]]:
    """Measure the search among alternatives at role size, over several catalogues."""
    cold, warm, mip, sat, greedy = (Timed([], []) for _ in range(5))
    for _ in range(CATALOGUES):
        graph = make(rng)
        crowd = people(graph, count // CATALOGUES, rng)
        cold.add(ours(graph, crowd, warm=False))
        warm.add(ours(graph, crowd, warm=True))
        mip.add(highs(graph, crowd))
        sat.add(cp_sat([model_of(graph, person) for person in crowd]))
        greedy.add(greedily(graph, crowd))
    assert cold.efforts == warm.efforts == mip.efforts == sat.efforts
    assert all(a >= b for a, b in zip(greedy.efforts, cold.efforts, strict=True))
    misses = sum(a > b for a, b in zip(greedy.efforts, cold.efforts, strict=True))
    return [
        row(task, "ours, cold", cold, cold),
        row(task, "ours, warm", warm, cold),
        row(task, "HiGHS", mip, cold),
        row(task, "HiGHS against warm", mip, warm),
        row(task, "CP-SAT", sat, cold),
        row(task, f"networkx, greedy: {misses} of {len(cold.efforts)} too long", greedy, cold),
    ]


def without_alternatives(count: int, rng: Random) -> list[dict[str, Any]]:
    """Measure plain closures at role size."""
    graph = catalogue(Shape(110, 0, 40, 12, (0, 1, 1, 2)), rng)
    crowd = people(graph, count, rng)
    digraph = graph.union_of_options
    rust = rx.PyDiGraph()
    rust.add_nodes_from(range(len(graph.nodes)))
    rust.add_edges_from_no_data(list(digraph.edges))
    cold = ours(graph, crowd, warm=False)
    slow = closures(graph, crowd, lambda position: nx.ancestors(digraph, position))
    fast = closures(graph, crowd, lambda position: rx.ancestors(rust, position))
    assert cold.efforts == slow.efforts == fast.efforts
    task = "110 skills, none"
    return [
        row(task, "ours", cold, cold),
        row(task, "networkx", slow, cold),
        row(task, "rustworkx", fast, cold),
    ]


def at_scale(count: int, rng: Random) -> list[dict[str, Any]]:
    """Measure the same role and people in a catalogue of its own and in one of 14,000 skills."""
    small = catalogue(Shape(150, 25, 40, 15, (0, 0, 1)), rng)
    measured: list[tuple[str, Timed]] = []
    for graph in (small, padded(small, 14_000)):
        crowd = people(graph, count, Random(str(count)))  # noqa: S311 - the same people twice
        cold = ours(graph, crowd, warm=False)
        assert highs(graph, crowd).efforts == cold.efforts
        steps = [max(1, length) for length in _path_lengths(graph, crowd)]
        per_step = Timed(cold.efforts, [m / s for m, s in zip(cold.micros, steps, strict=True)])
        measured.append((f"ours, {len(graph.skills)} skills", per_step))
    assert measured[0][1].efforts == measured[1][1].efforts
    return [row("time per step", who, times, measured[0][1]) for who, times in measured]


def padded(graph: SkillGraph, size: int) -> SkillGraph:
    """Return a graph among so many more skills that it is one of `size`."""
    some = graph.catalogue.skills
    others = (
        replace(some[at % len(some)], id=SkillId(f"x{at}"), levels=_bare(some[at % len(some)]))
        for at in range(size - len(some))
    )
    return SkillGraph(replace(graph.catalogue, skills=(*others, *some)))


def _bare(skill: Skill) -> tuple[SkillLevel, ...]:
    return tuple(SkillLevel(level.effort) for level in skill.levels)


def _path_lengths(graph: SkillGraph, crowd: Sequence[Person]) -> list[int]:
    groups = _goals(graph)
    kernel = Kernel(graph, graph.relevant_to(groups))
    optima = [Solver(kernel).least(_mask(kernel, person), groups) for person in crowd]
    return [optimum.chosen.bit_count() for optimum in optima if optimum]


def _mask(kernel: Kernel, person: Person) -> int:
    return sum(1 << kernel.number[p] for p in person.held if p in kernel.number)


def row(task: str, who: str, times: Timed, base: Timed) -> dict[str, Any]:
    """Return one line of the table: times, and how many times those of the base they are."""
    found: dict[str, Any] = {"task": task, "who": who}
    for percent in (50, 99):
        micros, unit = percentile(times.micros, percent), percentile(base.micros, percent)
        found[f"p{percent}_us"] = round(micros, 1)
        found[f"p{percent}_ratio"] = round(micros / unit, 2)
    return found


def main() -> None:
    """Measure everything and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rng = Random(options.seed)  # noqa: S311 - test data, no secrets
    rows = [
        *with_alternatives("110 skills, 18-25 groups", with_some_groups, options.people, rng),
        *with_alternatives("... all within the role", with_needed_groups, options.people, rng),
        *without_alternatives(options.people, rng),
        *at_scale(options.people, rng),
    ]
    print(f"{'':25} {'':45} {'p50 us':>10} {'ratio':>7} {'p99 us':>10} {'ratio':>7}")
    for line in rows:
        print(
            f"{line['task']:25} {line['who']:45} {line['p50_us']:10.1f} {line['p50_ratio']:7.2f}"
            f" {line['p99_us']:10.1f} {line['p99_ratio']:7.2f}"
        )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
