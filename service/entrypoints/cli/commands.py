"""All commands."""

from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click

from service.entrypoints.cli.terminal import CommandGroup
from service.garbage import uncollected

COMMANDS: Final[Mapping[str, str]] = {
    "assess": "Print the shortest learning path from the skills you have to a role.",
    "assess-many": "Assess every line of INPUT and write a row for each to OUTPUT.",
    "graph": "Check a skills graph, compare two, add one up, or draw one.",
    "keys": "Make API keys.",
    "openapi": "Print the HTTP contract as OpenAPI 3.1 in YAML.",
    "serve": "Serve the HTTP API until it is told to stop.",
    "verify": "Check that the ANSWER of an assessment is right, without planning anything.",
}
"""What each is for, as its own help begins. Its module has its name."""


class Commands(CommandGroup):
    """Commands whose modules are loaded when they run: together they take a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click has it
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, or None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        with uncollected():
            module = import_module(f"service.entrypoints.cli.{name}")
        command: click.Command = getattr(module, name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what each command is for."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands)
@click.version_option(package_name="skills-gap")
def cli() -> None:
    """Find the exact shortest learning path from the skills you have to the role you want."""
