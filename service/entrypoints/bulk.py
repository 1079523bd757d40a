"""Lines in, lines out: many requests, each answered alone, whatever becomes of the others.

A line is an assessment request with an optional ``id``; its row is the answer that the HTTP API
would give, or the problem. What carries the lines, a file or a request, is no matter here.
"""

import logging
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, NamedTuple, Protocol, TypeAlias, TypeGuard

import orjson

from service.application.request import Reading
from service.application.use_cases import UseCases
from service.domain.errors import Fault, InvalidRequestError, RequestError, UnknownRoleError
from service.entrypoints import answers
from service.entrypoints.http.faults import printable
from service.entrypoints.http.problems import PROBLEMS, ProblemError, members, unusable
from service.entrypoints.http.reading import read_assessment
from service.strict_json import JsonValue, MalformedJsonError, read_json

MAX_LINE_BYTES: Final = 1024 * 1024
MAX_ID: Final = 200

Members: TypeAlias = dict[str, Any]
RowId: TypeAlias = str | int | float | None

_PIECE_BYTES: Final = 64 * 1024
_ID_FAULT: Final = f"Must be a text of at most {MAX_ID} characters, a number or null."

_log = logging.getLogger(__name__)


class Line(NamedTuple):
    """A line of the input.

    Attributes:
        number: From 1, blank lines counted.
        text: Its bytes without the line's end; of a line that is too long, enough to tell.
    """

    number: int
    text: bytes


class Row(NamedTuple):
    """A line of the output, its end included."""

    text: bytes
    is_problem: bool


class Item(NamedTuple):
    """What a line holds.

    Attributes:
        id: The caller's own name for it; None where it has none that can be used.
        document: The request; any JSON, for its own reader to judge.
        faults: What is wrong beside the request.
    """

    id: RowId
    document: JsonValue
    faults: tuple[Fault, ...] = ()


class Writer(Protocol):
    """Words rows, each with its end."""

    def answer(self, row_id: RowId, reading: Reading) -> bytes:
        """Return the row of a request that was read."""

    def problem(self, row_id: RowId, said: Members) -> bytes:
        """Return the row of a request that has no answer."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """Answers lines, one at a time.

    Attributes:
        use_cases: What answers.
        read: Returns what a line holds; raises `ProblemError` for one that cannot be read.
        writer: Words the rows.
        target: What lines aim at that name neither a target nor requirements.
    """

    use_cases: UseCases
    read: Callable[[Line], Item]
    writer: Writer
    target: str | None = None

    def row(self, line: Line) -> Row:
        """Return the row of a line; whatever happens, there is one."""
        row_id: RowId = None
        try:
            item = self.read(line)
            row_id = item.id
            return Row(self.writer.answer(row_id, self._reading(item)), is_problem=False)
        except (ProblemError, RequestError) as error:
            return self._problem(row_id, line, _as_problem(error))
        except Exception as error:  # noqa: BLE001  one row with a bug costs no other
            return self._problem(row_id, line, _bug(error, line))

    def lost(self, line: Line) -> Row:
        """Return the row of a line that no answer can be had of: what asked for it died."""
        try:
            row_id = self.read(line).id
        except ProblemError:
            row_id = None
        return self._problem(row_id, line, _internal("internal"))

    def _reading(self, item: Item) -> Reading:
        document = self._aimed(item.document)
        try:
            reading = read_assessment(document, self.use_cases.understand)
        except (ProblemError, RequestError) as error:
            if not item.faults:
                raise
            raise unusable([*item.faults, *_as_problem(error).faults]) from None
        if item.faults:
            raise unusable(item.faults)
        return reading

    def _aimed(self, document: JsonValue) -> JsonValue:
        if self.target is None or not isinstance(document, dict):
            return document
        if "target" in document or "requirements" in document:
            return document
        return {**document, "target": self.target}

    def _problem(self, row_id: RowId, line: Line, error: ProblemError) -> Row:
        said = {**members(error.code, error.detail, error.faults), "line": line.number}
        return Row(self.writer.problem(row_id, said), is_problem=True)


@dataclass(frozen=True, slots=True)
class JsonWriter:
    """Words rows as JSON, one object a line.

    Attributes:
        use_cases: What answers.
        is_summary: Whether to keep only readiness, hours and the ids of the steps.
    """

    use_cases: UseCases
    is_summary: bool = False

    def answer(self, row_id: RowId, reading: Reading) -> bytes:
        """Return ``{"id": ..., "assessment": ...}``."""
        return b'{"id":%b,"assessment":%b}\n' % (orjson.dumps(row_id), self._answer(reading))

    def problem(self, row_id: RowId, said: Members) -> bytes:
        """Return ``{"id": ..., "problem": ...}``."""
        return orjson.dumps({"id": row_id, "problem": said}) + b"\n"

    def _answer(self, reading: Reading) -> bytes:
        cases = self.use_cases
        if self.is_summary:
            return orjson.dumps(summary(cases, reading))
        return answers.with_echo(cases.answer(reading.question), reading, cases.graph)


def summary(use_cases: UseCases, reading: Reading) -> Members:
    """Return what is left of an answer when only figures and ids are wanted.

    What an answer holds beside that is not worked out.
    """
    brief = reading.question._replace(highest_leverage=0, alternatives=0, budget=None)
    answer = orjson.loads(use_cases.answer(brief).replace(answers.ECHO, b""))
    path = answer["path"]
    return {
        "target": {name: answer["target"][name] for name in ("kind", "roles")},
        "readiness": {role["role"]: role["readiness"] for role in answer["roles"]},
        "hours": {role["role"]: role["hours"]["likely"] for role in answer["roles"]},
        "path": {
            "hours": path["hours"],
            "steps": [f"{step['skill']}@{step['level']}" for step in path["steps"]],
        },
    }


def lines_of(stream: BinaryIO) -> Iterator[Line]:
    """Yield the lines of a stream, blank ones left out.

    Of a line longer than `MAX_LINE_BYTES` no more is kept than tells that it is.
    """
    number = 0
    while piece := stream.readline(MAX_LINE_BYTES + 2):
        number += 1
        text = piece.rstrip(b"\r\n")
        while piece and not piece.endswith(b"\n"):
            piece = stream.readline(_PIECE_BYTES)
        if text.strip():
            yield Line(number, text)


def read_json_line(line: Line) -> Item:
    """Return what a line of JSON holds.

    Raises:
        ProblemError: It is too long, or not JSON.
    """
    refuse_too_long(line)
    try:
        document = read_json(line.text, max_bytes=MAX_LINE_BYTES)
    except MalformedJsonError as error:
        raise _malformed(error) from None
    if not isinstance(document, dict):
        return Item(None, document)
    request = dict(document)
    row_id = request.pop("id", None)
    if not _is_id(row_id):
        return Item(None, request, (Fault("/id", _ID_FAULT),))
    return Item(row_id, request)


def refuse_too_long(line: Line) -> None:
    """Raise `ProblemError` for a line of more than `MAX_LINE_BYTES`."""
    if len(line.text) > MAX_LINE_BYTES:
        raise ProblemError("payload-too-large", "The line is larger than 1 MiB.")


def text_id(text: str) -> tuple[RowId, tuple[Fault, ...]]:
    """Return the id that a text gives, and what is wrong with it; none for an empty text."""
    if len(text) > MAX_ID:
        return None, (Fault("/id", _ID_FAULT),)
    return text or None, ()


def _is_id(value: JsonValue) -> TypeGuard[RowId]:
    if isinstance(value, str):
        return len(value) <= MAX_ID
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _malformed(error: MalformedJsonError) -> ProblemError:
    pointer = printable(error.pointer)
    faults = [Fault(pointer, error.detail)] if pointer else []
    return ProblemError("malformed-json", error.detail, faults)


def _as_problem(error: ProblemError | RequestError) -> ProblemError:
    """Return an error of the request as the problem that HTTP makes of it."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, InvalidRequestError):
        return unusable(error.faults)
    faults: tuple[Fault, ...] = ()
    if isinstance(error, UnknownRoleError) and error.pointer:
        faults = (Fault(error.pointer, str(error)),)
    return ProblemError(error.code, str(error), faults)


def _bug(error: Exception, line: Line) -> ProblemError:
    # Where it happened and what kind it is; its message could hold what a person sent.
    frames = "".join(traceback.format_tb(error.__traceback__))
    _log.error("bug %s line=%d\n%s", type(error).__qualname__, line.number, frames)
    return _internal("temporarily-overloaded" if isinstance(error, MemoryError) else "internal")


def _internal(code: str) -> ProblemError:
    return ProblemError(code, PROBLEMS[code].meaning)
