"""What the commands are handed, so that they know no adapter and no wiring."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from flask import Flask

    from service.application.use_cases import UseCases
    from service.domain.errors import Defect
    from service.domain.graph import SkillGraph

_Options = ParamSpec("_Options")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Tools:
    """The makers of everything that a command may need.

    Attributes:
        build_use_cases: On a graph file, or on the one of the settings; raises `GraphError`.
        preload: Loads a graph for the workers that are going to be forked, and returns it.
        check_graph: Returns every defect; raises `UnreadableGraphError`.
        default_graph: The graph file of the settings.
        create_app: The web application around some use cases.
        check_access: Raises `UnreadableKeysError` for a defective file of API keys.
    """

    build_use_cases: "Callable[[Path | None], UseCases]"
    preload: "Callable[[Path | None], SkillGraph]"
    check_graph: "Callable[[Path], tuple[Defect, ...]]"
    default_graph: Path
    create_app: "Callable[[UseCases], Flask]"
    check_access: Callable[[], None]


def pass_tools(
    command: Callable[Concatenate[Tools, _Options], _Result],
) -> Callable[_Options, _Result]:
    """Hand a command its tools: what the command line was given makes them, now that it runs."""

    @wraps(command)
    def with_tools(*args: _Options.args, **kwargs: _Options.kwargs) -> _Result:
        make: Callable[[], Tools] = click.get_current_context().obj
        return command(make(), *args, **kwargs)

    return with_tools
