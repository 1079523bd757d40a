"""The same answer in the forms that other programs open: calendar, table, text with headings."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

from service.domain.graph import SkillGraph
from service.entrypoints.exports.calendar import as_calendar
from service.entrypoints.exports.markdown import as_markdown
from service.entrypoints.exports.table import as_csv


class ExportFormat(StrEnum):
    """What an answer can be written as, beside JSON."""

    CALENDAR = "calendar"
    CSV = "csv"
    MARKDOWN = "markdown"


EXPORTS: Final[Mapping[ExportFormat, Callable[[dict[str, Any], SkillGraph], str]]] = {
    ExportFormat.CALENDAR: as_calendar,
    ExportFormat.CSV: as_csv,
    ExportFormat.MARKDOWN: as_markdown,
}


def export(answer: dict[str, Any], graph: SkillGraph, form: ExportFormat) -> bytes:
    """Return an answer in another form.

    Args:
        answer: As JSON has it.
        graph: Names its levels.
        form: The form.

    Raises:
        InvalidRequestError: A calendar of an answer without dates.
    """
    return EXPORTS[form](answer, graph).encode()
