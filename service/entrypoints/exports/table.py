"""The steps of a path as CSV (RFC 4180), safe to open in a spreadsheet."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final

from service.domain.graph import SkillGraph
from service.entrypoints.exports.naming import level_name

COLUMNS: Final = (
    "order", "skill", "name", "level", "level_name", "area",
    "hours_low", "hours_likely", "hours_high", "hours_so_far",
    "week_from", "week_to", "first_day", "last_day",
    "because", "needed_for", "unlocks", "serves_roles", "basis",
)  # fmt: skip

BETWEEN: Final = "; "
_FORMULA_SIGNS: Final = ("=", "+", "-", "@")
_BREAKS: Final = ("\t", "\r", "\n")


def as_csv(answer: dict[str, Any], graph: SkillGraph) -> str:
    """Return the steps of a path, one a row."""
    return written([COLUMNS, *(_row(step, graph) for step in answer["path"]["steps"])])


def written(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(map(harmless, rows))
    return buffer.getvalue()


def harmless(row: Sequence[object]) -> list[object]:
    """Return a row in which no text is a formula to a spreadsheet: an apostrophe stands before.

    Example:
        >>> harmless(["=1+1", "  =1+1", "C++", -3])
        ["'=1+1", "'  =1+1", 'C++', -3]
    """
    return [f"'{cell}" if isinstance(cell, str) and _is_formula(cell) else cell for cell in row]


def _is_formula(text: str) -> bool:
    """Return whether a spreadsheet may calculate a text: some skip spaces, and read wide signs."""
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return text.startswith(_BREAKS) or first.startswith(_FORMULA_SIGNS)


def _row(step: dict[str, Any], graph: SkillGraph) -> list[object]:
    hours = step["hours"]
    return [
        step["order"],
        step["skill"],
        step["name"],
        step["level"],
        level_name(graph, step["level"]),
        step["area"],
        *(hours[name] for name in ("low", "likely", "high")),
        step["hours_so_far"],
        *(step["weeks"] or (None, None)),
        *(step["dates"] or (None, None)),
        step["because"],
        BETWEEN.join(dict.fromkeys(need["requirement"] for need in step["needed_for"])),
        BETWEEN.join(step["unlocks"]),
        BETWEEN.join(step["serves_roles"]),
        step["basis"],
    ]
