"""CLI entry point: ``skills-gap`` or ``python -m service``."""

import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from service.entrypoints.cli import Tools, cli
from service.garbage import uncollected
from service.settings import SettingError, Settings

if TYPE_CHECKING:
    from service.domain.graph import SkillGraph


def main() -> None:
    """Run the command line."""
    try:
        settings = Settings.from_environ(os.environ)
    except SettingError as error:
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201  before there is a command line
        sys.exit(2)
    cli(obj=partial(_tools, settings))


def _tools(settings: Settings) -> Tools:
    """Return the tools of a command. Help and mistakes take none, so they are said at once."""
    with uncollected():
        from service import bootstrap  # noqa: PLC0415 - see above
        from service.adapters.graph_file import check_graph  # noqa: PLC0415
        from service.adapters.no_meter import NoMeter  # noqa: PLC0415

    def preload(graph_path: Path | None) -> "SkillGraph":
        return bootstrap.preload(replace(settings, graph_path=graph_path or settings.graph_path))

    return Tools(
        build_use_cases=partial(bootstrap.build_use_cases, settings, meter=NoMeter()),
        preload=preload,
        check_graph=check_graph,
        default_graph=settings.graph_path,
        create_app=bootstrap.create_app,
        check_access=partial(bootstrap.check_access, settings),
    )


if __name__ == "__main__":
    main()
