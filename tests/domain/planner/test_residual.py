"""HiGHS on what outlasts the search: right where it is sure, canonical among ties, and silent."""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from service.domain.graph import Group, SkillGraph
from service.domain.planner.kernel import Kernel
from service.domain.planner.planner import Planner
from service.domain.planner.residual import Solution, solved_by_program
from tests import oracle
from tests.builders import document, graph
from tests.laws.learners import Learner
from tests.random_graphs import Case, random_case

pytest.importorskip("highspy", reason="HiGHS is an optional dependency")


def some_learners() -> Iterator[Learner]:
    """Yield learners without circles."""
    for seed in range(80):
        yield Learner(random_case(Random(seed), acyclic=True))


def learners_with_many_ties() -> Iterator[Learner]:
    """Yield learners whose goals can be met in many ways that take as long as one another."""
    for seed in range(40):
        source = Random(seed)
        names = [f"s{number}" for number in range(12)]
        source.shuffle(names)
        lines = [f"{name} {source.randint(1, 2)}" for name in names[:4]]
        lines += [f"{name} 1: {source.choice(names[:4])}" for name in names[4:]]
        asked = [" | ".join(source.sample(names, 3)) for _ in range(6)]
        flat = document(*lines, roles={"target": ", ".join(asked)})
        asked_groups = [dict(group) for group in oracle.target_groups(flat, "target")]
        yield Learner(Case(flat, {}, "target", asked_groups))


@pytest.mark.parametrize("learners", [some_learners, learners_with_many_ties])
def test_it_finds_the_least_set(
    learners: Callable[[], Iterator[Learner]], capfd: pytest.CaptureFixture[str]
) -> None:
    for learner in learners():
        plan = learner.plan()
        kernel = plan.solver.kernel
        whole = kernel.problem(plan.held, *kernel.goals(plan.groups))
        if not whole.goals:
            continue

        solved = solved_by_program(kernel, whole, 0)

        assert solved is not None
        assert learner.nodes(plan.of_others(solved.chosen)) == learner.optimum().nodes
        assert solved == Solution(plan.chosen, is_shortest=True, is_least=True)
    assert capfd.readouterr().out == ""


def test_a_circle_is_left_alone() -> None:
    opened = graph("a 1: b | c", "b 1: a | d", "c 10", "d 12", roles={"target": "a"})
    kernel = Kernel(opened, range(len(opened.nodes)))
    goals = kernel.goals([opened.group(opened.role("target").requires[0])])

    assert solved_by_program(kernel, kernel.problem(0, *goals), 0) is None


@pytest.fixture
def covering() -> tuple[SkillGraph, list[Group]]:
    """Goals that share their options crosswise."""
    skills = [f"s{number} {number % 3 + 1}" for number in range(12)]
    triples = ", ".join(f"s{a} | s{(a * 5 + 1) % 12} | s{(a * 7 + 3) % 12}" for a in range(12))
    flat = graph(*skills, roles={"target": triples})
    return flat, [flat.group(requirement) for requirement in flat.role("target").requires]


def test_it_ends_what_the_search_does_not(covering: tuple[SkillGraph, list[Group]]) -> None:
    flat, groups = covering

    exact = Planner(flat).plan(frozenset(), groups)
    helped = Planner(flat, steps=120).plan(frozenset(), groups)

    assert helped.is_least
    assert helped.positions == exact.positions


def test_where_ties_stay_open_the_effort_is_proven_all_the_same(
    covering: tuple[SkillGraph, list[Group]], monkeypatch: pytest.MonkeyPatch
) -> None:
    flat, groups = covering
    monkeypatch.setattr("service.domain.planner.program.MOST_ITERATIONS", 0)

    exact = Planner(flat).plan(frozenset(), groups)
    helped = Planner(flat, steps=120).plan(frozenset(), groups)

    assert helped.effort == exact.effort
    assert helped.is_shortest
    assert not helped.is_least
