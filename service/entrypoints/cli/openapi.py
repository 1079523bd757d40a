"""``skills-gap openapi``: the HTTP contract."""

from itertools import zip_longest
from pathlib import Path

import click

from service.entrypoints.cli.context import Tools, pass_tools
from service.entrypoints.cli.terminal import FAILED, put
from service.entrypoints.http.openapi import openapi_yaml
from service.entrypoints.pictures.lettering import plain


@click.command()
@click.option(
    "--check",
    "committed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Print nothing, and exit 1 if this file says anything else.",
)
@pass_tools
def openapi(tools: Tools, *, committed: Path | None) -> None:
    """Print the HTTP contract as OpenAPI 3.1 in YAML."""
    contract = openapi_yaml(tools.create_app(tools.build_use_cases(None)))
    if committed is None:
        put(contract.encode())
        return
    difference = _first_difference(committed.read_bytes().decode(errors="replace"), contract)
    if difference:
        message = f"{committed} is not what the service does; {difference}"
        raise Differs(message)


class Differs(click.ClickException):
    """The committed contract is not the service's."""

    exit_code = FAILED


def _first_difference(committed: str, contract: str) -> str:
    """Return the first line in which two texts differ, in words; nothing if they are equal."""
    pairs = zip_longest(committed.splitlines(keepends=True), contract.splitlines(keepends=True))
    for number, (old, new) in enumerate(pairs, start=1):
        if old != new:
            return f"the first difference is line {number}: {_shown(old)} should be {_shown(new)}."
    return ""


def _shown(line: str | None) -> str:
    return "nothing" if line is None else f"'{plain(line)}'"
