"""Every spelling that a catalogue lists, and what each means."""

import pytest

from service.domain.naming.labels import Labels
from tests.builders import document, graph_of
from tests.domain.naming.naming_cases import told

RAW = document("spark 10", "warehouse 10", "react 10", "go 10", "csharp 10")
RAW["skills"][0] |= {
    "tools": ["Databricks"],
    "shared_aliases": ["streaming"],
    "aliases": ["numpy"],
}
RAW["skills"][1] |= {"tools": ["Databricks"], "shared_aliases": ["streaming", "etl"]}
RAW["skills"][4] |= {"aliases": ["C#"], "same_as": {"esco": "http://example.org/esco/1"}}
LABELS = Labels(graph_of(RAW).catalogue)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("SPARK", "spark", id="an id, case aside"),
        pytest.param("Databricks", "spark + warehouse", id="a tool of two skills"),
        pytest.param("streaming", "ambiguous: spark | warehouse", id="a shared spelling"),
        pytest.param("ETL", "ambiguous: warehouse", id="a shared spelling of one skill"),
        pytest.param("http://example.org/ESCO/1", "csharp", id="a code of another taxonomy"),
        pytest.param("NumPy", "spark", id="capitals that the catalogue does not write"),
    ],
)
def test_a_spelling_means(text: str, expected: str) -> None:
    found = LABELS.find(text)

    assert found is not None
    assert told(found) == expected


def test_a_capital_of_its_own_says_another_word() -> None:
    assert LABELS.find("ReAct") is None
    assert LABELS.find("React") is not None


def test_short_names_count_only_as_a_whole() -> None:
    assert LABELS.is_whole("go")
    assert not LABELS.is_whole("c#")
    assert not LABELS.is_whole("spark")


def test_words_mean_the_same_in_the_plural() -> None:
    found = LABELS.find_words(["warehouses"])

    assert found is not None
    assert told(found) == "warehouse"
