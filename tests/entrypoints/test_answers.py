"""The answer as bytes: the part that is shared, and the echo."""

from fractions import Fraction

import orjson
import pytest

from service.application.assess import Assessor
from service.application.request import (
    AssessmentRequest,
    Claim,
    NotUnderstood,
    Question,
    Reading,
    Target,
    TargetKind,
)
from service.application.understand import Understanding
from service.domain.naming.resolver import Resolver
from service.domain.skill import SkillId
from service.entrypoints import answers, paths
from service.entrypoints.schemas.assessment import ProfileSchema
from tests.builders import graph

GRAPH = graph("python 10 20", "quoted 5", roles={"r": "python@2 *2, quoted"})
UNDERSTANDING = Understanding(GRAPH, Resolver(GRAPH.catalogue))
ASSESSOR = Assessor(GRAPH)


def test_the_echo_goes_where_the_one_nul_byte_is() -> None:
    reading = UNDERSTANDING.read(AssessmentRequest((Claim("PYTHON", 1), Claim('no "such" \0'))))
    rendered = answers.render(ASSESSOR.assess(reading.question), GRAPH)
    answer = answers.with_echo(rendered, reading, GRAPH)

    assert rendered.count(answers.ECHO) == 1
    assert answers.ECHO not in answer
    assert list(orjson.loads(answer)["profile"]) == [
        "known",
        "credited",
        "inputs",
        "ambiguous",
        "unknown",
        "notice",
    ]
    assert orjson.loads(answer)["profile"]["unknown"][0]["input"] == 'no "such" \0'


def test_what_was_not_understood_is_echoed_with_what_may_have_been_meant() -> None:
    python, quoted = SkillId("python"), SkillId("quoted")
    reading = Reading(
        Question((), Target(TargetKind.EITHER)),
        understood=(),
        ambiguous=(NotUnderstood("p", candidates=(python, quoted)),),
        unknown=(NotUnderstood("pyton", suggestions=((python, 0.83),)),),
    )
    rendered = answers.render(ASSESSOR.assess(reading.question), GRAPH)
    profile = orjson.loads(answers.with_echo(rendered, reading, GRAPH))["profile"]

    ProfileSchema().load(profile)
    assert profile["ambiguous"] == [
        {
            "input": "p",
            "candidates": [
                {"skill": "python", "name": "Python"},
                {"skill": "quoted", "name": "Quoted"},
            ],
        }
    ]
    assert profile["unknown"] == [
        {
            "input": "pyton",
            "suggestions": [{"skill": "python", "name": "Python", "score": 0.83}],
        }
    ]
    assert profile["notice"].startswith("None of the skills")


def test_equal_questions_share_what_is_rendered() -> None:
    one = UNDERSTANDING.read(AssessmentRequest((Claim("python", 1), Claim("nonsense"))))
    other = UNDERSTANDING.read(AssessmentRequest((Claim("Python", 1), Claim("Python", 0))))

    assert one.question == other.question
    assert answers.render(ASSESSOR.assess(one.question), GRAPH) == answers.render(
        ASSESSOR.assess(other.question), GRAPH
    )


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        pytest.param(Fraction(0), 0.0, id="nothing"),
        pytest.param(Fraction(1, 3), 1 / 3, id="a third, unrounded"),
        pytest.param(Fraction(1), 1.0, id="all"),
    ],
)
def test_readiness_is_the_nearest_number(exact: Fraction, expected: float) -> None:
    assert paths.readiness(exact) == expected


def test_readiness_is_never_one_before_all_is_held() -> None:
    almost = Fraction(10**30 - 1, 10**30)

    assert float(almost) == 1.0
    assert paths.readiness(almost) < 1.0
