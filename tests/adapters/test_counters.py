"""One suite for every counter, and what several processes count over one server."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from service.adapters import memory_counter
from service.adapters.memory_counter import MemoryCounter
from service.adapters.redis_client import connect
from service.adapters.redis_counter import RedisCounter
from service.application.ports import Counter
from tests.redis_server import RedisServer

NOBODY = "redis://127.0.0.1:1/0"


def shared(url: str, secret: str = "") -> RedisCounter:
    return RedisCounter(MemoryCounter(), partial(connect, url), secret)


@pytest.fixture(params=["memory", "redis", "redis that is down"])
def counter(request: pytest.FixtureRequest, redis_server: RedisServer) -> Iterator[Counter]:
    redis_server.client().flushall()
    if request.param == "memory":
        yield MemoryCounter()
        return
    counting = shared(redis_server.url if request.param == "redis" else NOBODY)
    yield counting
    counting.close()


def test_it_counts_by_name_and_window(counter: Counter) -> None:
    assert [counter.add("a", 1, 1), counter.add("a", 1, 1), counter.add("b", 1, 1)] == [1, 2, 1]
    assert counter.add("a", 1, -1) == 1
    assert counter.add("a", 2, 1) == 1


def test_no_request_is_lost_among_threads(counter: Counter) -> None:
    with ThreadPoolExecutor(8) as threads:
        counts = list(threads.map(lambda _: counter.add("a", 1, 1), range(400)))

    assert sorted(counts) == list(range(1, 401))


def test_too_many_names_share_a_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_counter, "MOST_NAMES", 2)
    counter = MemoryCounter()

    assert [counter.add(name, 1, 1) for name in "abcda"] == [1, 1, 1, 2, 2]


def eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.01)
    return holds()


def test_processes_add_up_what_they_count(redis_server: RedisServer) -> None:
    redis_server.client().flushall()
    one, other = shared(redis_server.url), shared(redis_server.url)
    for _ in range(5):
        one.add("a", 1, 1)

    assert eventually(lambda: redis_server.client().mget(redis_server.client().keys()) == [b"5"])
    assert other.add("a", 1, 1) == 6
    assert eventually(lambda: one.add("a", 1, 0) == 6)
    one.close()
    other.close()


def test_what_is_kept_shows_nobodys_address_and_goes_away(redis_server: RedisServer) -> None:
    client = redis_server.client()
    client.flushall()
    counter = shared(redis_server.url)
    counter.add("address 192.0.2.7", 1, 1)

    assert eventually(lambda: len(client.keys()) == 1)
    (key,) = client.keys()
    assert b"192.0.2.7" not in key
    assert 0 < client.ttl(key) <= 180
    counter.close()


def test_a_stalled_server_holds_up_one_request_for_a_moment(
    own_redis_server: RedisServer,
) -> None:
    counter = shared(own_redis_server.url)
    counter.add("a", 1, 1)
    own_redis_server.stall()
    try:
        start = time.monotonic()
        counts = [counter.add("b", 1, 1) for _ in range(100)]
        assert time.monotonic() - start < 1
    finally:
        own_redis_server.wake()
    assert counts == list(range(1, 101))
    counter.close()


def test_a_server_that_comes_back_is_told_again(own_redis_server: RedisServer) -> None:
    counter = shared(own_redis_server.url)
    counter.add("a", 1, 1)
    own_redis_server.kill()
    counter.add("b", 1, 1)
    own_redis_server.start()

    def is_told() -> bool:
        counter.add("c", 1, 1)
        return bool(own_redis_server.client().keys())

    assert eventually(is_told)
    counter.close()


def test_who_does_not_know_the_secret_cannot_find_out_whose_count_it_is(
    redis_server: RedisServer,
) -> None:
    client = redis_server.client()
    keys = set()
    for secret in ("one", "another", ""):
        client.flushall()
        counter = shared(redis_server.url, secret)
        counter.add("address 192.0.2.1", 1, 1)
        assert eventually(lambda: client.dbsize() == 1)
        (key,) = client.keys()
        keys.add(key)
        counter.close()

    assert len(keys) == 3
    assert not any(b"192.0.2.1" in key for key in keys)
