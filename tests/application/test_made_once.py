"""What is the same for everyone is made once, in a process and, where it is shared, in all."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event

import pytest

from service.application.made_once import LARGEST_SHARED, MadeOnce
from tests.fakes import DictCache

ASKERS = 8


class Maker:
    """Makes something, and counts how often."""

    def __init__(self, made: bytes = b"a picture") -> None:
        self.made = made
        self.times = 0

    def __call__(self) -> bytes:
        self.times += 1
        return self.made


def test_all_who_ask_at_the_same_time_get_what_is_made_once() -> None:
    made_once, make = MadeOnce(DictCache(), None, "edition"), Maker()
    all_ask, may_end = Barrier(ASKERS + 1), Event()

    def slowly() -> bytes:
        assert may_end.wait(10)
        return make()

    def ask() -> bytes:
        all_ask.wait(10)
        return made_once("map", slowly)

    with ThreadPoolExecutor(ASKERS) as threads:
        asked = [threads.submit(ask) for _ in range(ASKERS)]
        all_ask.wait(10)
        may_end.set()
        assert {one.result(10) for one in asked} == {make.made}
    assert make.times == 1


def test_another_process_fetches_what_is_shared() -> None:
    shared, make = DictCache(), Maker()
    for _ in range(2):
        assert MadeOnce(DictCache(), shared, "edition")("map", make, is_shared=True) == make.made

    assert make.times == 1


@pytest.mark.parametrize(
    ("edition", "name", "is_shared"),
    [
        pytest.param("another", "map", True, id="another graph"),
        pytest.param("edition", "maps", True, id="another name"),
        pytest.param("edition", "map", False, id="not shared"),
    ],
)
def test_it_makes_what_is_not_the_same(edition: str, name: str, *, is_shared: bool) -> None:
    shared, make = DictCache(), Maker()
    MadeOnce(DictCache(), shared, "edition")("map", Maker(b"theirs"), is_shared=True)

    assert MadeOnce(DictCache(), shared, edition)(name, make, is_shared=is_shared) == make.made


@pytest.mark.parametrize(("size", "kept"), [(LARGEST_SHARED, 1), (LARGEST_SHARED + 1, 0)])
def test_what_takes_long_to_fetch_stays_in_the_process(size: int, kept: int) -> None:
    own, shared = DictCache(), DictCache()
    MadeOnce(own, shared, "edition")("map", Maker(bytes(size)), is_shared=True)

    assert (len(own.entries), len(shared.entries)) == (1, kept)


def test_what_cannot_be_made_is_asked_for_again() -> None:
    made_once = MadeOnce(DictCache(), None, "edition")

    def fail() -> bytes:
        raise MemoryError

    for _ in range(2):
        with pytest.raises(MemoryError):
            made_once("map", fail)
    assert made_once("map", partial(bytes, 3)) == bytes(3)
