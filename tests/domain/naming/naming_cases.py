"""The cases that anybody can read and add to, and the resolver on the graph that ships."""

import csv
import json
from pathlib import Path
from typing import Any, Final

from service.adapters.graph_file import load_graph
from service.domain.naming.resolver import Resolver
from service.domain.naming.results import Ambiguous, Resolution, Resolved

_HERE: Final = Path(__file__).parent
SHIPPED: Final = load_graph(Path(__file__).parents[3] / "skills_graph.json")
RESOLVER: Final = Resolver(SHIPPED.catalogue)


def rows(name: str) -> list[dict[str, str]]:
    """Return the lines of a table in ``cases/``."""
    with (_HERE / "cases" / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def documents(name: str) -> list[dict[str, Any]]:
    """Return the entries of a JSON file in ``cases/``."""
    entries: list[dict[str, Any]] = json.loads((_HERE / "cases" / name).read_text("utf-8"))
    return entries


def told(resolution: Resolution) -> str:
    """Return a resolution as the tables write it."""
    match resolution:
        case Resolved(matches):
            return " + ".join(
                m.skill if m.level is None else f"{m.skill}@{m.level}" for m in matches
            )
        case Ambiguous(candidates):
            return f"ambiguous: {' | '.join(candidates)}"
        case _:
            return "unknown"
