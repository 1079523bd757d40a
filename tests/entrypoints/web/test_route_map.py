"""Tests of the map: its boxes, their places and their lettering."""

from collections.abc import Callable
from itertools import combinations

import pytest

from service.entrypoints.web import route_map
from service.entrypoints.web.measuring import em_width
from service.entrypoints.web.plan import Plan
from service.entrypoints.web.route_map import BOX_WIDTH, PADDING, Box

Make = Callable[..., Plan]


def by_id(plan: Plan) -> dict[str, Box]:
    return {box.id: box for box in plan.boxes}


def test_levels_learned_in_one_go_share_a_box(plan: Make) -> None:
    boxes = by_id(plan(target="ml-engineer"))

    assert [step["level"] for step in boxes["python-1"].steps] == [1, 2, 3]


def test_levels_with_something_between_them_have_boxes_of_their_own(plan: Make) -> None:
    boxes = by_id(plan("python:2", target="ai-engineer"))
    needs = {name: [need for need in box.needs if need in boxes] for name, box in boxes.items()}

    # evals 1 comes before rag 2, and that before evals 2
    assert [step["level"] for step in boxes["evals-1"].steps] == [1]
    assert needs["evals-2"] == ["rag-1"]
    assert "evals-1" in needs["rag-1"]


def test_every_step_is_in_exactly_one_box(plan: Make) -> None:
    answer = plan(target="both")

    orders = [step["order"] for box in answer.boxes for step in box.steps]
    assert sorted(orders) == list(range(1, len(answer.steps) + 1))


def test_a_box_is_next_when_its_first_step_needs_nothing_of_the_path(plan: Make) -> None:
    boxes = by_id(plan("docker:2", target="ml-engineer"))

    assert boxes["kubernetes-1"].is_next
    assert "known-docker" in boxes["kubernetes-1"].needs
    assert not by_id(plan(target="ml-engineer"))["kubernetes-1"].is_next


def test_boxes_stand_right_of_what_they_rest_on_and_nothing_overlaps(plan: Make) -> None:
    drawing = plan(target="both").map
    boxes = {box.id: box for box in drawing.boxes}

    for line in drawing.strokes:
        assert boxes[line.below].x + BOX_WIDTH < boxes[line.above].x
    for one, other in combinations(drawing.boxes, 2):
        apart = abs(one.x - other.x) >= BOX_WIDTH
        below, above = sorted((one, other), key=lambda box: box.y)
        assert apart or below.y + below.height <= above.y
    for box in drawing.boxes:
        assert drawing.left <= box.x <= drawing.goal_x - BOX_WIDTH
        assert 0 <= box.y <= drawing.height - box.height


def test_the_drawing_is_the_same_each_time(plan: Make) -> None:
    assert plan(target="both").map == plan(target="both").map


def test_a_path_of_no_steps_draws_the_goal_and_what_is_known(plan: Make) -> None:
    drawing = plan("python:3", "statistics:2", "kubernetes", target="ml-engineer").map

    assert drawing.boxes == []
    assert drawing.strokes == []
    assert [line for goal in drawing.goals for line in goal.name] == ["Ml engineer"]
    assert {pill.skill for pill in drawing.done} >= {"python", "statistics", "kubernetes"}


def test_a_choice_names_what_it_was_made_instead_of(plan: Make) -> None:
    boxes = {box.id: box for box in plan(target="ai-engineer").map.boxes}

    assert boxes["python-1"].alternatives == ["or Typescript"]


@pytest.mark.parametrize(
    "name",
    [
        "C",
        "Retrieval-augmented generation",
        "W" * 120,
        "Donaudampfschifffahrtsgesellschaftskapitänspatent und mehr davon",
        "検索拡張生成と評価設計の実践的な応用について",
        "a b " * 60,
        "\u202e\x00 tab\tand\nlines",
    ],
)
def test_no_name_is_wider_than_its_box(plan: Make, name: str) -> None:
    answer = plan(target="ai-engineer")
    for box in answer.boxes:
        box.first["name"] = name
    drawing = route_map.draw(answer.boxes, answer.known, [name, name], answer.graph)

    inside = BOX_WIDTH - 2 * PADDING
    for box in drawing.boxes:
        assert len(box.name) <= route_map.NAME_LINES
        for line in box.name:
            assert em_width(line) * route_map.NAME_SIZE <= inside
        assert em_width(box.detail) * route_map.DETAIL_SIZE <= inside
    assert all(len(goal.name) <= 3 for goal in drawing.goals)
