"""What is known of the two roles is there as data: checked by structure, never by wording."""

from pathlib import Path

import pytest

from service.adapters.graph_file import load_graph
from service.domain.skill import AreaId, RoleId, SkillId
from service.domain.soundness import never_needed

GRAPH = load_graph(Path(__file__).parents[2] / "skills_graph.json")
CATALOGUE = GRAPH.catalogue
AI, ML = RoleId("ai-engineer"), RoleId("ml-engineer")
BOTH = {AI, ML}
OVERLAP = ("evals", "retrieval", "observability-cost")


def asked_by(role: RoleId) -> dict[str, int]:
    """Return the lowest level at which each skill counts for a role."""
    return {
        option.skill: option.level
        for requirement in GRAPH.roles[role].requires
        for option in requirement.lowest_options()
    }


def test_each_role_has_its_layer_its_day_its_characteristics_and_its_stack() -> None:
    assert [(role.id, role.layer) for role in CATALOGUE.roles] == [
        (AI, "application"),
        (ML, "model"),
    ]
    for role in CATALOGUE.roles:
        assert role.summary
        assert len(role.day) == 3, "morning, afternoon and evening"
        assert len(role.characteristics) == 4
        assert len(role.stack) >= 5


@pytest.mark.parametrize(
    ("role", "skills"),
    [
        pytest.param(AI, "async http-apis resilience testing", id="a product engineer's base"),
        pytest.param(AI, "structured-output streaming-responses", id="answers as data, in time"),
        pytest.param(
            AI, "embeddings vector-search hybrid-retrieval reranking rag", id="retrieval"
        ),
        pytest.param(AI, "tool-calling agents eval-design prompt-engineering", id="agents, evals"),
        pytest.param(AI, "guardrails cost-latency observability", id="checks, cost and latency"),
        pytest.param(ML, "python testing distributed-systems", id="solid software engineering"),
        pytest.param(ML, "ml-fundamentals model-evaluation statistics", id="real fundamentals"),
        pytest.param(ML, "feature-engineering distribution-shift experiment-design", id="fluency"),
        pytest.param(ML, "feature-store model-registry ml-monitoring retraining", id="production"),
        pytest.param(ML, "batch-pipelines stream-processing training-pipelines", id="pipelines"),
        pytest.param(ML, "model-serving low-latency-inference", id="hard limits of time"),
    ],
)
def test_each_role_asks_for_the_skills_of_its_stack(role: RoleId, skills: str) -> None:
    assert set(skills.split()) <= asked_by(role).keys()


def test_mathematics_is_intuition_for_one_role_and_theory_for_the_other() -> None:
    assert not {"linear-algebra", "calculus", "probability"} & asked_by(AI).keys()
    assert {"linear-algebra", "calculus", "probability"} <= asked_by(ML).keys()


def test_eight_dimensions_compare_the_roles() -> None:
    assert len(CATALOGUE.comparison) == 8
    for dimension in CATALOGUE.comparison:
        by_role = dict(dimension.by_role)
        assert by_role.keys() == BOTH
        assert len(set(by_role.values())) == 2


def test_the_roles_meet_in_three_areas_evals_first() -> None:
    ranked = sorted((area.leverage_rank or 0, area.id) for area in CATALOGUE.areas if area.overlap)

    assert ranked == [(rank, AreaId(area)) for rank, area in enumerate(OVERLAP, start=1)]
    assert [overlap.area for overlap in CATALOGUE.overlap] == list(OVERLAP)
    for overlap in CATALOGUE.overlap:
        assert overlap.summary
        assert dict(overlap.by_role).keys() == BOTH


@pytest.mark.parametrize(
    ("area", "shared"),
    [
        pytest.param("evals", "eval-design regression-suites online-offline-gap", id="evals"),
        pytest.param("retrieval", "hybrid-retrieval reranking query-understanding", id="search"),
        pytest.param("observability-cost", "observability cost-latency", id="dashboards"),
    ],
)
def test_both_roles_ask_for_the_skills_of_each_overlap_area(area: str, shared: str) -> None:
    for skill in map(SkillId, shared.split()):
        assert GRAPH.skills[skill].area == area
        assert skill in asked_by(AI)
        assert skill in asked_by(ML)


def test_facts_about_pay_say_when_where_and_from_whom() -> None:
    assert {fact.id for fact in CATALOGUE.compensation} >= {
        "median-base",
        "gap-factors",
        "frontier-labs",
        "product-startups",
        "framing",
        "startup-equity",
        "scale-companies",
    }
    for fact in CATALOGUE.compensation:
        assert fact.statement
        assert fact.region == "US"
        assert "2026" in fact.as_of
        assert fact.source in {source.id for source in CATALOGUE.sources}


def test_six_questions_help_to_choose_and_every_answer_has_points_and_a_reason() -> None:
    assert [question.id for question in CATALOGUE.questions] == [
        *("ship", "moat", "feedback", "background", "mathematics", "stability")
    ]
    for question in CATALOGUE.questions:
        favoured = set()
        for option in question.options:
            points = dict(option.points)
            assert option.reason
            assert points
            assert points.keys() <= BOTH
            favoured |= {role for role in BOTH if points.get(role, 0) == max(points.values())}
        assert favoured == BOTH


@pytest.mark.parametrize(
    ("order", "proves"),
    [
        pytest.param(1, "rag embeddings hybrid-retrieval reranking", id="a retrieval chatbot"),
        pytest.param(2, "tool-calling agents eval-design regression-suites", id="an agent"),
        pytest.param(3, "observability cost-latency", id="cost and latency made visible"),
        pytest.param(4, "technical-writing", id="writing about it"),
    ],
)
def test_the_ninety_day_plan_is_four_projects_that_prove_skills(order: int, proves: str) -> None:
    (project,) = (p for p in CATALOGUE.projects if AI in p.roles and p.order == order)

    assert project.summary
    assert project.effort is not None
    assert set(proves.split()) <= {node.skill for node in project.proves}


@pytest.mark.parametrize("role", sorted(BOTH))
def test_what_a_project_proves_can_be_a_step_to_its_role(role: RoleId) -> None:
    idle = never_needed(GRAPH.groups, map(GRAPH.group, GRAPH.roles[role].requires))
    proved = {
        node
        for project in CATALOGUE.projects
        if project.roles[0] == role
        for node in project.proves
    }

    assert [node for node in sorted(proved) if GRAPH.position(node) in idle] == []


def test_there_is_advice_for_those_who_come_from_either_side_and_for_the_undecided() -> None:
    audiences = {advice.audience for advice in CATALOGUE.advice}

    assert {"software engineers", "ML engineers", "undecided", "job seekers"} <= audiences
    assert "optionality" in {advice.id for advice in CATALOGUE.advice}
    assert all(advice.text for advice in CATALOGUE.advice)


def test_codes_of_other_catalogues_are_their_own_and_stand_once() -> None:
    codes = [code for skill in CATALOGUE.skills for _, code in skill.same_as if code]

    assert len(codes) == len(set(codes))
    assert all(code.startswith("http://data.europa.eu/esco/skill/") for code in codes)
