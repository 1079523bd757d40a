"""A log that never makes a request wait."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from service.adapters.line_log import MOST_WAITING, LineLog


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    yield reader, writer
    os.close(reader)
    os.close(writer)


class Log(LineLog):
    """A log that adds up what it lost."""

    def __init__(self, file_number: int) -> None:
        self.lost: list[int] = []
        super().__init__(file_number, self.lost.append)

    @property
    def dropped(self) -> int:
        return sum(self.lost)


@contextmanager
def _log_to(file_number: int) -> Iterator[Log]:
    log = Log(file_number)
    yield log
    log.close()


def test_lines_arrive_whole_and_in_order(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    with _log_to(writer) as log:
        log.write(b"one\n")
        log.write(b"two\n")

    assert os.read(reader, 100) == b"one\ntwo\n"


def test_a_line_arrives_without_another_one_after_it(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    with _log_to(writer) as log:
        log.write(b"one\n")

        assert os.read(reader, 100) == b"one\n"


def test_a_reader_who_stalls_loses_lines_and_delays_nobody(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    with _log_to(writer) as log:
        for _ in range(100_000):
            log.write(b"x" * 99 + b"\n")

        assert 0 < log.dropped < 100_000
    taken = os.read(reader, 1 << 20)
    assert len(taken) % 100 == 0
    assert log.dropped == 100_000 - len(taken) // 100


def test_a_reader_who_comes_back_gets_what_waited(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    with _log_to(writer) as log:
        for _ in range(1_000):
            log.write(b"x" * 99 + b"\n")
        taken = 0
        while taken < 100_000:  # more than a pipe holds
            taken += len(os.read(reader, 1 << 20))

    assert log.dropped == 0


def test_no_more_than_so_many_lines_wait(pipe: tuple[int, int]) -> None:
    _, writer = pipe
    line = b"x" * 4_000 + b"\n"
    with _log_to(writer) as log:
        for _ in range(3 * MOST_WAITING):
            log.write(line)

        assert log.dropped > MOST_WAITING


def test_a_line_too_long_to_be_written_whole_is_none(pipe: tuple[int, int]) -> None:
    _, writer = pipe
    with _log_to(writer) as log:
        log.write(b"x" * 5_000 + b"\n")

        assert log.dropped == 1


def test_a_reader_who_is_gone_delays_nobody() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with _log_to(writer) as log:
        log.write(b"one\n")
    os.close(writer)

    assert log.dropped == 1


def test_threads_may_write_at_the_same_time(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    with _log_to(writer) as log, ThreadPoolExecutor(8) as threads:
        list(threads.map(log.write, [b"x" * 19 + b"\n"] * 2_000))

    assert log.dropped == 0
    assert os.read(reader, 1 << 20) == (b"x" * 19 + b"\n") * 2_000


def test_a_process_that_ends_writes_what_waits() -> None:
    script = (
        "from service.adapters.line_log import LineLog\n"
        "log = LineLog(1, print)\n"
        "for number in range(500): log.write(b'%d\\n' % number)\n"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert said.stdout == b"".join(b"%d\n" % number for number in range(500))
    assert said.stderr == b""


def test_each_process_after_a_fork_writes_its_own_lines_once() -> None:
    script = (
        "import multiprocessing\n"
        "from service.adapters.line_log import LineLog\n"
        "log = LineLog(1, print)\n"
        "log.write(b'parent\\n')\n"
        "fork = multiprocessing.get_context('fork')\n"
        "child = fork.Process(target=log.write, args=(b'child\\n',))\n"
        "child.start()\n"
        "child.join()\n"
    )
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, check=True
    )

    assert sorted(said.stdout.splitlines()) == [b"child", b"parent"]
    assert said.stderr == b""
