"""``skills-gap graph``: check a graph file, compare two, add one up, or draw one."""

import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from service.domain.errors import Defect, Severity, UnreadableGraphError
from service.domain.revision import compare
from service.entrypoints.cli import differences
from service.entrypoints.cli.context import Tools, pass_tools
from service.entrypoints.cli.options import GRAPH_FILE, graph_option
from service.entrypoints.cli.terminal import FAILED, USUAL_SIZE, CommandGroup, put, say
from service.entrypoints.cli.totals import totals_as_markdown, totals_as_text
from service.entrypoints.pictures import PictureFormat, draw
from service.entrypoints.pictures.lettering import plain


@click.group(cls=CommandGroup)
def graph() -> None:
    """Check a skills graph, compare two, add one up, or draw one."""


@graph.command()
@click.argument("file", required=False, type=GRAPH_FILE)
@pass_tools
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
@click.argument("before", type=GRAPH_FILE)
@click.argument("after", type=GRAPH_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the account of each path.")
@pass_tools
def diff(tools: Tools, *, before: Path, after: Path, as_json: bool) -> None:
    """Print what changed for people from the graph BEFORE to the graph AFTER.

    Whose path to which role got longer or shorter, by how much, and why. Exits 0 when no path
    changed, 1 when one did, and 2 when a file cannot be used.
    """
    old, new = (tools.build_use_cases(path).graph for path in (before, after))
    revision = compare(old, new)
    if as_json:
        put(differences.as_json(revision, old, new).encode() + b"\n")
    else:
        say(differences.as_text(revision, old, new, _width()))
    if revision.ways:
        raise click.exceptions.Exit(FAILED)


@graph.command()
@click.option("--markdown", is_flag=True, help="Print the table as a document holds it.")
@graph_option
@pass_tools
def totals(tools: Tools, *, markdown: bool, graph_path: Path | None) -> None:
    """Print the likely hours from each common profile to each role, with low and high."""
    summed = tools.build_use_cases(graph_path).graph
    if markdown:
        put(totals_as_markdown(summed).encode() + b"\n")
    else:
        say(totals_as_text(summed, _width()))


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
@pass_tools
def show(
    tools: Tools, *, picture_format: str, role: str | None, by_level: bool, graph_path: Path | None
) -> None:
    """Print the skills graph as a picture or as an interchange file."""
    drawn = tools.build_use_cases(graph_path).graph
    picture = draw(drawn, PictureFormat(picture_format), role=role, by_level=by_level)
    put(picture.encode())


def _width() -> int:
    return shutil.get_terminal_size(USUAL_SIZE).columns


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
