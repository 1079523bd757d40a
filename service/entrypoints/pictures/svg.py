"""The picture as a drawing of its own: SVG without scripts, styles or anything from elsewhere."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from service.entrypoints.pictures.layers import Thread, in_columns
from service.entrypoints.pictures.lettering import columns, cut_to, plain, wrapped
from service.entrypoints.pictures.picture import Box, Choice, Line, LineKind, Picture
from service.entrypoints.pictures.placing import Place, Sheet, Size, placed

MARGIN: Final = 24
BOX_WIDTH: Final = 188
BOX_PADDING: Final = 8
STRIPE: Final = 6
TEXT_COLUMNS: Final = 22
TEXT_PIXELS: Final = 7
"""What a column of text takes at most, on average, in the fonts that may be used."""

NAME_LINES: Final = 3
LINE_HEIGHT: Final = 15
CHOICE_SIZE: Final = Size(60, 32)
LEGEND_HEIGHT: Final = 22
NARROWEST: Final = 480

INK: Final = "#1f2937"
FAINT_INK: Final = "#4b5563"
PAPER: Final = "#ffffff"
LINE_INK: Final = "#6b7280"
CHOICE_INK: Final = "#9a3412"
CHOICE_PAPER: Final = "#fff7ed"
ASKED_INK: Final = "#854d0e"
ASKED_PAPER: Final = "#fef9c3"


def as_svg(picture: Picture) -> str:
    """Return a layered drawing, prerequisites on the left.

    Boxes are skills with a stripe in the colour of their area, those that a role asks for on
    yellow; diamonds are choices, with a dashed line from each option.
    """
    return _Drawing(picture).text()


class _Drawing:
    """One drawing in the making."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._roles = picture.role_names()
        self._texts = {box.id: self._text_of(box) for box in picture.boxes}
        self._colours = {area.id: _colour(number) for number, area in enumerate(picture.areas)}
        sizes = {box: Size(BOX_WIDTH, _height(lines)) for box, lines in self._texts.items()}
        sizes |= {choice.id: CHOICE_SIZE for choice in picture.choices}
        self._lines = [line for line in picture.lines if line.above in sizes]
        layout = in_columns(list(sizes), [(line.below, line.above) for line in self._lines])
        self._threads = layout.threads
        self._sizes = sizes
        self._sheet: Sheet = placed(layout, sizes)

    def text(self) -> str:
        """Return the drawing as text."""
        legend, top = self._legend()
        width = max(self._sheet.width, NARROWEST) + 2 * MARGIN
        height = top + self._sheet.height + MARGIN
        root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {width} {height}",
                "width": str(width),
                "height": str(height),
                "role": "img",
                "aria-labelledby": "picture-title picture-description",
                "font-family": "system-ui, sans-serif",
                "font-size": "12",
                "fill": INK,
            },
        )
        _titled(root, self._picture.title, "picture-title")
        description = ET.SubElement(root, "desc", {"id": "picture-description"})
        description.text = plain(self._picture.description)
        _add(root, "rect", width=width, height=height, fill=PAPER)
        root.append(legend)
        root.append(self._body(top))
        ET.indent(root, " ")
        return ET.tostring(root, encoding="unicode") + "\n"

    def _text_of(self, box: Box) -> list[str]:
        asked = [f"{self._roles[role]}: level {level}" for role, level in box.asked]
        return [
            *cut_to(wrapped(box.name, TEXT_COLUMNS), NAME_LINES),
            *cut_to(wrapped(box.detail(), TEXT_COLUMNS), 1),
            *(line for text in asked for line in cut_to(wrapped(text, TEXT_COLUMNS), 2)),
        ]

    def _legend(self) -> tuple[ET.Element, int]:
        """Return title and legend, and how far down they reach, pixels."""
        legend = ET.Element("g")
        _write(legend, self._picture.title, x=MARGIN, y=MARGIN + 14, font_size=20)
        _write(legend, self._picture.description, x=MARGIN, y=MARGIN + 36, fill=FAINT_INK)
        x, y = MARGIN, MARGIN + 48
        for colour, edge, text in self._legend_entries():
            width = columns(text) * TEXT_PIXELS + 32
            if x + width > max(self._sheet.width, NARROWEST) + MARGIN and x > MARGIN:
                x, y = MARGIN, y + LEGEND_HEIGHT
            _add(legend, "rect", x=x, y=y, width=14, height=14, fill=colour, stroke=edge)
            _write(legend, text, x=x + 20, y=y + 11)
            x += width
        return legend, y + LEGEND_HEIGHT + MARGIN

    def _legend_entries(self) -> Iterator[tuple[str, str, str]]:
        for area in self._picture.areas:
            yield self._colours[area.id], INK, plain(area.name)
        if any(box.asked for box in self._picture.boxes):
            yield ASKED_PAPER, ASKED_INK, f"asked by {', '.join(map(plain, self._roles.values()))}"
        if self._picture.choices:
            yield CHOICE_PAPER, CHOICE_INK, "a choice: 1 of 3 takes any one of three"

    def _body(self, top: int) -> ET.Element:
        body = ET.Element("g", {"transform": f"translate({MARGIN} {top})"})
        strokes = ET.SubElement(body, "g", {"fill": "none"})
        for line in self._lines:
            self._draw_line(strokes, line, self._threads[line.below, line.above])
        for box in self._picture.boxes:
            self._draw_box(body, box)
        for choice in self._picture.choices:
            self._draw_choice(body, choice)
        return body

    def _draw_line(self, body: ET.Element, line: Line, thread: Thread) -> None:
        is_choice = line.kind in {LineKind.OPTION, LineKind.CHOICE}
        marks = {"stroke-dasharray": "5 3"} if is_choice else {}
        colour = CHOICE_INK if is_choice else LINE_INK
        stroke = _add(body, "path", d=self._route(thread), stroke=colour, opacity="0.7")
        stroke.attrib |= marks
        _titled(stroke, self._sentence(line))
        tip = self._sheet.places[thread.parts[0 if thread.is_reversed else -1]]
        _add(body, "path", d=self._arrow(thread, tip), fill=colour)

    def _sentence(self, line: Line) -> str:
        names = self._names()
        text = f"{names[line.below]} before {names[line.above]}"
        return f"{text}: {line.reason}" if line.reason else text

    def _names(self) -> Mapping[str, str]:
        named = {box.id: box.name for box in self._picture.boxes}
        return named | {choice.id: choice.sentence() for choice in self._picture.choices}

    def _route(self, thread: Thread) -> str:
        """Return a line from the right of one end to the left of the other."""
        places, widths = self._sheet.places, self._sheet.widths
        steps: list[str] = []
        for part, after in pairwise(thread.parts):
            start, end = places[part], places[after]
            right = start.x + widths[part]
            bend = (right + end.x) / 2
            curve = (bend, start.y, bend, end.y, end.x, end.y)
            steps.append(f"{'L' if steps else 'M'}{_pixels(right, start.y)}C{_pixels(*curve)}")
        return "".join(steps)

    def _arrow(self, thread: Thread, tip: Place) -> str:
        if thread.is_reversed:
            right = tip.x + self._sheet.widths[thread.parts[0]]
            return f"M{_pixels(right, tip.y)}l7 -3.5v7z"
        return f"M{_pixels(tip.x, tip.y)}l-7 -3.5v7z"

    def _draw_box(self, body: ET.Element, box: Box) -> None:
        height = self._sizes[box.id].height
        group = self._group_at(body, box.id)
        area = next(area.name for area in self._picture.areas if area.id == box.area)
        _titled(group, f"{box.name} ({area}), {box.detail()}")
        _add(
            group,
            "rect",
            width=BOX_WIDTH,
            height=height,
            rx=4,
            fill=ASKED_PAPER if box.asked else PAPER,
            stroke=ASKED_INK if box.asked else LINE_INK,
            stroke_width=2 if box.asked else 1,
        )
        _add(group, "rect", width=STRIPE, height=height, rx=3, fill=self._colours[box.area])
        name_lines = len(cut_to(wrapped(box.name, TEXT_COLUMNS), NAME_LINES))
        for number, text in enumerate(self._texts[box.id]):
            is_name = number < name_lines
            line = _write(
                group,
                text,
                x=STRIPE + BOX_PADDING,
                y=BOX_PADDING + 11 + number * LINE_HEIGHT,
                fill=INK if is_name else FAINT_INK,
            )
            line.set("font-weight", "600" if is_name else "400")

    def _draw_choice(self, body: ET.Element, choice: Choice) -> None:
        width, height = CHOICE_SIZE
        group = self._group_at(body, choice.id)
        _titled(group, choice.sentence())
        points = f"0,{height // 2} {width // 2},0 {width},{height // 2} {width // 2},{height}"
        _add(
            group,
            "polygon",
            points=points,
            fill=ASKED_PAPER if choice.is_asked else CHOICE_PAPER,
            stroke=CHOICE_INK,
            stroke_width=2 if choice.is_asked else 1,
        )
        label = _write(group, choice.label(), x=width // 2, y=height // 2 + 4, font_size=10)
        label.set("text-anchor", "middle")

    def _group_at(self, body: ET.Element, part: str) -> ET.Element:
        place = self._sheet.places[part]
        corner = _pixels(place.x, place.y - self._sizes[part].height / 2)
        return ET.SubElement(body, "g", {"transform": f"translate({corner})"})


def _height(lines: list[str]) -> int:
    return len(lines) * LINE_HEIGHT + 2 * BOX_PADDING - 2


def _pixels(*numbers: float) -> str:
    """Return numbers to a tenth, as short as can be; never a zero below zero."""
    return " ".join(f"{round(number, 1) + 0.0:g}" for number in numbers)


def _colour(number: int) -> str:
    """Return a colour unlike its neighbours': steps of the golden angle round the hues."""
    return f"hsl({number * 137 % 360} 55% {42 + number // 8 % 3 * 12}%)"


def _titled(element: ET.Element, text: str, identifier: str = "") -> None:
    title = ET.SubElement(element, "title", {"id": identifier} if identifier else {})
    title.text = plain(text)


def _write(parent: ET.Element, text: str, **attributes: object) -> ET.Element:
    element = _add(parent, "text", **attributes)
    element.text = plain(text)
    return element


def _add(parent: ET.Element, name: str, **attributes: object) -> ET.Element:
    return ET.SubElement(
        parent, name, {key.replace("_", "-"): str(value) for key, value in attributes.items()}
    )
