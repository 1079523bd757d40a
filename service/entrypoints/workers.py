"""Processes that answer chunks of lines side by side; their rows come in the order of the lines.

A worker that dies costs no row: its chunk is tried again by a fresh one, then in ever smaller
parts, until the line that kills is alone and gets a row that says so.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Final, NamedTuple, Self, TypeAlias

from service.entrypoints.bulk import MAX_LINE_BYTES, Line, Row

Answer: TypeAlias = Callable[[Line], Row]
Chunk: TypeAlias = list[Line]

LINES_IN_A_CHUNK: Final = 100
CHUNKS_AHEAD: Final = 3
"""Chunks a worker that are read and not written yet: what bounds the memory of a stream."""

MOST_FAILED_STARTS: Final = 5

_CONTEXT: Final = get_context("spawn")  # no thread or lock of the parent gets into a child


class NoWorkerError(Exception):
    """Workers die before they are ready."""

    def __str__(self) -> str:
        return "The processes that should do the work die while they start."


def usual_workers() -> int:
    """Return one worker a core that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def chunks_of(lines: Iterable[Line]) -> Iterator[Chunk]:
    """Yield lines in chunks, bounded in number and in bytes."""
    chunk: Chunk = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line.text)
        if len(chunk) == LINES_IN_A_CHUNK or size >= MAX_LINE_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class Crew:
    """Some workers; leave it by ``with``, and they are gone.

    Args:
        build: Makes what answers a line, in each worker once; it has to pickle.
        lost: Words the row of a line that kills its worker.
        size: How many workers there are at most; they start as there is work for them.
    """

    def __init__(self, build: Callable[[], Answer], lost: Answer, size: int) -> None:
        self._build = build
        self._lost = lost
        self._size = size
        self._workers: list[_Worker] = []
        self._failed_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        while self._workers:
            self._workers.pop().end()

    def rows(self, chunks: Iterable[Chunk]) -> Iterator[list[Row]]:
        """Yield the rows of some chunks in their order.

        Raises:
            NoWorkerError: No worker stays alive until it is ready.
            Exception: What `build` raised in a worker.
        """
        flow = _Flow(iter(chunks), room=CHUNKS_AHEAD * self._size)
        while flow.is_running():
            flow.take()
            self._hand_out(flow)
            self._collect(flow)
            yield from flow.finished()

    def _hand_out(self, flow: "_Flow") -> None:
        for worker in self._workers:
            if flow.waiting and worker.is_idle:
                worker.give(flow.waiting.popleft())
        if flow.waiting and len(self._workers) < self._size:
            self._workers.append(_Worker(self._build))

    def _collect(self, flow: "_Flow") -> None:
        """Take what workers have to say; wait for it where there is nothing else to do."""
        busy = [worker for worker in self._workers if not worker.is_idle]
        if not busy:
            return  # the input has just ended, and nobody is left to wait for
        speaking = wait([worker.connection for worker in busy], 0 if flow.has_room() else None)
        for worker in busy:
            if worker.connection not in speaking:
                continue
            job = worker.job
            try:
                rows = worker.hear()
            except _DiedError:
                self._bury(worker)
                rows = None if job is None else self._again(job.chunk)
            if job is not None and rows is not None:
                flow.done[job.place] = rows

    def _again(self, chunk: Chunk) -> list[Row]:
        """Return the rows of a chunk that a worker died of, or at."""
        worker = self._ready()
        try:
            worker.give(_Job(0, chunk))
            rows = worker.hear()
        except _DiedError:
            self._bury(worker)
            if len(chunk) == 1:
                return [self._lost(chunk[0])]
            half = len(chunk) // 2
            return [*self._again(chunk[:half]), *self._again(chunk[half:])]
        return rows or []

    def _ready(self) -> "_Worker":
        """Return an idle worker, one that has just started if need be."""
        for worker in [worker for worker in self._workers if worker.is_idle]:
            if worker.is_alive():
                return worker
            self._bury(worker)
        while True:
            worker = _Worker(self._build)
            self._workers.append(worker)
            try:
                worker.hear()
            except _DiedError:
                self._bury(worker)
            else:
                return worker

    def _bury(self, worker: "_Worker") -> None:
        self._workers.remove(worker)
        worker.end()
        self._failed_starts += not worker.is_ready
        if self._failed_starts > MOST_FAILED_STARTS:
            raise NoWorkerError


class _DiedError(Exception):
    """A worker is no more."""


class _Job(NamedTuple):
    """A chunk, and which place its rows have in the output."""

    place: int
    chunk: Chunk


@dataclass(slots=True)
class _Flow:
    """Chunks on their way: read, waiting, done.

    Attributes:
        room: How many may be on their way.
        waiting: Read, and given to no worker yet.
        done: Rows by place, until it is their turn.
    """

    chunks: Iterator[Chunk]
    room: int
    waiting: deque[_Job] = field(default_factory=deque)
    done: dict[int, list[Row]] = field(default_factory=dict)
    _read: int = 0
    _written: int = 0
    _is_read: bool = False

    def is_running(self) -> bool:
        return not self._is_read or self._written < self._read

    def has_room(self) -> bool:
        return not self._is_read and self._read - self._written < self.room

    def take(self) -> None:
        if not self.has_room():
            return
        chunk = next(self.chunks, None)
        if chunk is None:
            self._is_read = True
        else:
            self.waiting.append(_Job(self._read, chunk))
            self._read += 1

    def finished(self) -> Iterator[list[Row]]:
        while (rows := self.done.pop(self._written, None)) is not None:
            self._written += 1
            yield rows


class _Worker:
    """One process, seen from its parent."""

    def __init__(self, build: Callable[[], Answer]) -> None:
        self.connection, inner = _CONTEXT.Pipe()
        self.is_ready = False
        self.job: _Job | None = None
        self._process = _CONTEXT.Process(target=_work, args=(build, inner), daemon=True)
        with _signals_held_back():
            self._process.start()
        inner.close()

    @property
    def is_idle(self) -> bool:
        return self.is_ready and self.job is None

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def give(self, job: _Job) -> None:
        """Hand it a job; whether it lives shows when it is heard."""
        self.job = job
        with suppress(OSError):
            self.connection.send(job.chunk)

    def hear(self) -> list[Row] | None:
        """Return the rows of its job; None when all it says is that it is ready.

        Raises:
            _DiedError: It is no more.
            Exception: What it could not be built for.
        """
        try:
            said = self.connection.recv()
        except (EOFError, OSError):
            raise _DiedError from None
        if isinstance(said, Exception):
            raise said
        self.is_ready, self.job = True, None
        rows: list[Row] | None = said
        return rows

    def end(self) -> None:
        """Make sure that it is no more."""
        self.connection.close()
        self._process.terminate()
        self._process.join()
        self._process.close()


def _work(build: Callable[[], Answer], connection: Connection) -> None:
    """Answer chunks until the parent is gone."""
    try:
        answer = build()
    except Exception as error:  # noqa: BLE001  the parent raises it
        connection.send(error)
        return
    try:
        connection.send(None)
        while True:
            chunk: Chunk = connection.recv()
            connection.send([answer(line) for line in chunk])
    except (EOFError, OSError):
        return


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Let a process start that never hears Ctrl-C: its parent ends it."""
    resource_tracker.ensure_running()  # it unblocks signals when it starts, so before they are
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
