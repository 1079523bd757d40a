"""What a picture shows, before it is drawn."""

import pytest

from service.domain.errors import UnknownRoleError
from service.entrypoints.pictures.picture import Line, LineKind, Picture, picture_of
from tests.builders import graph
from tests.entrypoints.pictures.pictured import choices_and_circles, ids


def lines_to(picture: Picture, above: str) -> list[tuple[str, LineKind, str]]:
    return [(line.below, line.kind, line.label) for line in picture.lines if line.above == above]


def test_a_skill_is_one_box_with_its_levels_and_hours() -> None:
    box = picture_of(choices_and_circles()).boxes[0]
    assert (box.id, box.levels, box.detail()) == ("python", (1, 2), "levels 1 to 2, 30 h")


def test_each_level_can_be_a_box() -> None:
    picture = picture_of(choices_and_circles(), by_level=True)
    assert [box.id for box in picture.boxes][:3] == ["python@1", "python@2", "typescript@1"]
    assert picture.boxes[1].detail() == "level 2, 20 h"
    assert lines_to(picture, "python@2") == [("python@1", LineKind.NEEDS, "")]
    assert lines_to(picture, "api@2") == [
        ("api@1", LineKind.NEEDS, ""),
        ("python@1", LineKind.NEEDS, "1 for 2"),
    ]


def test_what_several_need_is_one_choice() -> None:
    picture = picture_of(choices_and_circles())
    choice = picture.choices[0]
    assert choice.label() == "1 of 2"
    assert choice.sentence() == "any 1 of Python (2) and Typescript (1)"
    assert lines_to(picture, choice.id) == [
        ("python", LineKind.OPTION, "2"),
        ("typescript", LineKind.OPTION, "1"),
    ]
    reached = [line.above for line in picture.lines if line.below == choice.id]
    assert reached == ["api", "cli"]


def test_a_group_without_freedom_is_no_choice() -> None:
    made = graph("a", "b", "c: 2 of a | b")
    picture = picture_of(made)
    assert not picture.choices
    assert lines_to(picture, "c") == [
        ("a", LineKind.NEEDS, "1 for 1"),
        ("b", LineKind.NEEDS, "1 for 1"),
    ]


def test_several_needs_of_one_pair_are_one_line() -> None:
    made = graph("a 1 1", "b 1 1: a; a@2")
    (line, _) = picture_of(made).lines
    assert line == Line("a", "b", LineKind.NEEDS, "1 for 1, 2 for 2", "So it is.")


def test_roles_ask_for_skills_and_choices() -> None:
    picture = picture_of(choices_and_circles())
    assert [goal.name for goal in picture.goals] == ["Builder", "Writer"]
    asked = lines_to(picture, "role:builder")
    assert asked[:2] == [("api", LineKind.ASKED, "2"), ("ops", LineKind.ASKED, "2")]
    assert asked[2] == (picture.choices[-1].id, LineKind.CHOICE, "")
    assert picture.choices[-1].is_asked
    assert not picture.choices[0].is_asked


def test_boxes_know_who_asks_for_them() -> None:
    asked = {box.id: box.asked for box in picture_of(choices_and_circles()).boxes}
    assert asked["cli"] == (("builder", 1), ("writer", 1))
    assert asked["ops"] == (("builder", 2), ("builder", 1))
    assert asked["python"] == ()


def test_for_a_role_only_what_it_can_need_is_shown() -> None:
    picture = picture_of(choices_and_circles(), "writer")
    assert [box.id for box in picture.boxes] == ["python", "typescript", "cli"]
    assert picture.boxes[1].levels == (1,)
    assert [goal.id for goal in picture.goals] == ["role:writer"]
    assert picture.title == "Writer"


def test_areas_without_boxes_are_left_out() -> None:
    assert [area.id for area in picture_of(choices_and_circles()).areas] == ["general"]


def test_every_line_joins_two_things_that_are_shown() -> None:
    for role in (None, "builder", "writer"):
        for by_level in (False, True):
            picture = picture_of(choices_and_circles(), role, by_level=by_level)
            ends = [(line.below, line.above) for line in picture.lines]
            assert len(ends) == len(set(ends))
            assert set(ids(picture)).issuperset(end for pair in ends for end in pair)
            assert all(below != above for below, above in ends)


def test_an_unknown_role_is_an_error() -> None:
    with pytest.raises(UnknownRoleError):
        picture_of(choices_and_circles(), "pilot")
