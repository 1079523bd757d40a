"""What claims hold, what they credit, and what can be learned next."""

import pytest

from service.domain.graph import SkillGraph
from service.domain.knowledge import KnowledgeState, OuterFringe
from service.domain.skill import Node, SkillId
from tests.builders import graph

GRAPH = graph(
    "shell 5 5",
    "docker 5 5: shell@1; shell@2",
    "kubernetes 9 9: docker@2",
    "python 40 40",
    "typescript 40 40",
    "agents 10: python | typescript",
    "pair 3: 2 of shell | python",
    roles={"target": "kubernetes@2"},
)


def state(
    claims: dict[str, int], *, assume: bool = True, of: SkillGraph = GRAPH
) -> KnowledgeState:
    written = {SkillId(skill): level for skill, level in claims.items()}
    return KnowledgeState.of(of, written, assume_prerequisites=assume)


@pytest.mark.parametrize(
    ("claims", "credited"),
    [
        pytest.param({}, [], id="nothing claimed: nothing credited"),
        pytest.param(
            {"docker": 1}, [("shell", 1, "docker")], id="a single prerequisite is credited"
        ),
        pytest.param(
            {"kubernetes": 1},
            [("shell", 2, "kubernetes"), ("docker", 2, "kubernetes")],
            id="transitively, at the level that is needed",
        ),
        pytest.param({"agents": 1}, [], id="where there was a choice nothing is credited"),
        pytest.param(
            {"pair": 1},
            [("shell", 1, "pair"), ("python", 1, "pair")],
            id="a group without freedom of choice is credited",
        ),
        pytest.param(
            {"docker": 2, "shell": 1},
            [("shell", 2, "docker")],
            id="a claim below what another rests on is raised",
        ),
        pytest.param(
            {"docker": 1, "kubernetes": 1},
            [("shell", 2, "kubernetes"), ("docker", 2, "kubernetes")],
            id="the cause is the claim that the highest level comes from",
        ),
    ],
)
def test_claims_credit_what_they_compulsorily_rest_on(
    claims: dict[str, int], credited: list[tuple[str, int, str]]
) -> None:
    found = [(*credit.node, credit.because) for credit in state(claims).credited]

    assert found == credited


def test_nothing_is_credited_when_prerequisites_are_not_assumed() -> None:
    bare = state({"kubernetes": 2}, assume=False)

    assert bare.credited == ()
    assert bare.held == {
        GRAPH.position(Node(SkillId("kubernetes"), 1)),
        GRAPH.position(Node(SkillId("kubernetes"), 2)),
    }


def test_a_claim_holds_its_lower_levels() -> None:
    assert len(state({"python": 2}).held) == 2


def test_a_level_above_the_top_counts_as_the_top() -> None:
    assert state({"python": 4}).known == (Node(SkillId("python"), 2),)


def test_level_nought_is_no_claim() -> None:
    assert state({"python": 0}).known == ()


def test_known_skills_come_in_catalogue_order() -> None:
    assert [node.skill for node in state({"python": 1, "shell": 1}).known] == ["shell", "python"]


@pytest.mark.parametrize(
    ("claims", "fringe"),
    [
        pytest.param(
            {}, ["shell", "python", "typescript"], id="from nothing: what rests on nothing"
        ),
        pytest.param(
            {"python": 1},
            ["shell", "python", "typescript", "agents"],
            id="one alternative opens what rests on either; the next level counts",
        ),
        pytest.param(
            {"shell": 1, "python": 2},
            ["shell", "docker", "typescript", "agents", "pair"],
            id="a group of several opens when all are held; a skill at its top is done",
        ),
    ],
)
def test_the_outer_fringe_is_what_can_be_learned_next(
    claims: dict[str, int], fringe: list[str]
) -> None:
    assert list(OuterFringe(GRAPH).of(state(claims).held)) == fringe
