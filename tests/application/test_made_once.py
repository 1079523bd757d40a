"""What is the same for everyone is made once, in a process and, where it is shared, in all."""

import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random
from threading import Barrier, Event

import pytest

from service.application.made_once import LARGEST_SHARED, LARGEST_UNPACKED, MadeOnce
from tests.fakes import DictCache, Maker

ASKERS = 8


def test_all_who_ask_at_the_same_time_get_what_is_made_once() -> None:
    made_once, make = MadeOnce(DictCache(), None, "edition"), Maker()
    all_ask, may_end = Barrier(ASKERS + 1), Event()

    def slowly() -> bytes:
        assert may_end.wait(10)
        return make()

    def ask() -> bytes:
        all_ask.wait(10)
        return made_once.here("map", slowly)

    with ThreadPoolExecutor(ASKERS) as threads:
        asked = [threads.submit(ask) for _ in range(ASKERS)]
        all_ask.wait(10)
        may_end.set()
        assert {one.result(10) for one in asked} == {make.made}
    assert make.times == 1


def test_who_waits_for_what_is_made_waits_until_it_is_made() -> None:
    made_once, make = MadeOnce(DictCache(), None, "edition"), Maker()
    begun, may_end = Event(), Event()

    def slowly() -> bytes:
        begun.set()
        assert may_end.wait(10)
        return make()

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(made_once.here, "map", slowly)
        assert begun.wait(10)
        second = threads.submit(made_once.here, "map", slowly)
        with pytest.raises(TimeoutError):
            second.result(0.1)
        may_end.set()
        assert first.result(10) == second.result(10) == make.made
    assert make.times == 1


def test_another_process_fetches_what_is_made_for_all() -> None:
    shared, make = DictCache(), Maker()
    for _ in range(2):
        assert MadeOnce(DictCache(), shared, "edition").everywhere("map", make) == make.made

    assert make.times == 1


@pytest.mark.parametrize(
    ("edition", "name"),
    [
        pytest.param("another", "map", id="another graph"),
        pytest.param("edition", "maps", id="another name"),
    ],
)
def test_it_makes_what_is_not_the_same(edition: str, name: str) -> None:
    shared, make = DictCache(), Maker()
    MadeOnce(DictCache(), shared, "edition").everywhere("map", Maker(b"theirs"))

    assert MadeOnce(DictCache(), shared, edition).everywhere(name, make) == make.made


def test_what_is_made_here_stays_here() -> None:
    shared, make = DictCache(), Maker()
    for _ in range(2):
        assert MadeOnce(DictCache(), shared, "edition").here("map", make) == make.made

    assert (make.times, shared.gets, len(shared.entries)) == (2, 0, 0)


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"a picture", id="not packed"),
        pytest.param(zlib.compress(b"a picture")[:-1], id="cut"),
        pytest.param(zlib.compress(bytes(LARGEST_UNPACKED + 1)), id="too much"),
    ],
)
def test_what_cannot_be_unpacked_is_made_and_kept_anew(packed: bytes) -> None:
    shared, make = DictCache(), Maker()
    MadeOnce(DictCache(), shared, "edition").everywhere("map", make)
    (key,) = shared.entries
    shared.entries[key] = packed

    assert MadeOnce(DictCache(), shared, "edition").everywhere("map", make) == make.made
    assert make.times == 2
    assert zlib.decompress(shared.entries[key]) == make.made


@pytest.mark.parametrize(("size", "kept"), [(LARGEST_SHARED // 2, 1), (LARGEST_SHARED, 0)])
def test_what_takes_long_to_fetch_stays_in_the_process(size: int, kept: int) -> None:
    own, shared = DictCache(), DictCache()
    make = Maker(Random(1).randbytes(size))  # which cannot be packed
    assert MadeOnce(own, shared, "edition").everywhere("map", make) == make.made

    assert (len(own.entries), len(shared.entries)) == (1, kept)


def test_what_cannot_be_made_is_asked_for_again() -> None:
    made_once = MadeOnce(DictCache(), None, "edition")

    def fail() -> bytes:
        raise MemoryError

    for _ in range(2):
        with pytest.raises(MemoryError):
            made_once.here("map", fail)
    assert made_once.here("map", partial(bytes, 3)) == bytes(3)
