"""One suite for every cache, and what only some of them promise."""

import logging
import time
from collections.abc import Callable, Iterator

import pytest

from service.adapters.memory_cache import ENTRY_OVERHEAD, MemoryCache
from service.adapters.redis_cache import CALL_SECONDS, RedisCache, connect
from service.application.caching import TieredCache
from service.application.ports import Cache
from tests.redis_server import RedisServer

PATIENCE_SECONDS = 5.0
SLACK_SECONDS = 0.2
"""Time that a busy machine may add to a call that should end at its deadline."""


def eventually(holds: Callable[[], bool]) -> bool:
    """Return whether something comes true in a while: writes happen behind the answer."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.01)
    return holds()


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def redis_cache(redis_server: RedisServer) -> Iterator[RedisCache]:
    redis_server.client().flushall()
    cache = RedisCache(connect(redis_server.url))
    yield cache
    cache.close()


@pytest.fixture(params=["memory", "redis", "tiered"])
def cache(request: pytest.FixtureRequest) -> Cache:
    """Each implementation in turn, empty."""
    if request.param == "memory":
        return MemoryCache(10_000)
    far: RedisCache = request.getfixturevalue("redis_cache")
    return far if request.param == "redis" else TieredCache(MemoryCache(10_000), far)


def test_absent_key_gives_none(cache: Cache) -> None:
    assert cache.get("k") is None


@pytest.mark.parametrize("value", [b"v", b"\x00\xff", b"", b"x" * 500], ids=len)
def test_put_then_get_gives_the_same_bytes(cache: Cache, value: bytes) -> None:
    cache.put("k", value)

    assert eventually(lambda: cache.get("k") == value)


def test_a_later_value_replaces_an_earlier_one(cache: Cache) -> None:
    cache.put("k", b"old")
    assert eventually(lambda: cache.get("k") == b"old")

    cache.put("k", b"new")

    assert eventually(lambda: cache.get("k") == b"new")


def test_memory_never_takes_more_than_its_capacity() -> None:
    cache = MemoryCache(5_000)
    for number in range(100):
        cache.put(f"key-{number}", b"x" * 100)
        assert cache.size <= 5_000

    assert cache.get("key-99") == b"x" * 100
    assert cache.get("key-0") is None


def test_memory_lets_the_least_recently_used_go_first() -> None:
    entry = len("a") + 100 + ENTRY_OVERHEAD
    cache = MemoryCache(10 * entry)
    for key in "abcdefghij":
        cache.put(key, b"x" * 100)
    cache.get("a")

    cache.put("k", b"x" * 100)

    assert cache.get("a") is not None
    assert cache.get("b") is None


def test_one_large_value_does_not_drive_out_the_rest() -> None:
    cache = MemoryCache(5_000)
    cache.put("small", b"x")

    cache.put("large", b"x" * 4_000)

    assert (cache.get("small"), cache.get("large")) == (b"x", None)


def test_what_is_found_far_is_kept_near() -> None:
    near, far = MemoryCache(10_000), MemoryCache(10_000)
    far.put("k", b"v")

    assert TieredCache(near, far).get("k") == b"v"
    assert near.get("k") == b"v"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda stored: stored[:-1], id="cut short"),
        pytest.param(lambda stored: stored + b" ", id="longer"),
        pytest.param(lambda stored: b"{}" + stored[2:], id="another seal"),
        pytest.param(lambda _: b"\x80\x04N.", id="a pickle"),
        pytest.param(lambda _: b"\xff" * 3_000_000, id="three megabytes of garbage"),
    ],
)
def test_a_damaged_value_is_a_miss(
    redis_cache: RedisCache, redis_server: RedisServer, damage: Callable[[bytes], bytes]
) -> None:
    client = redis_server.client()
    redis_cache.put("k", b"value")
    assert eventually(lambda: client.get("k") is not None)
    stored = client.get("k")
    assert isinstance(stored, bytes)

    client.set("k", damage(stored))

    assert redis_cache.get("k") is None


def test_the_value_of_another_key_is_a_miss(
    redis_cache: RedisCache, redis_server: RedisServer
) -> None:
    client = redis_server.client()
    redis_cache.put("mine", b"value")
    assert eventually(lambda: client.get("mine") is not None)
    stored = client.get("mine")
    assert isinstance(stored, bytes)

    client.set("yours", stored)

    assert redis_cache.get("yours") is None


def test_a_value_of_another_type_is_a_miss(
    redis_cache: RedisCache, redis_server: RedisServer
) -> None:
    redis_server.client().rpush("k", "v")

    assert redis_cache.get("k") is None


def test_what_is_stored_expires(redis_cache: RedisCache, redis_server: RedisServer) -> None:
    client = redis_server.client()
    redis_cache.put("k", b"v")

    assert eventually(lambda: client.ttl("k") > 0)


def test_an_absent_server_is_a_miss_and_one_line_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    cache = RedisCache(connect("redis://:secret@127.0.0.1:1/0"))
    with caplog.at_level(logging.WARNING):
        for _ in range(50):
            assert cache.get("k") is None
            cache.put("k", b"v")
    cache.close()

    assert len(caplog.records) == 1
    assert "secret" not in caplog.text


def test_a_stalled_server_costs_one_call_its_deadline_and_the_next_nothing(
    own_redis_server: RedisServer,
) -> None:
    cache = RedisCache(connect(own_redis_server.url))
    assert cache.get("k") is None
    own_redis_server.stall()

    started = time.monotonic()
    assert cache.get("k") is None
    first = time.monotonic() - started
    for _ in range(100):
        assert cache.get("k") is None
    rest = time.monotonic() - started - first
    own_redis_server.wake()
    cache.close()

    assert first <= CALL_SECONDS + SLACK_SECONDS
    assert rest <= SLACK_SECONDS


def test_a_server_that_comes_back_is_used_again(own_redis_server: RedisServer) -> None:
    clock = Clock()
    cache = RedisCache(connect(own_redis_server.url), now=clock)
    own_redis_server.kill()
    assert cache.get("k") is None
    own_redis_server.start()
    cache.put("k", b"v")
    assert own_redis_server.client().get("k") is None  # Redis is still left alone

    def is_back() -> bool:
        clock.seconds += 10
        cache.put("k", b"v")
        return cache.get("k") == b"v"

    assert eventually(is_back)
    cache.close()
