"""Pictures as SVG."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

from service.entrypoints.pictures.picture import Picture, picture_of
from service.entrypoints.pictures.svg import as_svg
from tests.builders import graph
from tests.entrypoints.pictures.pictured import choices_and_circles, hostile

SVG = "{http://www.w3.org/2000/svg}"
HARMLESS = {"svg", "title", "desc", "g", "rect", "path", "polygon", "text"}


def parsed(picture: Picture) -> ET.Element:
    return ET.fromstring(as_svg(picture))  # noqa: S314  our own


def titles(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}title")]


def test_it_has_a_title_and_a_description_for_those_who_do_not_see_it() -> None:
    root = parsed(picture_of(choices_and_circles()))
    labels = [root.find(f"*[@id='{each}']") for each in root.attrib["aria-labelledby"].split()]
    assert [label.text for label in labels if label is not None] == [
        "A small graph",
        (
            "7 skills of A small graph, version 2026.1.1: what comes before what, "
            "prerequisites on the left."
        ),
    ]
    assert root.attrib["role"] == "img"


def test_every_skill_choice_and_prerequisite_is_drawn() -> None:
    picture = picture_of(choices_and_circles())
    said = titles(parsed(picture))
    for box in picture.boxes:
        assert f"{box.name} (General), {box.detail()}" in said
    for choice in picture.choices:
        assert choice.sentence() in said
    assert "Web before Ops: So it is." in said
    assert "any 1 of Python (2) and Typescript (1) before Api: So it is." in said


def test_what_a_role_asks_for_is_on_another_ground_and_says_its_level() -> None:
    root = parsed(picture_of(choices_and_circles(), "writer"))
    boxes = {group.findtext(f"{SVG}text"): group for group in root.iter(f"{SVG}g")}
    grounds = {
        name: boxes[name].findall(f"{SVG}rect")[0].attrib["fill"] for name in ("Cli", "Python")
    }
    assert grounds["Cli"] != grounds["Python"]
    assert "Writer: level 1" in [text.text for text in boxes["Cli"].iter(f"{SVG}text")]


def test_boxes_never_overlap() -> None:
    root = parsed(picture_of(choices_and_circles(), by_level=True))
    corners = []
    for group in root.iter(f"{SVG}g"):
        box = group.find(f"{SVG}rect")
        moved = re.fullmatch(r"translate\(([\d.]+) ([\d.]+)\)", group.get("transform", ""))
        if box is not None and moved:
            x, y = float(moved[1]), float(moved[2])
            corners.append((x, y, x + float(box.attrib["width"]), y + float(box.attrib["height"])))
    assert len(corners) == 11
    for number, (left, top, right, bottom) in enumerate(corners):
        for other_left, other_top, other_right, other_bottom in corners[number + 1 :]:
            is_beside = right <= other_left or other_right <= left
            assert is_beside or bottom <= other_top or other_bottom <= top


def test_texts_stay_within_their_boxes() -> None:
    made = graph("a 1.25 9999.75", roles={"maker": "a@2"})
    picture = picture_of(made)
    box = replace(picture.boxes[0], name="W" * 300)
    root = parsed(replace(picture, boxes=(box,)))
    (group,) = (g for g in root.iter(f"{SVG}g") if g.find(f"{SVG}rect[@rx='4']") is not None)
    frame = group.find(f"{SVG}rect")
    assert frame is not None
    lines = group.findall(f"{SVG}text")
    assert len(lines) == 5
    assert all(len(line.text or "") <= 22 for line in lines)
    assert (lines[2].text or "").endswith("\u2026")
    assert all(float(line.attrib["y"]) < float(frame.attrib["height"]) for line in lines)


def test_texts_of_any_kind_are_only_text() -> None:
    root = parsed(hostile())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= HARMLESS
    assert any(title.startswith('<b>"&\\N') for title in titles(root))


def test_nothing_is_run_styled_or_fetched() -> None:
    text = as_svg(picture_of(choices_and_circles()))
    for word in ("script", "style", "href", "url(", " on", "import"):
        assert f"{word}=" not in text
    assert set(re.findall(r"\w+://[^\"]+", text)) == {"http://www.w3.org/2000/svg"}


def test_the_same_picture_is_always_the_same_text() -> None:
    assert as_svg(picture_of(choices_and_circles())) == as_svg(picture_of(choices_and_circles()))


def test_the_drawing_fits_its_sheet() -> None:
    root = parsed(picture_of(choices_and_circles()))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for path in root.iter(f"{SVG}path"):
        start = re.match(r"M([\d.]+) ([\d.]+)", path.attrib["d"])
        assert start is not None
        assert 0 <= float(start[1]) <= width
        assert 0 <= float(start[2]) <= height


def test_a_graph_without_prerequisites_is_drawn_too() -> None:
    assert "A (General), level 1, 10 h" in titles(parsed(picture_of(graph("a", "b"))))
