"""All commands."""

import click

from service.entrypoints.cli.assess import assess
from service.entrypoints.cli.assess_many import assess_many
from service.entrypoints.cli.graph import graph
from service.entrypoints.cli.keys import keys
from service.entrypoints.cli.openapi import openapi
from service.entrypoints.cli.serve import serve
from service.entrypoints.cli.terminal import CommandGroup
from service.entrypoints.cli.verify import verify


@click.group(cls=CommandGroup)
@click.version_option(package_name="skills-gap")
def cli() -> None:
    """Find the exact shortest learning path from the skills you have to the role you want."""


for command in (serve, assess, assess_many, verify, graph, openapi, keys):
    cli.add_command(command)
