"""``skills-gap``: the use cases at a terminal."""

from service.entrypoints.cli.commands import cli
from service.entrypoints.cli.context import Tools

__all__ = ["Tools", "cli"]
