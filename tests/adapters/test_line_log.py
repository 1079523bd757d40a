"""A log that never makes a request wait."""

import os
from concurrent.futures import ThreadPoolExecutor

from service.adapters.line_log import LineLog


def test_lines_arrive_whole_and_in_order() -> None:
    reader, writer = os.pipe()
    log = LineLog(writer)
    log.write(b"one\n")
    log.write(b"two\n")
    os.close(writer)

    assert os.read(reader, 100) == b"one\ntwo\n"
    os.close(reader)


def test_a_reader_who_stalls_loses_lines_and_delays_nobody() -> None:
    reader, writer = os.pipe()
    log = LineLog(writer)
    for _ in range(100_000):
        log.write(b"x" * 99 + b"\n")

    assert 0 < log.dropped < 100_000
    assert len(os.read(reader, 1 << 20)) % 100 == 0
    os.close(reader)
    os.close(writer)


def test_a_reader_who_is_gone_delays_nobody() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    log = LineLog(writer)
    log.write(b"one\n")
    os.close(writer)

    assert log.dropped == 1


def test_threads_may_write_at_the_same_time() -> None:
    reader, writer = os.pipe()
    log = LineLog(writer)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(log.write, [b"x" * 19 + b"\n"] * 2_000))
    os.close(writer)

    assert log.dropped == 0
    assert os.read(reader, 1 << 20) == (b"x" * 19 + b"\n") * 2_000
    os.close(reader)
