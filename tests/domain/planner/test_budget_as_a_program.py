"""On the shipped graph, a budget is spent as well as an integer program would spend it."""

import json
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

import pytest

from service.domain.graph import groups_of_all
from service.domain.knowledge import KnowledgeState
from service.domain.planner.budget import within_budget
from service.domain.planner.planner import Planner
from service.domain.skill import RoleId
from tests import oracle
from tests.builders import graph_of

highspy = pytest.importorskip("highspy", reason="HiGHS is an optional dependency")

SETTINGS = (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5))

SHIPPED = json.loads(Path("skills_graph.json").read_bytes())


@pytest.mark.parametrize(
    ("profile", "roles", "hours"),
    [
        ("backend-engineer", ("ai-engineer",), 60),
        ("backend-engineer", ("ml-engineer",), 100),
        ("backend-engineer", ("ai-engineer", "ml-engineer"), 400),
        ("new-graduate", ("ai-engineer",), 20),
        ("qa-engineer", ("ml-engineer",), 60),
        ("career-changer", ("ai-engineer",), 60),
        ("new-graduate", ("ml-engineer",), 200),
    ],
)
def test_no_set_within_the_budget_is_better(
    profile: str, roles: tuple[str, ...], hours: int
) -> None:
    graph = graph_of(SHIPPED)
    claims = next(one for one in graph.catalogue.profiles if one.id == profile).skills
    state = KnowledgeState.of(graph, dict(claims), assume_prerequisites=True)
    asked = [one for role in roles for one in graph.roles[RoleId(role)].requires]
    plan = Planner(graph).plan(state.held, groups_of_all(graph, asked))

    found = within_budget(plan, asked, state.levels(), hours * 100)

    known = {str(skill): level for skill, level in claims}
    assert found.scope == "all"
    assert found.plan.effort <= hours * 100
    assert Fraction(found.points_after, found.full) == most_readiness(roles, known, hours * 100)


def most_readiness(roles: tuple[str, ...], known: dict[str, int], budget: int) -> Fraction:
    """Return the greatest readiness within a budget, from the document alone."""
    held = oracle.held_by(SHIPPED, known, assume_prerequisites=True)
    program = Program()
    column = {node: program.column() for node in oracle.nodes(SHIPPED) if node not in held}
    efforts = oracle.effort(SHIPPED)
    program.at_least(-budget, {own: -efforts[node] for node, own in column.items()})
    for node in column:
        rest_on(program, column, node)
    groups = [group for role in roles for group in oracle.target_groups(SHIPPED, role)]
    unit = lcm(
        *(oracle.at_least(g) * asked for g in groups for asked in oracle.wanted(g).values())
    )
    for group in groups:
        count(program, column, group, unit)
    return Fraction(program.most(), unit * sum(group.get("weight", 1) for group in groups))


def rest_on(program: "Program", column: dict[oracle.Node, int], node: oracle.Node) -> None:
    """Let a node be taken only with what it rests on."""
    skill, level = node
    below = [{"skill": skill, "level": level - 1}] if level > 1 else []
    for group in [*below, *oracle.prerequisites(SHIPPED, node)]:
        options = oracle.wanted(group).items()
        need = oracle.at_least(group) - sum(option not in column for option in options)
        taken = {column[option]: 1 for option in options if option in column}
        program.at_least(0, taken | {column[node]: -max(0, need)})


def count(
    program: "Program", column: dict[oracle.Node, int], group: oracle.Group, unit: int
) -> None:
    """Let as many options of a group count as it needs, level by level."""
    counted = {}
    for skill, asked in oracle.wanted(group).items():
        counts = program.column()
        counted[counts] = -1
        worth = group.get("weight", 1) * unit // (oracle.at_least(group) * asked)
        for level in range(1, asked + 1):
            gained = program.column(worth)
            program.at_least(0, {counts: 1, gained: -1})
            if (skill, level) in column:
                program.at_least(0, {column[skill, level]: 1, gained: -1})
    program.at_least(-oracle.at_least(group), counted)


class Program:
    """A program in columns of 0 or 1, built row by row; the sum of what they are worth counts."""

    def __init__(self) -> None:
        self.worth: list[int] = []
        self.rows: list[tuple[int, dict[int, int]]] = []

    def column(self, worth: int = 0) -> int:
        self.worth.append(worth)
        return len(self.worth) - 1

    def at_least(self, least: int, factors: dict[int, int]) -> None:
        self.rows.append((least, factors))

    def most(self) -> int:
        solver: Any = highspy.Highs.__base__()
        for name, value in SETTINGS:  # HiGHS refuses another number of threads in one process
            solver.setOptionValue(name, value)
        solver.passModel(self._model())
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return -round(float(solver.getInfo().objective_function_value))

    def _model(self) -> Any:  # noqa: ANN401 - the module has no types
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.worth), len(self.rows)
        model.col_cost_ = [-float(worth) for worth in self.worth]
        model.col_lower_, model.col_upper_ = [0.0] * len(self.worth), [1.0] * len(self.worth)
        model.row_lower_ = [float(least) for least, _ in self.rows]
        model.row_upper_ = [highspy.kHighsInf] * len(self.rows)
        starts = [0]
        for _, factors in self.rows:
            starts.append(starts[-1] + len(factors))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts
        model.a_matrix_.index_ = [at for _, factors in self.rows for at in factors]
        model.a_matrix_.value_ = [float(f) for _, factors in self.rows for f in factors.values()]
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.worth)
        return model
