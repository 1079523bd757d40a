"""``skills-gap assess-many``: the assessments of many people."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import BinaryIO, Final, NoReturn

import click

from service.application.request import TargetKind
from service.application.use_cases import UseCases
from service.domain.errors import UnknownRoleError
from service.domain.graph import SkillGraph
from service.entrypoints.bulk import Bulk, JsonWriter, Line, Row, lines_of, read_json_line
from service.entrypoints.bulk_csv import CsvReader, CsvWriter, HeaderError, columns_of
from service.entrypoints.cli.context import Tools, pass_tools
from service.entrypoints.cli.options import graph_option
from service.entrypoints.cli.terminal import FAILED, Refusal, put, reason
from service.entrypoints.workers import Crew, NoWorkerError, chunks_of, usual_workers

STANDARD_STREAM: Final = "-"
MOST_WORKERS: Final = 256

ENDINGS: Final = (signal.SIGTERM, signal.SIGHUP)
"""Signals that end a process, where it does nothing about them, with all that it has begun."""

SIGNALLED: Final = 128
"""Exit code, with the number of the signal added: one of these ended it."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the lines are to be read and the rows to be worded.

    Attributes:
        target: What lines aim at that name neither a target nor requirements.
        is_summary: Whether to keep only readiness, hours and the ids of the steps.
        columns: Of CSV that is read; None for JSON.
        is_csv: Whether CSV is written.
    """

    target: str | None
    is_summary: bool
    columns: tuple[str, ...] | None
    is_csv: bool

    def bulk(self, use_cases: UseCases) -> Bulk:
        """Return what answers lines in this form."""
        is_level = use_cases.resolver.level
        read = (
            read_json_line
            if self.columns is None
            else CsvReader(self.columns, lambda word: is_level(word) is not None)
        )
        writer = CsvWriter(use_cases) if self.is_csv else JsonWriter(use_cases, self.is_summary)
        return Bulk(use_cases, read, writer, self.target)


@click.command("assess-many")
@click.argument("source", metavar="INPUT", type=click.Path(allow_dash=True))
@click.argument("output", metavar="[OUTPUT]", default=STANDARD_STREAM)
@click.option(
    "--target",
    metavar="ROLE",
    help="Where those want to go who name neither a target nor requirements: the id of a role, "
    "'either' or 'both'; usually 'either'.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=usual_workers,
    show_default="one a core",
    help="Processes that do the work.",
)
@click.option(
    "--fields",
    type=click.Choice(["summary"]),
    help="Keep of each answer only readiness, hours and the ids of the steps.",
)
@graph_option
@pass_tools
def assess_many(  # noqa: PLR0913 - one argument an option
    tools: Tools,
    *,
    source: str,
    output: str,
    target: str | None,
    workers: int,
    fields: str | None,
    graph_path: Path | None,
) -> None:
    """Assess every line of INPUT and write a row for each to OUTPUT.

    INPUT has a JSON object a line, an assessment request with an "id" where wanted; or it is CSV
    with the columns id, skills, target and hours_per_week, where its name ends in .csv. OUTPUT
    has a JSON object a line, or is CSV by its name. Rows come in the order of the lines, and a
    line that cannot be answered gets a row that says why. '-' is a standard stream.

    Exits 1 if there are such rows, 2 if nothing could be done.

    \b
    skills-gap assess-many people.ndjson answers.ndjson
    skills-gap assess-many people.csv paths.csv --target ai-engineer
    """  # noqa: D301 - click takes the sign itself
    use_cases = tools.build_use_cases(graph_path)
    _refuse_unknown(target, use_cases.graph)
    with _ended_in_order(), _read(source) as stream, _written(output) as write:
        lines = lines_of(stream)
        columns = _columns(lines) if _is_csv(source) else None
        form = Form(target, fields is not None, columns, _is_csv(output))
        if form.is_csv:
            write(CsvWriter(use_cases).header())
        build = partial(_build, tools.build_use_cases, graph_path, form, _identity(use_cases))
        progress = _Progress(lines, _size(stream))
        for rows in _rows(progress.watched(), form.bulk(use_cases), build, workers):
            write(b"".join(row.text for row in rows))
            progress.report(rows)
        progress.end()
    if progress.problems:
        click.echo(f"{progress.problems} of {progress.rows} lines got a problem.", err=True)
        raise click.exceptions.Exit(FAILED)


def _rows(
    lines: Iterator[Line], bulk: Bulk, build: Callable[[], Callable[[Line], Row]], workers: int
) -> Iterator[list[Row]]:
    if workers == 1:
        yield from ([bulk.row(line)] for line in lines)
        return
    try:
        with Crew(build, bulk.lost, workers) as crew:
            yield from crew.rows(chunks_of(lines))
    except NoWorkerError as error:
        raise Refusal(str(error)) from None


def _build(
    build_use_cases: Callable[[Path | None], UseCases],
    graph_path: Path | None,
    form: Form,
    identity: str,
) -> Callable[[Line], Row]:
    """Return what answers lines in a worker, on the graph that its parent has."""
    use_cases = build_use_cases(graph_path)
    if _identity(use_cases) != identity:
        raise Refusal("The graph file was changed while it was in use; start again.")
    return form.bulk(use_cases).row


def _identity(use_cases: UseCases) -> str:
    return use_cases.graph.catalogue.content_hash


def _refuse_unknown(target: str | None, graph: SkillGraph) -> None:
    if target not in {None, TargetKind.EITHER, TargetKind.BOTH, *graph.roles}:
        raise UnknownRoleError(tuple(graph.roles))


def _is_csv(name: str) -> bool:
    return name.lower().endswith(".csv")


def _columns(lines: Iterator[Line]) -> tuple[str, ...]:
    try:
        return columns_of(next(lines, None))
    except HeaderError as error:
        raise Refusal(str(error)) from None


def _size(stream: BinaryIO) -> int | None:
    """Return how many bytes a file has; None for a stream that ends when it ends."""
    try:
        return os.fstat(stream.fileno()).st_size or None
    except OSError:
        return None


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Leave nothing half written, and no worker, when a signal ends the work.

    One that is ignored stays so: that is how ``nohup`` asks to go on.
    """
    before = {ending: signal.getsignal(ending) for ending in ENDINGS}
    heeded = [ending for ending in ENDINGS if before[ending] is not signal.SIG_IGN]

    def end(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001  as signal has it
        for ending in heeded:
            signal.signal(ending, signal.SIG_IGN)  # a second one must not stop the tidying up
        sys.exit(SIGNALLED + number)

    for ending in heeded:
        signal.signal(ending, end)
    try:
        yield
    finally:
        for ending in heeded:
            signal.signal(ending, before[ending])


@contextmanager
def _read(source: str) -> Iterator[BinaryIO]:
    if source == STANDARD_STREAM:
        yield sys.stdin.buffer
        return
    try:
        stream = Path(source).open("rb")  # noqa: SIM115  closed below
    except OSError as error:
        raise Refusal(f"Cannot read {source}: {reason(error)}.") from None
    with stream:
        yield stream


@contextmanager
def _written(output: str) -> Iterator[Callable[[bytes], None]]:
    """Yield what writes to an output and lets every row be seen at once.

    A file takes its name when it is complete; until then the one that had it stays.
    """
    if output == STANDARD_STREAM:
        yield put
        return
    path = Path(os.path.realpath(output))
    is_new = not path.exists() or path.is_file()
    part = path.with_name(f".{path.name}.{os.getpid()}.part") if is_new else path
    try:
        with part.open("wb") as stream:
            yield _writer(stream)
        if is_new:
            part.replace(path)
    except OSError as error:
        raise Refusal(f"Cannot write {output}: {reason(error)}.") from None
    finally:
        if is_new:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _writer(stream: BinaryIO) -> Callable[[bytes], None]:
    def write(data: bytes) -> None:
        stream.write(data)
        stream.flush()

    return write


class _Progress:
    """Counts rows, and shows on a terminal how far the work is.

    Args:
        lines: The input.
        size: Bytes of the input; None where nobody knows.
    """

    def __init__(self, lines: Iterator[Line], size: int | None) -> None:
        self.rows = 0
        self.problems = 0
        self._lines = lines
        self._sizes: deque[int] = deque()
        is_watched = sys.stderr.isatty()
        self._bar = click.progressbar(
            lines, length=size, label="Assessing", file=sys.stderr, hidden=not is_watched
        )

    def watched(self) -> Iterator[Line]:
        """Yield the lines, keeping their sizes until their rows are written."""
        for line in self._lines:
            self._sizes.append(len(line.text) + 1)
            yield line

    def report(self, rows: Sequence[Row]) -> None:
        """Count some rows; they come in the order of their lines."""
        self.rows += len(rows)
        self.problems += sum(row.is_problem for row in rows)
        self._bar.update(sum(self._sizes.popleft() for _ in rows))

    def end(self) -> None:
        """Leave the terminal as it is without a bar."""
        self._bar.render_finish()
