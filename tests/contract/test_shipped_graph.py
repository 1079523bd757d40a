"""The graph that ships: sound, and true to what is known of the two roles."""

from fractions import Fraction
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from service.adapters.graph_file import check_graph, load_graph
from service.application.assess import Assessment, Assessor
from service.application.request import Question, Target, TargetKind
from service.domain.readiness import ReadinessScale
from service.domain.skill import Node, RoleId, SkillId
from service.domain.ways import Way, ways_to_all_roles, ways_to_each_role

SHIPPED = Path(__file__).parents[2] / "skills_graph.json"
GRAPH = load_graph(SHIPPED)
ASSESSOR = Assessor(GRAPH)
AI, ML = RoleId("ai-engineer"), RoleId("ml-engineer")
PROFILES = {profile.id: profile for profile in GRAPH.catalogue.profiles}
SOFTWARE = ("backend-engineer", "frontend-engineer", "full-stack-engineer", "devops-engineer")


@cache
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


@cache
def ways() -> dict[tuple[str | None, tuple[RoleId, ...]], Way]:
    every = chain(ways_to_each_role(GRAPH), ways_to_all_roles(GRAPH))
    return {(way.start, way.roles): way for way in every}


def hours(profile: str | None, role: RoleId) -> float:
    return ways()[profile, (role,)].effort.likely / 100


def skills_on_the_way(profile: str, role: RoleId) -> set[str]:
    return {GRAPH.nodes[each].skill for each in ways()[profile, (role,)].plan.positions}


def test_it_has_neither_defects_nor_warnings() -> None:
    assert check_graph(SHIPPED) == ()


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


def test_every_common_profile_has_a_proven_path_to_every_role() -> None:
    assert {way.start for way in ways().values()} == {None, *PROFILES}
    assert [key for key, way in ways().items() if not way.plan.is_least] == []


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
        readiness = ReadinessScale(GRAPH.roles[role].requires).readiness(
            ways()[profile, (role,)].state.levels()
        )
        assert 0.75 < readiness < 1


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
    assert "python" not in skills_on_the_way("frontend-engineer", AI)


def test_mathematics_is_not_forced_on_the_ai_engineer() -> None:
    assert not skills_on_the_way("backend-engineer", AI) & {
        "linear-algebra",
        "calculus",
        "ml-fundamentals",
    }


def test_the_path_to_both_begins_with_what_serves_both() -> None:
    path = answer("backend-engineer", "both").path
    served = [len({need.role for need in step.needed_for}) for step in path.steps]

    assert served == sorted(served, reverse=True)


def test_a_budget_that_cannot_be_spent_exactly_is_still_spent_well() -> None:
    claims = (Node(SkillId("typescript"), 3), Node(SkillId("react"), 3))
    known = tuple(sorted(claims, key=lambda node: GRAPH.first_position(node.skill)))
    spent = ASSESSOR.assess(
        Question(known, Target(TargetKind.ROLE, RoleId("ai-engineer")), budget=6000)
    ).spending

    assert spent is not None
    assert spent.effort.likely <= 6000
    assert spent.after - spent.before > Fraction(1, 5)
