"""Skills with levels in one text."""

import pytest

from service.application.request import Claim
from service.entrypoints.skill_text import split_level


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        pytest.param("Python", Claim("Python"), id="no colon, no level"),
        pytest.param("python:3", Claim("python", 3), id="a number is a level"),
        pytest.param("python:99", Claim("python", 99), id="a number beyond the scale too"),
        pytest.param("python:-1", Claim("python", -1), id="even one below it"),
        pytest.param("python:0", Claim("python", 0), id="nothing known"),
        pytest.param("SQL: working", Claim("SQL", "working"), id="a level by name"),
        pytest.param(" SQL : 2 ", Claim("SQL", 2), id="space around the parts is dropped"),
        pytest.param("CI:CD", Claim("CI:CD"), id="another word belongs to the name"),
        pytest.param("CI:CD:2", Claim("CI:CD", 2), id="only the last colon counts"),
        pytest.param("python:3.5", Claim("python:3.5"), id="half a level is none"),
        pytest.param("python:", Claim("python:"), id="nothing after the colon"),
        pytest.param(":3", Claim(":3"), id="nothing before the colon"),
        pytest.param(":working", Claim(":working"), id="a level alone is a name"),
        pytest.param("", Claim(""), id="nothing at all"),
        pytest.param("python:\u0663", Claim("python:\u0663"), id="only the digits of ASCII"),
        pytest.param("x:" + "9" * 5000, Claim("x:" + "9" * 5000), id="no number of any length"),
    ],
)
def test_a_level_follows_the_last_colon(text: str, claim: Claim) -> None:
    assert split_level(text, {"working"}.__contains__) == claim
