"""Options that several commands take."""

from pathlib import Path

import click

GRAPH_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

graph_option = click.option(
    "--graph",
    "graph_path",
    type=GRAPH_FILE,
    help="A skills graph other than the usual one.",
)
