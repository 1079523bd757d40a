"""When a string is a misspelling of one skill, and when it is another word."""

import pytest

from service.domain.naming.resolver import Resolver
from service.domain.naming.results import Resolved
from tests.builders import document, graph_of

RAW = document("python 10", "kubernetes 10", "spring 10", "monitoring 10", "flask 10", "keras 10")
RAW["skills"][1]["aliases"] = ["container orchestration"]
RAW["skills"][2]["shared_aliases"] = ["messaging"]
RAW["skills"][3] |= {"tools": ["Datadog"], "exact_aliases": ["tracing"]}
RAW["skills"][4]["tools"] = ["Databricks"]
RAW["skills"][5]["tools"] = ["Databricks"]
RESOLVER = Resolver(graph_of(RAW).catalogue)


@pytest.mark.parametrize(
    ("written", "skills"),
    [
        pytest.param("pyhton", ["python"], id="two letters swapped"),
        pytest.param("pythonn", ["python"], id="a letter doubled"),
        pytest.param("fllask", ["flask"], id="a letter doubled in a word of five"),
        pytest.param("kubernets", ["kubernetes"], id="a letter missing in a long word"),
        pytest.param("kubarnetes", ["kubernetes"], id="a letter wrong in a long word"),
        pytest.param("kubrenettes", ["kubernetes"], id="two slips in a word of ten"),
        pytest.param("container orchestratoin", ["kubernetes"], id="one word of several"),
        pytest.param("databirkcs", ["flask", "keras"], id="a tool of two skills, two swaps"),
    ],
)
def test_a_slip_is_read(written: str, skills: list[str]) -> None:
    read = RESOLVER.resolve(written)

    assert isinstance(read, Resolved)
    assert list(read.skills) == skills
    assert {match.kind for match in read.matches} == {"fuzzy"}
    assert all(match.score < 1 for match in read.matches)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("flash", id="a wrong letter in a short word"),
        pytest.param("sprint", id="a wrong letter in six"),
        pytest.param("lask", id="the first letter missing"),
        pytest.param("mython", id="the first letter wrong"),
        pytest.param("mentoring", id="two slips in nine letters"),
        pytest.param("kera5", id="a digit"),
        pytest.param("python++", id="signs"),
        pytest.param("kub\N{CYRILLIC SMALL LETTER IE}rnetes", id="a letter of another script"),
        pytest.param("messagign", id="what is ambiguous when it is right"),
        pytest.param("tracign", id="what counts only as a whole string"),
        pytest.param("contaner orchestratoin", id="slips in two words"),
        pytest.param("pyhton spring", id="a slip beside another name"),
    ],
)
def test_another_word_is_not(written: str) -> None:
    assert not isinstance(RESOLVER.resolve(written), Resolved)


def test_a_string_as_near_to_two_skills_is_neither() -> None:
    near = Resolver(graph_of(document("langchain 10", "langchaim 10")).catalogue)

    assert not isinstance(near.resolve("langchaix"), Resolved)


def test_what_is_not_read_is_suggested() -> None:
    unknown = RESOLVER.resolve("pythonic")

    assert not isinstance(unknown, Resolved)
    assert "python" in [s.skill for s in getattr(unknown, "suggestions", ())]
