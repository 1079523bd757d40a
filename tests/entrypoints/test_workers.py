"""Workers side by side: the order is kept, and a worker that dies costs no row."""

import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from service.entrypoints import workers
from service.entrypoints.bulk import Line, Row
from service.entrypoints.workers import Crew, NoWorkerError, chunks_of

DEADLY = b"die"
FRAGILE = b"die once"


def lines(*texts: bytes) -> list[Line]:
    return [Line(number, text) for number, text in enumerate(texts, start=1)]


def many(count: int) -> list[Line]:
    return lines(*(b"%d" % number for number in range(count)))


def echo(line: Line, scratch: Path) -> Row:
    """Answer with the line itself; some lines kill, one of them only the first time."""
    if line.text == FRAGILE and not scratch.exists():
        scratch.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if line.text == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return Row(line.text, is_problem=False)


def echoing(scratch: Path) -> Callable[[Line], Row]:
    return partial(echo, scratch=scratch)


def dying() -> Callable[[Line], Row]:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def refusing() -> Callable[[Line], Row]:
    message = "no such graph"
    raise LookupError(message)


def lost(line: Line) -> Row:
    return Row(b"lost " + line.text, is_problem=True)


def answered(given: list[Line], scratch: Path) -> list[bytes]:
    with Crew(partial(echoing, scratch), lost, 2) as crew:
        return [row.text for rows in crew.rows(chunks_of(given)) for row in rows]


def test_rows_come_in_the_order_of_the_lines(tmp_path: Path) -> None:
    given = many(1050)

    assert answered(given, tmp_path / "scratch") == [line.text for line in given]


def test_a_line_that_kills_costs_its_own_row_alone(tmp_path: Path) -> None:
    given = lines(b"before", DEADLY, b"after")

    assert answered(given, tmp_path / "scratch") == [
        b"lost die" if line.text == DEADLY else line.text for line in given
    ]


def test_a_worker_that_is_killed_once_costs_no_row(tmp_path: Path) -> None:
    given = [*many(150), *lines(FRAGILE), *many(150)]

    assert answered(given, tmp_path / "scratch") == [line.text for line in given]


def test_workers_that_die_while_they_start_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MOST_FAILED_STARTS", 1)
    with Crew(dying, lost, 1) as crew, pytest.raises(NoWorkerError):
        list(crew.rows(chunks_of(many(3))))


def test_what_a_worker_cannot_be_built_for_is_raised() -> None:
    with Crew(refusing, lost, 1) as crew, pytest.raises(LookupError, match="no such graph"):
        list(crew.rows(chunks_of(many(3))))


def test_an_endless_input_is_read_no_further_than_it_is_written(tmp_path: Path) -> None:
    read = 0

    def endless() -> Iterator[Line]:
        nonlocal read
        while True:
            read += 1
            yield Line(read, b"x")

    with Crew(partial(echoing, tmp_path / "scratch"), lost, 1) as crew:
        rows = crew.rows(chunks_of(endless()))
        for _ in range(3):
            next(rows)

    assert read <= 1000


def test_an_input_that_ends_while_nobody_works_ends_the_work() -> None:
    found: list[list[list[Row]]] = []

    def work() -> None:
        with Crew(dying, lost, 2) as crew:
            found.append(list(crew.rows([])))

    thread = Thread(target=work, daemon=True)
    thread.start()
    thread.join(10)
    assert found == [[]]


def test_chunks_are_bounded_in_lines_and_in_bytes() -> None:
    assert [len(chunk) for chunk in chunks_of(many(250))] == [100, 100, 50]
    huge = lines(*[b"x" * 700_000] * 4)
    assert [len(chunk) for chunk in chunks_of(huge)] == [2, 2]
    assert list(chunks_of([])) == []
