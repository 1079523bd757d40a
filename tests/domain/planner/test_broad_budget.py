"""A budget for as many and as broad requirements as a request may have is bounded in steps."""

from pathlib import Path
from random import Random

import pytest

from service.adapters.graph_file import load_graph
from service.domain.learning_path import Aim
from service.domain.planner.budget import STEPS, within_budget
from service.domain.planner.planner import Plan, Planner
from service.domain.planner.prizes import Prizes
from service.domain.planner.work import Work, WorkSpentError
from service.domain.readiness import ReadinessScale
from service.domain.skill import Node, Requirement

SHIPPED = load_graph(Path("skills_graph.json"))

MANY = 64


def broad(need: int) -> tuple[Requirement, ...]:
    """Return 64 requirements of some of 64 skills, each at one of its levels."""
    source, skills = Random(need), SHIPPED.catalogue.skills
    return tuple(
        Requirement(
            tuple(
                Node(skill.id, source.randint(1, skill.top_level))
                for skill in source.sample(skills, MANY)
            ),
            need,
        )
        for _ in range(MANY)
    )


def plan_for(requirements: tuple[Requirement, ...]) -> Plan:
    return Planner(SHIPPED).plan(frozenset(), Aim.at_own(SHIPPED, requirements).goals.groups)


def compiled(need: int, *, inside_the_path: bool) -> tuple[Prizes | None, int]:
    """Return the prizes of such requirements, None where work ended, and the steps they took."""
    requirements, work = broad(need), Work(STEPS)
    plan = plan_for(requirements)
    kernel = plan.solver.kernel
    within = plan.chosen if inside_the_path else kernel.everything
    try:
        prizes = Prizes(kernel, 0, ReadinessScale(requirements), within, work)
    except WorkSpentError:
        return None, STEPS - work.left
    return prizes, STEPS - work.left


@pytest.mark.parametrize("need", [2, 32])
def test_compiling_more_prizes_than_can_be_searched_ends_on_its_work(need: int) -> None:
    prizes, steps = compiled(need, inside_the_path=False)

    assert prizes is None
    assert steps < STEPS * 11 // 10  # the last charge included


def test_where_all_options_count_each_is_one_prize() -> None:
    prizes, steps = compiled(MANY, inside_the_path=False)

    assert prizes is not None
    assert len(prizes.problem.goals) <= len(SHIPPED.nodes)
    assert MANY * MANY < steps <= STEPS // 2


def test_of_few_that_count_few_prizes_are_left_inside_the_path() -> None:
    prizes, steps = compiled(2, inside_the_path=True)

    assert prizes is not None
    assert len(prizes.problem.goals) <= len(SHIPPED.nodes)
    assert MANY * MANY < steps <= STEPS // 8


@pytest.mark.parametrize("need", [1, 32, MANY])
@pytest.mark.parametrize("hours", [40, 1000])
def test_what_ends_early_is_the_best_found_inside_the_path(need: int, hours: int) -> None:
    requirements = broad(need)
    plan = plan_for(requirements)

    found = within_budget(plan, requirements, {}, hours * 100)

    assert found.scope == "path"
    assert not found.plan.chosen & ~plan.chosen
    assert found.plan.effort <= hours * 100
    assert found.points_before < found.points_after <= found.full
