"""Strings of several names: all parts must be understood, and the work has an end."""

import pytest

from service.domain.naming.resolver import Resolver
from tests.builders import document, graph_of
from tests.domain.naming.naming_cases import told

RAW = document("alpha 10", "bravo 10", "charlie-delta 10", "echo 10")
RAW["skills"][0]["aliases"] = ["A/B alpha", "first of all"]
RAW["skills"][3]["shared_aliases"] = ["sound"]
RESOLVER = Resolver(graph_of(RAW).catalogue)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("alpha, bravo", "alpha + bravo", id="a list"),
        pytest.param("alpha; bravo / echo and alpha", "alpha + bravo + echo", id="of all signs"),
        pytest.param("alpha, juggling", "unknown", id="of which one part is not understood"),
        pytest.param("alpha, sound", "ambiguous: alpha | echo", id="of which one is ambiguous"),
        pytest.param("alpha, expert", "alpha@4", id="a level behind a comma"),
        pytest.param("A/B alpha/bravo", "alpha + bravo", id="a slash inside a name"),
        pytest.param("alpha (bravo)", "alpha + bravo", id="a bracket that names another"),
        pytest.param("alpha (expert)", "alpha@4", id="a bracket that states a level"),
        pytest.param("alpha (juggling)", "alpha", id="a bracket may hold anything"),
        pytest.param("alpha (no bravo)", "unknown", id="but a denial"),
        pytest.param("CD (charlie delta)", "charlie-delta", id="an abbreviation spelt out"),
        pytest.param("juggling (bravo)", "unknown", id="which another word is not"),
        pytest.param("Phonetics: alpha, bravo", "alpha + bravo", id="a heading"),
        pytest.param("expert: alpha", "alpha@4", id="a level as a heading"),
        pytest.param("alpha: expert", "alpha@4", id="a level behind a colon"),
        pytest.param("sound: echo", "echo", id="an ambiguous heading that the rest settles"),
        pytest.param("alpha such as bravo", "alpha + bravo", id="an example"),
        pytest.param("alpha, " * 20 + "bravo", "unknown", id="more items than a name has"),
        pytest.param("(" * 50 + "alpha" + ")" * 50, "alpha", id="brackets are punctuation"),
        pytest.param("alpha / sound", "ambiguous: alpha | echo", id="the same behind a slash"),
        pytest.param("alpha sound", "alpha", id="a common noun goes with the name before it"),
    ],
)
def test_a_string_of_several_parts_reads_as(text: str, expected: str) -> None:
    assert told(RESOLVER.resolve(text)) == expected
