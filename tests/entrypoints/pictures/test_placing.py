"""Places on the sheet."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.entrypoints.pictures.layers import Edge, in_columns
from service.entrypoints.pictures.placing import Size, placed

PARTS = "abcdefgh"
SIZES = {part: Size(40 + 10 * number, 20 + 5 * number) for number, part in enumerate(PARTS)}


def test_a_chain_is_level() -> None:
    sheet = placed(in_columns("abc", [("a", "b"), ("b", "c")]), SIZES | {})
    assert len({round(sheet.places[part].y) for part in "abc"}) == 1


def test_what_two_rest_on_stands_between_them() -> None:
    sizes = dict.fromkeys("abc", Size(40, 20))
    sheet = placed(in_columns("abc", [("a", "b"), ("a", "c")]), sizes)
    middle = (sheet.places["b"].y + sheet.places["c"].y) / 2
    assert abs(sheet.places["a"].y - middle) < 1


def test_an_empty_drawing_has_no_size() -> None:
    sheet = placed(in_columns((), ()), {})
    assert (sheet.width, sheet.height) == (0, 0)


@given(
    st.lists(
        st.tuples(st.sampled_from(PARTS), st.sampled_from(PARTS)).filter(lambda e: e[0] != e[1]),
        unique=True,
    )
)
def test_parts_never_overlap_and_stay_on_the_sheet(edges: list[Edge]) -> None:
    drawn = in_columns(PARTS, edges)
    sheet = placed(drawn, SIZES)
    right = -1.0
    for column in drawn.columns:
        lefts = [sheet.places[part].x for part in column]
        assert min(lefts) > right
        right = max(sheet.places[part].x + sheet.widths[part] for part in column)
        boxes = [(sheet.places[part].y, SIZES[part].height) for part in column if part in SIZES]
        for (above, high), (below, deep) in pairwise(boxes):
            assert below - deep / 2 >= above + high / 2
    assert right <= sheet.width
    for part, size in SIZES.items():
        assert sheet.places[part].y - size.height / 2 >= -0.01
        assert sheet.places[part].y + size.height / 2 <= sheet.height + 0.5
