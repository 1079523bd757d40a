"""The hours from each common profile to each role, as a table."""

from typing import Final

from service.domain.graph import SkillGraph
from service.domain.skill import Effort
from service.domain.ways import starts, ways_to_all_roles, ways_to_each_role
from service.entrypoints.cli.table import Column, table
from service.entrypoints.pictures.lettering import hours, plain

NOBODY: Final = "Nothing known"
"""What the start is called of a person who knows nothing yet."""

TOGETHER: Final = "All roles"


def totals_as_text(graph: SkillGraph, width: int) -> str:
    """Return the totals as a table of at most `width` columns."""
    heads, rows = _totals(graph)
    flexible, *numbers = heads
    columns = [Column(flexible, is_flexible=True), *(Column(n, is_number=True) for n in numbers)]
    return "\n".join(table(columns, rows, width))


def totals_as_markdown(graph: SkillGraph) -> str:
    """Return the totals as a table for a document."""
    heads, rows = _totals(graph)
    rule = ["---", *(["---:"] * (len(heads) - 1))]
    return "\n".join(
        "| " + " | ".join(plain(cell).replace("|", "\\|") for cell in row) + " |"
        for row in (heads, rule, *rows)
    )


def _totals(graph: SkillGraph) -> tuple[list[str], list[list[str]]]:
    """Return heads and rows: likely hours, with low and high in brackets.

    Where there are several roles, the last column is the path to all of them together.
    """
    roles = list(graph.roles.values())
    rows = [[profile.name if profile else NOBODY] for profile in starts(graph)]
    heads = ["From", *(role.name for role in roles)]
    if len(roles) > 1:
        heads.append(TOGETHER)
    each = ways_to_each_role(graph)
    together = ways_to_all_roles(graph)
    for row in rows:
        row.extend(_range(next(each).effort) for _ in roles)
        if len(roles) > 1:
            row.append(_range(next(together).effort))
    return heads, rows


def _range(effort: Effort) -> str:
    low, likely, high = map(hours, effort)
    return f"{likely} ({low}\N{EN DASH}{high})"
