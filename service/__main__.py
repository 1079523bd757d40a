"""CLI entry point: ``skills-gap`` or ``python -m service``."""

import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from service.adapters.graph_file import check_graph
from service.bootstrap import build_use_cases, check_access, create_app, preload
from service.domain.graph import SkillGraph
from service.entrypoints.cli import Tools, cli
from service.settings import SettingError, Settings


def main() -> None:
    """Run the command line."""
    try:
        settings = Settings.from_environ(os.environ)
    except SettingError as error:
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201  before there is a command line
        sys.exit(2)
    cli(
        obj=Tools(
            build_use_cases=partial(build_use_cases, settings),
            preload=partial(_preload, settings),
            check_graph=check_graph,
            default_graph=settings.graph_path,
            create_app=create_app,
            check_access=partial(check_access, settings),
        )
    )


def _preload(settings: Settings, graph_path: Path | None) -> SkillGraph:
    """Return the graph of a file, or of the settings, and keep it for workers."""
    return preload(replace(settings, graph_path=graph_path or settings.graph_path))


if __name__ == "__main__":
    main()
