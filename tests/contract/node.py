"""Tools written for Node, as `make .venv/.clients` installs them."""

import os
import shutil
from pathlib import Path
from typing import Final

import pytest

NODE_MODULES: Final = Path(__file__).parents[2] / ".venv/clients/node_modules"

_IS_THERE: Final = NODE_MODULES.is_dir() and shutil.which("node") is not None

requires_node: Final = pytest.mark.skipif(
    not _IS_THERE and not os.environ.get("REQUIRE_NODE"),
    reason="needs Node, npm and `make .venv/.clients`; with REQUIRE_NODE=1 this is a failure",
)


def node_tool(name: str) -> Path:
    """Return where a tool is installed."""
    return NODE_MODULES / ".bin" / name
