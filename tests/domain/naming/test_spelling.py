"""When two spellings count as one."""

import pytest

from service.domain.naming.spelling import (
    inner_capitals,
    scripts_of,
    singular,
    spelling_key,
    stem_key,
    words_of,
)


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        pytest.param("Node.js", "nodejs", id="punctuation and case"),
        pytest.param("C++", "c++", id="a plus is kept"),
        pytest.param("C♯", "c#", id="the musical sharp is a hash"),
        pytest.param(
            "\N{FULLWIDTH LATIN CAPITAL LETTER C}\N{FULLWIDTH NUMBER SIGN}", "c#", id="full width"
        ),
        pytest.param("ﬁne‑tuning", "finetuning", id="a ligature and a hyphen that does not break"),
        pytest.param("Pyt\u200bhon", "python", id="a space of no width"),
        pytest.param("e\u0301tude", "étude", id="a combining accent"),
        pytest.param("STRASSE", "strasse", id="folding"),
        pytest.param("straße", "strasse", id="folding beyond lower case"),
        pytest.param("🐍 -- 🐍", "", id="nothing that could be a name"),
    ],
)
def test_the_key_of_a_spelling(spelling: str, key: str) -> None:
    assert spelling_key(spelling) == key


def test_letters_that_look_alike_stay_apart() -> None:
    assert spelling_key("\N{CYRILLIC SMALL LETTER ER}ython") != spelling_key("python")
    assert scripts_of("\N{CYRILLIC SMALL LETTER ER}ython") == {"CYRILLIC", "LATIN"}


def test_the_words_of_a_text() -> None:
    assert words_of("Fine-tuning (C++/C#) of e\u0301tudes_2") == [
        "fine",
        "tuning",
        "c++",
        "c#",
        "of",
        "études",
        "2",
    ]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("databases", "database"),
        ("libraries", "library"),
        ("css", "css"),
        ("kubernetes", "kubernete"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("js", "js"),
        ("modelling", "modeling"),
        ("containerisation", "containerization"),
    ],
)
def test_the_singular_serves_to_compare(word: str, stem: str) -> None:
    assert singular(word) == stem


def test_the_stem_of_a_spelling_is_that_of_all_its_words() -> None:
    assert stem_key(["vector", "databases"]) == stem_key(["vectors", "database"])


def test_a_capital_inside_a_word_is_noticed() -> None:
    assert inner_capitals("ReAct") == {2}
    assert inner_capitals("React") == set()
