"""Where a text holds spellings of a catalogue."""

import pytest

from service.domain.naming.labels import Labels
from service.domain.naming.tokens import tokens
from service.domain.naming.trie import Trie
from tests.builders import document, graph_of

RAW = document("alpha 10", "alphabet-soup 10", "kilo 10", "yankee 10")
RAW["skills"][1]["name"] = "Alpha Bravo Charlie"
RAW["skills"][2] |= {"aliases": ["kilo sonnet", ".KIL"], "exact_aliases": ["lima"]}
RAW["skills"][3]["tools"] = ["Zulu"]
TRIE = Trie(Labels(graph_of(RAW).catalogue))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("alpha bravo charlie", ["alpha bravo charlie"], id="the longest spelling"),
        pytest.param("alpha bravo delta", ["alpha"], id="or what of it is there"),
        pytest.param("Alpha-Bravo_Charlie", ["Alpha-Bravo_Charlie"], id="hyphens"),
        pytest.param("alphabravocharlie", ["alphabravocharlie"], id="run together"),
        pytest.param("alphas", [], id="a product has no plural"),
        pytest.param("kilo sonnets", ["kilo sonnets"], id="a common noun has"),
        pytest.param("kilo 3.5 sonnet", ["kilo 3.5 sonnet"], id="a version inside"),
        pytest.param("kilo 1 2 3 4 5 sonnet", ["kilo"], id="more numbers than versions have"),
        pytest.param("alpha2, alpha+", ["alpha2", "alpha+"], id="a version or a sign behind"),
        pytest.param("a .KIL", [".KIL"], id="a sign in front"),
        pytest.param("kil", [], id="which must not be missing"),
        pytest.param("zu lu", [], id="halves too short"),
        pytest.param("yan kee", ["yan kee"], id="halves"),
        pytest.param("xalpha alphax", [], id="whole words only"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_text_holds(text: str, found: list[str]) -> None:
    assert [item.text for item in TRIE.scan(text, list(tokens(text)))] == found
