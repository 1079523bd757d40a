"""The graph that ships: sound, and true to what is known of the two roles."""

from pathlib import Path

import pytest

from service.adapters.graph_file import check_graph, load_graph
from service.application.assess import Assessment, Assessor
from service.application.request import Question, Target, TargetKind
from service.domain.errors import Severity
from service.domain.skill import Node, RoleId

SHIPPED = Path(__file__).parents[2] / "skills_graph.json"
GRAPH = load_graph(SHIPPED)
ASSESSOR = Assessor(GRAPH)
AI, ML = RoleId("ai-engineer"), RoleId("ml-engineer")
PROFILES = {profile.id: profile for profile in GRAPH.catalogue.profiles}
SOFTWARE = ("backend-engineer", "frontend-engineer", "full-stack-engineer", "devops-engineer")


def answer(profile: str | None, target: str = "either") -> Assessment:
    claims = tuple(
        sorted(
            PROFILES[profile].skills if profile else (),
            key=lambda node: GRAPH.first_position(node.skill),
        )
    )
    if target in GRAPH.roles:
        return ASSESSOR.assess(Question(claims, Target(TargetKind.ROLE, RoleId(target))))
    return ASSESSOR.assess(Question(claims, Target(TargetKind(target))))


def hours(profile: str | None, role: str) -> float:
    return answer(profile, role).path.effort.likely / 100


def test_it_has_no_defects() -> None:
    assert [d for d in check_graph(SHIPPED) if d.severity is Severity.ERROR] == []


def test_its_only_warnings_are_skills_that_no_role_needs() -> None:
    """Skills that postings name are understood even where they shorten no path."""
    assert {d.message.partition("'")[0] for d in check_graph(SHIPPED)} <= {"No role can need "}


def test_it_holds_both_roles_and_the_three_overlap_areas() -> None:
    overlap = {area.leverage_rank: area.id for area in GRAPH.catalogue.areas if area.overlap}

    assert set(GRAPH.roles) == {AI, ML}
    assert len(overlap) == 3
    assert overlap[1] == "evals"


def test_it_holds_at_least_sixty_skills_and_the_five_first_profiles() -> None:
    assert len(GRAPH.skills) >= 60
    assert {
        "backend-engineer",
        "frontend-engineer",
        "data-engineer",
        "data-scientist",
        "ml-engineer",
    } <= PROFILES.keys()


def test_every_skill_says_what_it_is_and_every_level_what_one_can_do() -> None:
    assert [skill.id for skill in GRAPH.skills.values() if not skill.description] == []
    assert [
        skill.id for skill in GRAPH.skills.values() for level in skill.levels if not level.outcome
    ] == []


def test_every_prerequisite_and_every_requirement_has_its_reason() -> None:
    reasons = [
        requirement.reason
        for skill in GRAPH.skills.values()
        for level in skill.levels
        for requirement in level.requires
    ] + [requirement.reason for role in GRAPH.roles.values() for requirement in role.requires]

    assert all(reasons)


def test_hours_that_are_measured_or_derived_name_their_source() -> None:
    assert [
        skill.id
        for skill in GRAPH.skills.values()
        for level in skill.levels
        if level.basis != "estimate" and not level.sources
    ] == []


@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize("target", ["either", "both"])
def test_every_common_profile_has_a_proven_path(profile: str, target: str) -> None:
    proof = answer(profile, target).path.proof

    assert proof.is_optimal
    assert proof.lower_bound == answer(profile, target).path.effort.likely


@pytest.mark.parametrize("profile", SOFTWARE)
def test_a_software_engineer_is_an_ai_engineer_in_three_to_six_months(profile: str) -> None:
    """At 15 hours a week, 13 to 26 weeks are 195 to 390 hours."""
    assert 195 <= hours(profile, AI) <= 390


def test_from_ml_to_ai_is_the_shorter_way() -> None:
    assert hours("ml-engineer", AI) < hours("ai-engineer", ML) / 1.5


def test_a_data_scientist_is_nearer_to_ml_than_a_backend_engineer() -> None:
    assert hours("data-scientist", ML) < hours("backend-engineer", ML)


def test_who_does_the_job_is_nearly_ready_for_it() -> None:
    for profile, role in (("ai-engineer", AI), ("ml-engineer", ML)):
        standing = answer(profile, role).standings[0]
        assert standing.role.id == role
        assert standing.readiness > 0.75


def test_a_beginner_has_the_longest_way() -> None:
    for role in (AI, ML):
        assert hours(None, role) >= max(hours(profile, role) for profile in PROFILES)


def test_who_knows_everything_has_nothing_to_learn() -> None:
    claims = tuple(Node(skill.id, skill.top_level) for skill in GRAPH.skills.values())
    done = ASSESSOR.assess(Question(claims, Target(TargetKind.BOTH)))

    assert done.path.steps == ()
    assert [standing.readiness for standing in done.standings] == [1, 1]
    assert done.learnable_now == ()


def test_typescript_serves_where_it_can_and_python_is_not_forced() -> None:
    steps = [step.node.skill for step in answer("frontend-engineer", AI).path.steps]

    assert "python" not in steps


def test_mathematics_is_not_forced_on_the_ai_engineer() -> None:
    steps = {step.node.skill for step in answer("backend-engineer", AI).path.steps}

    assert not steps & {"linear-algebra", "calculus", "ml-fundamentals"}


def test_the_path_to_both_begins_with_what_serves_both() -> None:
    path = answer("backend-engineer", "both").path
    served = [len({need.role for need in step.needed_for}) for step in path.steps]

    assert served == sorted(served, reverse=True)
