"""Rows of people as CSV: requests read from it, answers written to it.

A row is one line, so that a quote left open costs its own row and no other.
"""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from service.application.request import Claim, Reading
from service.application.use_cases import UseCases
from service.domain.errors import Fault
from service.entrypoints.bulk import (
    Item,
    Line,
    Members,
    RowId,
    refuse_too_long,
    summary,
    text_id,
)
from service.entrypoints.exports.table import written
from service.entrypoints.http.problems import ProblemError, unusable
from service.entrypoints.skill_text import split_level
from service.strict_json import JsonValue

COLUMNS: Final = ("id", "skills", "target", "hours_per_week")
BETWEEN_SKILLS: Final = ";"

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_DECIMAL: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


class HeaderError(ValueError):
    """The first line of a CSV file does not name columns that can be used."""


def columns_of(header: Line | None) -> tuple[str, ...]:
    """Return the columns that the first line of a file names, in its order.

    Raises:
        HeaderError: It names one twice, or others than `COLUMNS`, or not ``skills``.
    """
    text = b"" if header is None else header.text.removeprefix(_BYTE_ORDER_MARK)
    try:
        columns = tuple(name.strip().lower() for name in _cells(text))
    except (csv.Error, UnicodeDecodeError):
        columns = ()
    is_usable = len(set(columns)) == len(columns) and set(columns) <= set(COLUMNS)
    if not is_usable or "skills" not in columns:
        usable = ", ".join(COLUMNS)
        raise HeaderError(
            f"The first line has to name the columns: skills, and any others of {usable}."
        )
    return columns


@dataclass(frozen=True, slots=True)
class CsvReader:
    """Reads requests from rows.

    Attributes:
        columns: Of the file, in its order.
        is_level: Tells ids and aliases of levels.
    """

    columns: Sequence[str]
    is_level: Callable[[str], bool]

    def __call__(self, line: Line) -> Item:
        """Return what a row holds.

        Raises:
            ProblemError: It is too long, no UTF-8, no CSV, or has too few or too many cells.
        """
        refuse_too_long(line)
        try:
            cells = [cell.strip() for cell in _cells(line.text)]
        except UnicodeDecodeError:
            raise _unusable("The row is not UTF-8.") from None
        except csv.Error:
            raise _unusable("The row is not CSV: a quote is left open or misplaced.") from None
        if len(cells) != len(self.columns):
            raise _unusable(f"The row has {len(cells)} cells for {len(self.columns)} columns.")
        row = dict(zip(self.columns, cells, strict=True))
        row_id, faults = text_id(row.get("id", ""))
        return Item(row_id, self._document(row), faults)

    def _document(self, row: dict[str, str]) -> JsonValue:
        claims = [
            split_level(text, self.is_level)
            for text in row["skills"].split(BETWEEN_SKILLS)
            if text.strip()
        ]
        document: dict[str, JsonValue] = {"skills": [_claimed(claim) for claim in claims]}
        if target := row.get("target"):
            document["target"] = target
        if pace := row.get("hours_per_week"):
            # What is no number stays text: the request's own reader says what is wrong with it.
            document["hours_per_week"] = float(pace) if _DECIMAL.fullmatch(pace) else pace
        return document


@dataclass(frozen=True, slots=True)
class CsvWriter:
    """Words rows as CSV: figures and ids alone.

    Attributes:
        use_cases: What answers.
    """

    use_cases: UseCases

    def header(self) -> bytes:
        """Return the row that names the columns."""
        by_role = [
            f"{figure}_{role}"
            for role in self.use_cases.graph.roles
            for figure in ("readiness", "hours")
        ]
        return written([["id", "target", *by_role, "path_hours", "steps", "problem"]]).encode()

    def answer(self, row_id: RowId, reading: Reading) -> bytes:
        """Return the figures, roles in the graph's order."""
        said = summary(self.use_cases, reading)
        by_role = [
            said[figure][role]
            for role in self.use_cases.graph.roles
            for figure in ("readiness", "hours")
        ]
        target = "; ".join(said["target"]["roles"]) or said["target"]["kind"]
        path = said["path"]
        steps = "; ".join(path["steps"])
        return written([[row_id, target, *by_role, path["hours"]["likely"], steps, None]]).encode()

    def problem(self, row_id: RowId, said: Members) -> bytes:
        """Return the problem in words in the last column."""
        faults = [f"{fault['pointer']}: {fault['detail']}" for fault in said.get("errors", ())]
        words = " ".join([f"{said['code']}: {said['detail']}", *faults])
        figures = [None] * (2 * len(self.use_cases.graph.roles))
        return written([[row_id, None, *figures, None, None, words]]).encode()


def _cells(text: bytes) -> list[str]:
    return next(csv.reader([text.decode()], strict=True), [])


def _claimed(claim: Claim) -> JsonValue:
    if claim.level is None:
        return {"skill": claim.skill}
    return {"skill": claim.skill, "level": claim.level}


def _unusable(sentence: str) -> ProblemError:
    return unusable([Fault("", sentence)])
