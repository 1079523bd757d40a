"""What is true of every plan on every graph, checked against brute force and as properties."""

from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.application.assess import Assessment, Assessor
from service.application.request import Question, Target, TargetKind
from service.domain.graph import SkillGraph, groups_of_all
from service.domain.learning_path import Proof
from service.domain.planner.planner import Planner
from service.domain.skill import Node, Requirement
from tests import oracle
from tests.laws.learners import Learner, learners
from tests.random_graphs import Case, graph_cases

LAW = settings(max_examples=60, deadline=None)
BATCHES = 12
CASES_IN_A_BATCH = 250


def walked(answer: Assessment) -> list[oracle.Node]:
    return [(str(step.node.skill), step.node.level) for step in answer.path.steps]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_plans_are_the_oracles_on_thousands_of_random_graphs(batch: int) -> None:
    for learner in learners(batch, CASES_IN_A_BATCH):
        answer = learner.assess()
        best = learner.optimum()
        path = walked(answer)

        assert sorted(path) == sorted(best.nodes)
        assert answer.path.effort.likely == best.effort
        assert answer.path.proof.is_optimal
        assert not oracle.is_path(
            learner.case.graph,
            learner.case.known,
            learner.case.groups,
            path,
            assume_prerequisites=learner.assume_prerequisites,
        )


@pytest.mark.parametrize("batch", range(2))
def test_standings_are_the_oracles(batch: int) -> None:
    for learner in learners(batch, CASES_IN_A_BATCH):
        answer = learner.assess()
        document, held = learner.case.graph, learner.held()
        for standing in answer.standings:
            groups = oracle.target_groups(document, standing.role.id)
            best = oracle.shortest(
                document,
                learner.case.known,
                groups,
                assume_prerequisites=learner.assume_prerequisites,
            )
            assert best is not None
            assert standing.readiness == oracle.readiness(groups, held)
            assert standing.effort.likely == best.effort
            assert bool(standing.gaps) == bool(best.nodes)
        efforts = [standing.effort.likely for standing in answer.standings]
        assert efforts == sorted(efforts)


@pytest.mark.parametrize("batch", range(2))
def test_either_reaches_the_oracles_role(batch: int) -> None:
    for learner in learners(batch, CASES_IN_A_BATCH):
        question = Question(learner.claims(), Target(TargetKind.EITHER))

        answer = Assessor(learner.graph).assess(question)

        assert answer.reached == (oracle.either(learner.case.graph, learner.case.known),)


@pytest.mark.parametrize("batch", range(2))
def test_every_landmark_holds_and_their_hours_pack(batch: int) -> None:
    for learner in learners(batch, CASES_IN_A_BATCH):
        answer = learner.assess()
        proof = answer.path.proof
        charged: dict[Node, int] = {}
        for price, nodes in proof.landmarks:
            assert oracle.is_landmark(
                learner.case.graph,
                learner.case.known,
                learner.case.groups,
                nodes,
                assume_prerequisites=learner.assume_prerequisites,
            )
            for node in nodes:
                charged[node] = charged.get(node, 0) + price
        assert_packs(learner.graph, charged)
        assert sum(price for price, _ in proof.landmarks) <= answer.path.effort.likely
        assert_consistent(proof, answer.path.effort.likely)


def assert_packs(graph: SkillGraph, charged: dict[Node, int]) -> None:
    for node, hours in charged.items():
        assert hours <= graph.likely[graph.position(node)]


def assert_consistent(proof: Proof, effort: int) -> None:
    total = sum(price for price, _ in proof.landmarks)
    assert proof.lower_bound == effort
    assert proof.by_landmarks == (total == effort)


@pytest.mark.parametrize("batch", range(2))
def test_the_outer_fringe_is_every_skill_whose_next_level_is_learnable(batch: int) -> None:
    for learner in learners(batch, CASES_IN_A_BATCH):
        document, held = learner.case.graph, learner.held()
        expected = []
        for skill in document["skills"]:
            level = 1 + max((node[1] for node in held if node[0] == skill["id"]), default=0)
            node = (skill["id"], level)
            if level <= len(skill["levels"]) and oracle.learnable(document, node, held):
                expected.append(skill["id"])

        assert list(learner.assess().learnable_now) == expected


@pytest.mark.parametrize("batch", range(2))
def test_a_decision_saves_what_the_best_path_without_the_step_costs_more(batch: int) -> None:
    for learner in learners(batch, CASES_IN_A_BATCH):
        best = learner.optimum().effort
        every = None
        for step in learner.assess().path.steps:
            if step.decision is None:
                continue
            every = every or oracle.all_minimal(
                learner.case.graph,
                learner.case.known,
                learner.case.groups,
                assume_prerequisites=learner.assume_prerequisites,
            )
            otherwise = min(o.effort for o in every if tuple(step.node) not in o.nodes)
            assert step.decision.saves == otherwise - best
            assert step.node not in step.decision.instead_of


@given(case=graph_cases(), data=st.data())
@LAW
def test_more_knowledge_never_lengthens_a_path(case: Case, data: st.DataObject) -> None:
    learner = Learner(case)
    held = learner.positions()
    more = data.draw(st.sampled_from(range(len(learner.graph.nodes))))
    node = learner.graph.nodes[more]

    assert learner.effort(held | set(learner.graph.levels_up_to(node))) <= learner.effort(held)


@given(case=graph_cases())
@LAW
def test_what_is_left_after_each_step_is_the_rest_of_the_path_and_its_hours(case: Case) -> None:
    learner = Learner(case)
    steps = learner.assess().path.steps
    for done in range(len(steps) + 1):
        learned = {step.position for step in steps[:done]}
        left = learner.plan_from(learner.positions() | learned)
        assert set(left.positions) == {step.position for step in steps[done:]}
        assert left.effort == sum(step.effort.likely for step in steps[done:])


def jumbled(listed: list[dict[str, Any]], source: Random) -> list[dict[str, Any]]:
    """Return requirements, and the options of each, in another order."""
    mixed = [
        {**group, "of": source.sample(group["of"], len(group["of"]))} if "of" in group else group
        for group in listed
    ]
    return source.sample(mixed, len(mixed))


@given(case=graph_cases(), source=st.randoms(use_true_random=False))
@LAW
def test_the_order_in_which_things_are_listed_changes_nothing(case: Case, source: Random) -> None:
    graph = deepcopy(case.graph)
    for listed in (
        *graph["roles"],
        *(level for skill in graph["skills"] for level in skill["levels"]),
    ):
        listed["requires"] = jumbled(listed.get("requires", []), source)
    source.shuffle(graph["roles"])
    known = dict(source.sample(sorted(case.known.items()), len(case.known)))
    other = Case(graph, known, case.target, jumbled(case.groups, source))

    answer, again = Learner(case).assess(), Learner(other).assess()

    assert walked(again) == walked(answer)
    assert again.path.effort == answer.path.effort
    assert again.learnable_now == answer.learnable_now
    assert {standing.role.id: standing.readiness for standing in again.standings} == {
        standing.role.id: standing.readiness for standing in answer.standings
    }


@given(case=graph_cases(), source=st.randoms(use_true_random=False))
@LAW
def test_the_order_of_the_skills_settles_nothing_but_ties(case: Case, source: Random) -> None:
    graph = {**case.graph, "skills": list(case.graph["skills"])}
    source.shuffle(graph["skills"])

    answer, again = Learner(case).assess(), Learner(case._replace(graph=graph)).assess()

    assert again.path.effort.likely == answer.path.effort.likely
    assert len(again.path.steps) == len(answer.path.steps)


@given(case=graph_cases(), data=st.data())
@LAW
def test_adding_an_alternative_never_lengthens_a_path(case: Case, data: st.DataObject) -> None:
    learner = Learner(case, assume_prerequisites=False)
    index = data.draw(st.sampled_from(range(len(case.groups))))
    node = data.draw(st.sampled_from(learner.graph.nodes))
    widened = list(learner.requirements)
    widened[index] = Requirement((*widened[index].options, node), widened[index].at_least)
    planner, held = Planner(learner.graph), learner.positions()

    wider = planner.plan(held, groups_of_all(learner.graph, widened))

    assert wider.effort <= learner.effort(held)


@given(case=graph_cases())
@LAW
def test_both_costs_at_least_either_and_at_most_the_sum(case: Case) -> None:
    learner = Learner(case)
    roles = [role.requires for role in learner.graph.roles.values()]
    planner, held = Planner(learner.graph), learner.positions()
    alone = [planner.plan(held, groups_of_all(learner.graph, role)).effort for role in roles]
    together = planner.plan(
        held, groups_of_all(learner.graph, [asked for role in roles for asked in role])
    ).effort

    assert max(alone) <= together <= sum(alone)


@given(case=graph_cases())
@LAW
def test_readiness_never_falls_along_a_path_and_ends_at_one(case: Case) -> None:
    learner = Learner(case)
    held = learner.held()
    path = walked(learner.assess())
    readiness = [
        oracle.readiness(case.groups, held.union(path[:length])) for length in range(len(path) + 1)
    ]

    assert readiness == sorted(readiness)
    assert readiness[-1] == 1


@given(case=graph_cases(), steps=st.integers(0, 40))
@LAW
def test_a_spent_budget_still_gives_a_path_and_an_honest_bound(case: Case, steps: int) -> None:
    learner = Learner(case)
    groups = groups_of_all(learner.graph, learner.requirements)
    plan = Planner(learner.graph, steps=steps).plan(learner.positions(), groups)
    walk = map(plan.node, plan.in_grounded_order())
    nodes = [(str(skill), level) for skill, level in walk]

    assert not oracle.is_path(case.graph, case.known, case.groups, nodes)
    assert plan.effort >= learner.optimum().effort
    assert sum(mark.price for mark in plan.proof().landmarks()) <= learner.optimum().effort
