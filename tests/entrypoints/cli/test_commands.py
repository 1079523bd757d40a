"""What is loaded for a command, and what is said of it before it is."""

import subprocess
import sys

import click
import pytest

from service.entrypoints.cli.commands import COMMANDS, cli
from tests.entrypoints.cli.running import run

LOADED_MODULES = """
import sys
from service.__main__ import main
try:
    main()
finally:
    print(*sys.modules, sep="\\n", file=sys.stderr)
"""


def loaded_by(*arguments: str) -> set[str]:
    """Return the modules that a command loads."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED_MODULES, *arguments],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    return set(done.stderr.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_said_of_a_command_is_what_its_own_help_begins_with(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)

    assert command is not None
    assert (command.help or "").startswith(COMMANDS[name])
    assert COMMANDS[name].removesuffix(".") in " ".join(run("--help", columns=100).stdout.split())


@pytest.mark.parametrize(("name", "examples"), [("assess", 1), ("assess-many", 2)])
def test_examples_of_a_help_have_lines_of_their_own(name: str, examples: int) -> None:
    lines = run(name, "--help", columns=100).stdout.splitlines()

    assert sum(line.startswith(f"  skills-gap {name} ") for line in lines) == examples
    assert not [line for line in lines if "\\" in line or "\b" in line]


def test_help_loads_neither_the_graph_nor_the_server() -> None:
    loaded = loaded_by("--help")

    assert "service.entrypoints.cli.commands" in loaded
    assert loaded & {"flask", "granian", "service.domain.graph", "service.bootstrap"} == set()


def test_an_assessment_in_the_terminal_loads_nothing_of_the_web() -> None:
    loaded = loaded_by("assess", "--json")

    assert "service.domain.planner.planner" in loaded
    unneeded = {"flask", "granian", "marshmallow", "networkx", "prometheus_client", "rapidfuzz"}
    assert loaded & unneeded == set()
