"""Names in texts: whole words, the longest name, and words that are no names."""

import pytest

from service.domain.naming.labels import Labels
from service.domain.naming.mentions import Mentions
from tests.builders import document, graph_of

RAW = document("python 10", "go 10", "react 10", "react-native 10", "messages 10", "testing 10")
RAW["skills"][0]["tools"] = ["Express"]
RAW["skills"][3]["name"] = "React Native"
RAW["skills"][4] |= {"exact_aliases": ["queues", "etl"], "aliases": [".NET", "A/B testing"]}
MENTIONS = Mentions(Labels(graph_of(RAW).catalogue))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Python", ["Python"], id="a name"),
        pytest.param("pythonic cpython", [], id="part of a word"),
        pytest.param("React Native and React", ["React Native", "React"], id="the longest name"),
        pytest.param("ReactNative", ["ReactNative"], id="words run together"),
        pytest.param("Py thon", [], id="a short half"),
        pytest.param("A/B testing", ["A/B testing"], id="a sign inside a name"),
        pytest.param("A+B testing", ["testing"], id="another sign is another thing"),
        pytest.param("a net, the .NET", [".NET"], id="a sign before a name has to stand there"),
        pytest.param("go there", [], id="a word"),
        pytest.param("Python, Go", ["Python", "Go"], id="the word as an item of a list"),
        pytest.param("experience with Go", ["Go"], id="the word where a skill is expected"),
        pytest.param("a Go developer", ["Go"], id="the word before one who practises it"),
        pytest.param("experience in go-to-market", [], id="a word of three"),
        pytest.param("queues of people", [], id="what counts only as a whole string"),
        pytest.param("We build ETL here", ["ETL"], id="but for an acronym in capitals"),
        pytest.param("WE BUILD ETL HERE", [], id="which nothing shows where all is in capitals"),
        pytest.param("express your views", [], id="a product in small letters"),
        pytest.param("Express", ["Express"], id="a product in its capital"),
        pytest.param("I react", [], id="an ordinary word"),
        pytest.param("react, python", ["react", "python"], id="an ordinary word in a list"),
        pytest.param("React to change", [], id="a verb in front"),
        pytest.param("Python3 and Python 3.11", ["Python3", "Python"], id="versions"),
        pytest.param("python\n\nnative", ["python"], id="names end at a blank line"),
        pytest.param("React\nNative", ["React\nNative"], id="and go on in the next line"),
    ],
)
def test_a_text_names(text: str, found: list[str]) -> None:
    assert [item.text for item in MENTIONS.find(text)] == found
    assert all(text[item.start : item.end] == item.text for item in MENTIONS.find(text))
