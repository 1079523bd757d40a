"""What a request amounts to, and every fault of one that cannot be used."""

import pytest

from service.application.assess import Assessor
from service.application.request import (
    AskedGroup,
    AssessmentRequest,
    Claim,
    Question,
    Reading,
    TargetKind,
)
from service.application.understand import Understanding
from service.domain.errors import InvalidRequestError, UnknownRoleError
from service.domain.naming.resolver import Resolver
from service.domain.skill import Node, SkillId
from tests.builders import document, graph_of

RAW = document(
    "python 10 10 10",
    "kubernetes 10 10",
    "spark 10",
    "warehouse 10",
    roles={"ai-engineer": "python@2", "ml-engineer": "spark"},
)
RAW["skills"][1]["aliases"] = ["k8s"]
RAW["skills"][2] |= {"tools": ["Databricks"], "shared_aliases": ["streaming"]}
RAW["skills"][3] |= {"tools": ["Databricks"], "shared_aliases": ["streaming"]}
GRAPH = graph_of(RAW)
UNDERSTANDING = Understanding(GRAPH, Resolver(GRAPH.catalogue))


def read(*claims: tuple[str, int | str | None], **members: object) -> Reading:
    written = tuple(Claim(text, level) for text, level in claims)
    return UNDERSTANDING.read(AssessmentRequest(written, **members))  # type: ignore[arg-type]


def faults(*claims: tuple[str, int | str | None], **members: object) -> list[str]:
    with pytest.raises(InvalidRequestError) as caught:
        read(*claims, **members)
    return [fault.pointer for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        pytest.param(("python", 3), ("python", 3, "id"), id="by id"),
        pytest.param(("PYTHON", None), ("python", 2, "id"), id="case aside, at the usual level"),
        pytest.param(("K 8 s", 1), ("kubernetes", 1, "alias"), id="by alias, spacing aside"),
        pytest.param(("python", "working"), ("python", 2, "id"), id="by the id of a level"),
        pytest.param(("python", "Proficient"), ("python", 3, "id"), id="by the name of a level"),
        pytest.param(("kubernetes", 4), ("kubernetes", 2, "id"), id="above its top: its top"),
        pytest.param(("spark", None), ("spark", 1, "id"), id="a skill of one level has no other"),
    ],
)
def test_a_claim_is_understood(
    claim: tuple[str, int | str | None], expected: tuple[str, int, str]
) -> None:
    understood = read(claim).understood

    assert [(one.skill, one.level, one.match) for one in understood] == [expected]


def test_a_tool_speaks_for_every_skill_that_lists_it() -> None:
    understood = read(("Databricks", 1)).understood

    assert [one.skill for one in understood] == ["spark", "warehouse"]


def test_what_several_skills_claim_is_asked_and_never_credited() -> None:
    reading = read(("streaming", 2))

    assert reading.ambiguous[0].candidates == ("spark", "warehouse")
    assert reading.question.claims == ()


def test_what_is_not_understood_is_reported_and_the_rest_is_read() -> None:
    reading = read(("Pyhtno", 2), ("k8s", 1), ("underwater basket weaving", 3))

    assert [one.text for one in reading.unknown] == ["Pyhtno", "underwater basket weaving"]
    assert reading.unknown[0].suggestions[0][0] == "python"
    assert reading.question.claims == (Node(SkillId("kubernetes"), 1),)


def test_spelling_order_and_repetition_make_no_difference() -> None:
    one = read(("k8s", 1), ("python", 3), ("Kubernetes", 2), ("python", 1))
    other = read(("PYTHON", "proficient"), ("kubernetes", 2))

    assert one.question == other.question


def test_a_claim_that_was_read_before_counts_by_its_own_level() -> None:
    claims = [("python", 3), ("python", None), ("python", "aware"), ("kubernetes", 4)]

    readings = [read(*claims, *reversed(claims)) for _ in range(2)]

    levels = [one.level for one in readings[0].understood]
    assert levels == [3, 2, 1, 2, 2, 1, 2, 3]
    assert readings[0] == readings[1]
    assert readings[0].question.claims == (("python", 3), ("kubernetes", 2))


def test_level_nought_is_understood_and_claims_nothing() -> None:
    reading = read(("python", 0))

    assert reading.understood[0].level == 0
    assert reading.question.claims == ()


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        pytest.param(None, TargetKind.EITHER, id="left out: the nearest role"),
        pytest.param("either", TargetKind.EITHER, id="either"),
        pytest.param("both", TargetKind.BOTH, id="both"),
        pytest.param("ai-engineer", TargetKind.ROLE, id="a role"),
    ],
)
def test_targets(target: str | None, kind: TargetKind) -> None:
    assert read(target=target).question.target.kind is kind


def test_an_unknown_role_alone_is_an_error_of_its_own() -> None:
    with pytest.raises(UnknownRoleError) as caught:
        read(target="astronaut")

    assert caught.value.known_roles == ("ai-engineer", "ml-engineer")
    assert "astronaut" not in str(caught.value)


def test_all_faults_are_reported_at_once() -> None:
    assert faults(("python", 99), ("k8s", "grandmaster"), target="astronaut") == [
        "/skills/0/level",
        "/skills/1/level",
        "/target",
    ]


def own(*options: Claim, at_least: int = 1) -> tuple[AskedGroup, ...]:
    return (AskedGroup(options, at_least, is_single=len(options) == 1),)


def test_questions_share_the_nodes_of_the_graph() -> None:
    own = AskedGroup((Claim("k8s", 1), Claim("spark")))
    question = read(("python", 3), ("k8s", 2), requirements=(own,)).question

    nodes = [*question.claims, *question.target.requirements[0].options]

    assert len(nodes) == 4
    assert {id(node) for node in nodes} <= {id(node) for node in GRAPH.nodes}


def test_requirements_of_the_callers_own() -> None:
    asked = own(Claim("k8s", 1), Claim("Spark"), at_least=2)

    target = read(requirements=asked).question.target

    assert target.kind is TargetKind.REQUIREMENTS
    assert target.requirements[0].options == (("kubernetes", 1), ("spark", 1))
    assert target.requirements[0].at_least == 2


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        pytest.param(own(Claim("cobol", 1)), "/requirements/0/skill", id="an unknown skill"),
        pytest.param(own(Claim("streaming", 1)), "/requirements/0/skill", id="an ambiguous skill"),
        pytest.param(
            own(Claim("spark", 2)), "/requirements/0/level", id="a level that it does not have"
        ),
        pytest.param(own(Claim("python", 0)), "/requirements/0/level", id="level nought"),
        pytest.param(
            own(Claim("python", 1), Claim("cobol")),
            "/requirements/0/of/1/skill",
            id="an unknown skill among alternatives",
        ),
        pytest.param(
            own(Claim("python", 1), Claim("python", 2), at_least=2),
            "/requirements/0/at_least",
            id="more than there are distinct skills",
        ),
    ],
)
def test_requirements_that_cannot_be_used(asked: tuple[AskedGroup, ...], pointer: str) -> None:
    assert faults(requirements=asked) == [pointer]


def test_a_target_and_requirements_exclude_each_other() -> None:
    asked = own(Claim("python", 1))

    assert faults(target="both", requirements=asked) == ["/requirements"]


def test_equal_questions_are_equal_values() -> None:
    reading = read(("python", 1), hours_per_week=10)

    assert reading.question == Question(
        (Node(SkillId("python"), 1),), reading.question.target, hours_per_week=10
    )


def test_a_graph_without_roles_asks_for_requirements() -> None:
    bare = graph_of(document("python 10", roles={"unused": "python"}) | {"roles": []})
    understanding = Understanding(bare, Resolver(bare.catalogue))

    with pytest.raises(InvalidRequestError) as caught:
        understanding.read(AssessmentRequest())
    asked = understanding.read(AssessmentRequest(requirements=own(Claim("python", 1))))

    assert [fault.pointer for fault in caught.value.faults] == ["/requirements"]
    assert [step.node.skill for step in Assessor(bare).assess(asked.question).path.steps] == [
        "python"
    ]
