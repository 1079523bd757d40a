"""What the words around a name say: the walk through clauses, on single letters for names."""

import pytest

from service.domain.naming.extraction import extract_from_text
from service.domain.naming.resolver import Resolver
from tests.builders import document, graph_of

RESOLVER = Resolver(graph_of(document("alpha 10", "bravo 10", "charlie 10")).catalogue)


def read(text: str) -> str:
    return " ".join(
        m.skill if m.level is None else f"{m.skill}@{m.level}"
        for m in extract_from_text(RESOLVER, text).mentions
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("no alpha", "", id="right before"),
        pytest.param("no alpha, bravo or charlie", "", id="a whole list"),
        pytest.param("no alpha; bravo", "bravo", id="up to a semicolon"),
        pytest.param("no alpha, but bravo", "bravo", id="up to a contrast"),
        pytest.param("no alpha. bravo", "bravo", id="up to a full stop"),
        pytest.param("no alpha\n\nbravo", "bravo", id="up to a blank line"),
        pytest.param("no experience with\nalpha", "", id="across a line that runs on"),
        pytest.param("no one two three four five six alpha", "alpha", id="not for ever"),
        pytest.param("alpha is not required, bravo is", "bravo", id="behind the name"),
        pytest.param("alpha and bravo are not needed", "", id="behind a list"),
        pytest.param("alpha is not hard", "alpha", id="behind the name, but of something else"),
        pytest.param("alpha: none", "", id="none behind the name"),
        pytest.param("not only alpha", "alpha", id="not only"),
        pytest.param("isn't alpha", "", id="a short form"),
        pytest.param("Alpha rather than bravo", "alpha", id="rather than"),
    ],
)
def test_a_denial_covers(text: str, left: str) -> None:
    assert read(text) == left


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("expert alpha", "alpha@4", id="before"),
        pytest.param("alpha (expert), bravo", "alpha@4 bravo", id="in a bracket"),
        pytest.param("alpha: expert", "alpha@4", id="behind a colon"),
        pytest.param("alpha - 2 years, bravo", "alpha@2 bravo", id="years behind a dash"),
        pytest.param("expert in alpha and bravo", "alpha@4 bravo@4", id="leading on to a list"),
        pytest.param("expert alpha, bravo", "alpha@4 bravo", id="of the first only"),
        pytest.param("expert in alpha. bravo", "alpha@4 bravo", id="not beyond the sentence"),
        pytest.param("expert in alpha, aware of bravo", "alpha@4 bravo@1", id="one each"),
        pytest.param("alpha 3", "alpha", id="a number is no level"),
    ],
)
def test_a_level_belongs_to(text: str, expected: str) -> None:
    assert read(text) == expected
