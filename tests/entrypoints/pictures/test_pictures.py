"""One way to all formats."""

import pytest

from service.domain.errors import UnknownRoleError
from service.entrypoints.pictures import PictureFormat, draw
from tests.entrypoints.pictures.pictured import choices_and_circles


@pytest.mark.parametrize(
    ("picture_format", "beginning"),
    [
        (PictureFormat.DOT, "digraph "),
        (PictureFormat.MERMAID, "flowchart LR\n"),
        (PictureFormat.GRAPHML, "<graphml "),
        (PictureFormat.SVG, "<svg "),
    ],
)
def test_each_format_is_drawn_with_its_pen(picture_format: PictureFormat, beginning: str) -> None:
    drawn = draw(choices_and_circles(), picture_format)
    assert drawn.startswith(beginning)
    assert drawn.endswith("\n")
    assert drawn == draw(choices_and_circles(), picture_format)


@pytest.mark.parametrize("picture_format", PictureFormat)
def test_a_role_and_levels_change_what_is_drawn(picture_format: PictureFormat) -> None:
    made = choices_and_circles()
    usual = draw(made, picture_format)
    assert "Idle" in usual
    assert "Idle" not in draw(made, picture_format, role="writer")
    assert draw(made, picture_format, by_level=True) != usual


@pytest.mark.parametrize("picture_format", PictureFormat)
def test_an_unknown_role_is_an_error(picture_format: PictureFormat) -> None:
    with pytest.raises(UnknownRoleError):
        draw(choices_and_circles(), picture_format, role="pilot")
