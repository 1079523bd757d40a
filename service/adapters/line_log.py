"""One line of JSON for every request; a reader who stalls loses lines and delays nobody.

A request only leaves its line in a queue. Whatever asks the system for something lets go of the
interpreter's lock, and where eight requests wait for it, to get it back costs more than all else
about a line. So one thread looks for room and writes, many lines at once.
"""

import os
import select
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Lock, Thread, main_thread
from time import sleep
from typing import Final

LONGEST_LINE: Final = select.PIPE_BUF
"""A pipe takes so many bytes whole, and mixes them with nobody's, or says that it has no room."""

MOST_WAITING: Final = 4096
"""Lines that may wait: some 0.7 MB of usual ones, 16 MiB at the very most."""

GATHERING_SECONDS: Final = 0.02
"""What a line waits for others to be written with it: what is lost where a process is killed."""

GLANCE_SECONDS: Final = 0.1
"""How often the writer looks whether the process ends, while there is nothing to do."""


class LineLog:
    """Writes lines without ever letting the caller wait.

    The writer starts with the first line, so after the server has forked, and is waited for when
    the interpreter ends in order: then whatever a reader takes at once is still written.

    Args:
        file_number: Of the open file to write to.
        lost: Is told how many lines were not written, each time some were not.
    """

    def __init__(self, file_number: int, lost: Callable[[int], object]) -> None:
        self._file = file_number
        self._lost = lost
        self._waiting: SimpleQueue[bytes] = SimpleQueue()
        self._starting = Lock()
        self._writer: Thread | None = None
        self._is_ending = False

    def write(self, line: bytes) -> None:
        """Leave a line, with its end, to be written soon."""
        is_taken = len(line) <= LONGEST_LINE and self._waiting.qsize() < MOST_WAITING
        if is_taken and (self._has_writer() or self._start()):
            self._waiting.put(line)
        else:
            self._lost(1)

    def close(self) -> None:
        """Write what waits, as far as that takes no waiting, and no more after it."""
        self._is_ending = True
        if self._writer:
            self._writer.join()

    def _has_writer(self) -> bool:
        """Return whether it runs in this very process; after a fork it does not."""
        return self._writer is not None and self._writer.is_alive()

    def _start(self) -> bool:
        """Start the writer; return whether there is one: not where the process ends."""
        with self._starting:
            if not self._has_writer() and not self._ends():
                self._waiting = SimpleQueue()  # what waited at a fork is the parent's to write
                self._writer = Thread(target=self._work, name="log", daemon=False)
                self._writer.start()
            return self._has_writer()

    def _work(self) -> None:
        poll = select.poll()
        poll.register(self._file, select.POLLOUT)
        while lines := self._next():
            for block in _blocks(lines):
                if not self._put(poll, b"".join(block)):
                    self._lost(len(block))

    def _next(self) -> list[bytes]:
        """Return the lines that wait, once there are any; none when the process ends."""
        while True:
            try:
                first = self._waiting.get(timeout=GLANCE_SECONDS)
            except Empty:
                if self._ends():
                    return []
                continue
            if not self._ends():
                sleep(GATHERING_SECONDS)
            return [first, *(self._waiting.get() for _ in range(self._waiting.qsize()))]

    def _put(self, poll: select.poll, block: bytes) -> bool:
        """Write some lines as soon as there is room; return whether they were written."""
        try:
            while block:
                events = poll.poll(0 if self._ends() else GLANCE_SECONDS * 1000)
                if events == [(self._file, select.POLLOUT)]:
                    block = block[os.write(self._file, block) :]
                elif events or self._ends():
                    return False
        except OSError:
            return False  # the reader is gone, or the disk is full
        return True

    def _ends(self) -> bool:
        return self._is_ending or not main_thread().is_alive()


def _blocks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield lines in groups that a pipe takes whole."""
    block: list[bytes] = []
    size = 0
    for line in lines:
        if size + len(line) > LONGEST_LINE:
            yield block
            block, size = [], 0
        block.append(line)
        size += len(line)
    yield block
