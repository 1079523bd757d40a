"""Columns of a layered drawing."""

from hypothesis import given
from hypothesis import strategies as st

from service.entrypoints.pictures.layers import Columns, Edge, in_columns

PARTS = "abcdefgh"


def place_of(columns: Columns) -> dict[str, tuple[int, int]]:
    return {
        part: (column, row)
        for column, parts in enumerate(columns.columns)
        for row, part in enumerate(parts)
    }


def test_what_rests_on_something_stands_right_of_it() -> None:
    columns = in_columns("abc", [("a", "b"), ("b", "c"), ("a", "c")]).columns
    assert [column[0] for column in columns] == ["a", "b", "c"]


def test_a_long_line_passes_the_columns_between() -> None:
    drawn = in_columns("abc", [("a", "b"), ("b", "c"), ("a", "c")])
    start, passing, end = drawn.threads["a", "c"].parts
    assert (start, end) == ("a", "c")
    assert passing in drawn.columns[1]


def test_lines_from_one_part_pass_together() -> None:
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"), ("a", "e"), ("c", "e")]
    drawn = in_columns("abcde", edges)
    assert drawn.threads["a", "d"].parts[1:-1] == drawn.threads["a", "e"].parts[1:-1]


def test_what_many_need_stands_close_to_them() -> None:
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("x", "d"), ("x", "e"), ("c", "e")]
    assert place_of(in_columns("abcdex", edges))["x"][0] == 2


def test_crossings_that_can_be_avoided_are_avoided() -> None:
    drawn = in_columns("abcxyz", [("a", "z"), ("b", "y"), ("c", "x")])
    place = place_of(drawn)
    starts = sorted("abc", key=lambda part: place[part])
    ends = [dict(drawn.threads)[next(e for e in drawn.threads if e[0] == part)].parts[-1]
            for part in starts]  # fmt: skip
    assert ends == sorted("xyz", key=lambda part: place[part])


def test_one_edge_of_a_circle_is_turned_round() -> None:
    drawn = in_columns("abc", [("a", "b"), ("b", "c"), ("c", "a")])
    assert [edge for edge, thread in drawn.threads.items() if thread.is_reversed] == [("c", "a")]
    assert drawn.threads["c", "a"].parts[0] == "a"


def test_two_that_need_one_another_have_two_lines() -> None:
    drawn = in_columns("ab", [("a", "b"), ("b", "a")])
    assert {edge: thread.parts for edge, thread in drawn.threads.items()} == {
        ("a", "b"): ("a", "b"),
        ("b", "a"): ("a", "b"),
    }


def test_nothing_has_no_columns() -> None:
    assert in_columns((), ()).columns == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(PARTS), st.sampled_from(PARTS)).filter(lambda e: e[0] != e[1]),
        unique=True,
    )
)
def test_every_thread_leads_one_column_on_at_each_step(edges: list[Edge]) -> None:
    drawn = in_columns(PARTS, edges)
    place = place_of(drawn)
    assert set(PARTS) <= place.keys()
    assert len(place) == sum(map(len, drawn.columns))
    assert list(drawn.threads) == edges
    for edge, thread in drawn.threads.items():
        first = place[thread.parts[0]][0]
        assert [place[part][0] for part in thread.parts] == [
            first + step for step in range(len(thread.parts))
        ]
        ends = (thread.parts[0], thread.parts[-1])
        assert ends == (edge[::-1] if thread.is_reversed else edge)
