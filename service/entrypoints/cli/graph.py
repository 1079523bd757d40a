"""``skills-gap graph``: check a graph file, or draw it."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from service.domain.errors import Defect, Severity, UnreadableGraphError
from service.entrypoints.cli.context import Tools
from service.entrypoints.cli.options import GRAPH_FILE, graph_option
from service.entrypoints.cli.terminal import FAILED, CommandGroup, say
from service.entrypoints.pictures import PictureFormat, draw
from service.entrypoints.pictures.lettering import plain


@click.group(cls=CommandGroup)
def graph() -> None:
    """Check a skills graph, or draw it."""


@graph.command()
@click.argument("file", required=False, type=GRAPH_FILE)
@click.pass_obj
def check(tools: Tools, file: Path | None) -> None:
    """Print every defect of FILE, or of the usual graph, and exit 1 if one is an error.

    One defect a line: how grave it is, where it is as a JSON pointer, its code, and what it is.
    """
    path = file or tools.default_graph
    defects = _defects(tools, path)
    for defect in defects:
        say(_line(defect))
    say(f"{plain(str(path))}: {_counted(defects)}")
    if any(defect.severity is Severity.ERROR for defect in defects):
        raise click.exceptions.Exit(FAILED)


@graph.command()
@click.option(
    "--format",
    "picture_format",
    type=click.Choice([each.value for each in PictureFormat]),
    default=PictureFormat.MERMAID.value,
    show_default=True,
    help="What to draw with.",
)
@click.option("--role", metavar="ROLE", help="Only what a path to this role, by its id, can use.")
@click.option("--levels", "by_level", is_flag=True, help="A box for each level of a skill.")
@graph_option
@click.pass_obj
def show(
    tools: Tools, *, picture_format: str, role: str | None, by_level: bool, graph_path: Path | None
) -> None:
    """Print the skills graph as a picture or as an interchange file."""
    drawn = tools.build_use_cases(graph_path).graph
    picture = draw(drawn, PictureFormat(picture_format), role=role, by_level=by_level)
    click.echo(picture.encode(), nl=False)


def _defects(tools: Tools, path: Path) -> tuple[Defect, ...]:
    try:
        return tools.check_graph(path)
    except UnreadableGraphError as error:
        return (Defect("", error.code, error.reason),)


def _line(defect: Defect) -> str:
    return "  ".join(
        (
            f"{defect.severity.value:<7}",
            plain(defect.pointer) or "/",
            defect.code,
            plain(defect.message),
        )
    )


def _counted(defects: Iterable[Defect]) -> str:
    found = Counter(defect.severity for defect in defects)
    return ", ".join(
        f"{found[severity] or 'no'} {severity.value}{'s' * (found[severity] != 1)}"
        for severity in Severity
    )
