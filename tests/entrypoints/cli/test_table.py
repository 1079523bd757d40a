"""Tables of text."""

from service.entrypoints.cli.table import Column, table

NUMBERED = (Column("#", is_number=True), Column("What", is_flexible=True))


def test_words_stand_left_and_numbers_right() -> None:
    assert table(NUMBERED, [("9", "nine"), ("10", "ten")], 80) == [
        " #  What",
        " 9  nine",
        "10  ten",
    ]


def test_without_titles_there_is_no_head() -> None:
    assert table([Column("")] * 2, [("a", "b")], 80) == ["a  b"]


def test_long_texts_are_wrapped_under_themselves() -> None:
    assert table(NUMBERED, [("1", "one two three four"), ("2", "five")], 15) == [
        "#  What",
        "1  one two",
        "   three four",
        "2  five",
    ]


def test_flexible_columns_share_what_is_left_and_short_ones_give_theirs_away() -> None:
    heads = (Column("", is_flexible=True),) * 2
    long = "abcdefghijklmnopqrstuvwxyzabcd"
    assert table(heads, [("ab", long)], 30) == ["ab  abcdefghijklmnopqrstuvwxyz", "    abcd"]
    assert table(heads, [(long, long)], 42) == [
        "abcdefghijklmnopqrst  abcdefghijklmnopqrst",
        "uvwxyzabcd            uvwxyzabcd",
    ]


def test_what_would_break_a_line_is_made_plain() -> None:
    assert table([Column("")], [("a\nb\tc\x07",)], 80) == ["a b c\ufffd"]


def test_a_table_without_rows_is_its_head() -> None:
    assert table(NUMBERED, [], 80) == ["#  What"]
