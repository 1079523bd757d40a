"""Text made fit to be drawn."""

import pytest

from service.entrypoints.pictures.lettering import columns, cut_to, hours, listed, plain, wrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(" a\n\tb  c ", "a b c", id="space of any kind is one space"),
        pytest.param("a\x1b[2Jb", "a\ufffd[2Jb", id="control characters are marked"),
        pytest.param("a\u202eb", "a\ufffdb", id="so are those that turn the direction"),
        pytest.param("a\udce9", "a\ufffd", id="and halves of characters"),
        pytest.param("\u6a5f\u68b0 \u00fc", "\u6a5f\u68b0 \u00fc", id="letters stay"),
    ],
)
def test_plain_text_has_nothing_to_obey(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_columns_count_wide_signs_twice_and_combining_ones_not() -> None:
    assert columns("ab") == 2
    assert columns("\u6a5f\u68b0") == 4
    assert columns("e\u0301") == 1


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("one two three", 7, ["one two", "three"], id="between words"),
        pytest.param("one", 3, ["one"], id="what just fits stays whole"),
        pytest.param("abcdefgh ij", 3, ["abc", "def", "gh", "ij"], id="long words are broken"),
        pytest.param("a abcdef", 4, ["a", "abcd", "ef"], id="a broken word begins a line"),
        pytest.param("", 5, [""], id="nothing is one empty line"),
        pytest.param("\u6a5f\u68b0\u6a5f", 4, ["\u6a5f\u68b0", "\u6a5f"], id="wide signs"),
    ],
)
def test_texts_are_wrapped(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_what_is_cut_is_marked() -> None:
    assert cut_to(["one", "two"], 2) == ["one", "two"]
    assert cut_to(["one", "two", "three"], 2) == ["one", "tw\u2026"]


@pytest.mark.parametrize(
    ("hundredths", "text"),
    [(0, "0"), (100, "1"), (150, "1.5"), (125, "1.25"), (1000, "10"), (123_456_705, "1234567.05")],
)
def test_hours_are_exact_and_short(hundredths: int, text: str) -> None:
    assert hours(hundredths) == text


def test_words_are_listed_as_in_a_sentence() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
