"""One suite for every cache, and what only some of them promise."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event
from typing import Any

import pytest

from service.adapters import breaker, redis_calls, redis_client
from service.adapters.answer_cache import AnswerCache, PackedShelf
from service.adapters.memory_cache import ENTRY_OVERHEAD, PROTECTED_SHARE, MemoryCache
from service.adapters.redis_cache import CLAIM_MILLISECONDS, RedisCache
from service.adapters.redis_cache import PATIENCE_SECONDS as CLAIM_PATIENCE_SECONDS
from service.adapters.redis_client import connect
from service.application.ports import Cache
from tests.fakes import CountingMeter
from tests.redis_server import RedisServer

PATIENCE_SECONDS = 5.0


ENTRY = len("a") + 100 + ENTRY_OVERHEAD


def eventually(holds: Callable[[], bool]) -> bool:
    """Return whether something comes true in a while: writes happen behind the answer."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.01)
    return holds()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine not look like a fault."""
    monkeypatch.setattr(redis_calls, "CALL_SECONDS", PATIENCE_SECONDS)
    monkeypatch.setattr(redis_client, "SOCKET_SECONDS", PATIENCE_SECONDS)


def memory(capacity: int) -> MemoryCache[str, bytes]:
    return MemoryCache(capacity, len)


def connected(url: str, meter: CountingMeter | None = None, secret: str = "") -> RedisCache:
    """Return a cache that has its client: that is made behind the first calls."""
    made = Event()

    def make() -> object:
        client = connect(url)
        made.set()
        return client

    cache = RedisCache(make, meter or CountingMeter(), secret)
    assert made.wait(PATIENCE_SECONDS)
    assert eventually(lambda: cache._calls._client is not None)  # noqa: SLF001
    return cache


@pytest.fixture
def redis_cache(redis_server: RedisServer) -> Iterator[RedisCache]:
    redis_server.client().flushall()
    cache = connected(redis_server.url)
    yield cache
    cache.close()


@pytest.fixture(params=["memory", "answers", "redis"])
def cache(request: pytest.FixtureRequest) -> Cache:
    """Each implementation in turn, empty."""
    if request.param == "memory":
        return memory(10_000)
    if request.param == "answers":
        return AnswerCache(10_000)
    found: RedisCache = request.getfixturevalue("redis_cache")
    return found


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
    cache = memory(5_000)
    for number in range(300):
        cache.put(f"key-{number % 70}", b"x" * (number % 100))
        cache.get(f"key-{number % 7}")
        assert 0 < cache.size <= 5_000

    assert cache.get("key-19") == b"x" * 99


def test_memory_lets_the_least_recently_used_go_first() -> None:
    cache = memory(10 * ENTRY)
    for key in "abcdefghij":
        cache.put(key, b"x" * 100)

    cache.put("k", b"x" * 100)

    assert cache.get("a") is None
    assert cache.get("b") is not None


def test_what_was_asked_for_again_survives_any_flood_of_what_was_not() -> None:
    cache = memory(100 * ENTRY)
    wanted = "abcdefgh"
    for key in wanted:
        cache.put(key, b"x" * 100)
        assert cache.get(key) is not None

    for number in range(10_000):
        cache.put(str(number), b"x" * 100)

    assert all(cache.get(key) is not None for key in wanted)


def test_what_is_protected_leaves_room_for_what_is_new() -> None:
    cache = memory(10 * ENTRY)
    for key in "abcdefghij":
        cache.put(key, b"x" * 100)
        assert cache.get(key) is not None
    cache.put("k", b"x" * 100)

    kept = [key for key in "abcdefghij" if cache.get(key) is not None]

    assert cache.get("k") is not None
    assert len(kept) >= 10 * PROTECTED_SHARE


def test_an_answer_put_by_is_the_same_when_somebody_asks() -> None:
    cache = AnswerCache(50_000)
    cache.usual.add("a", b"answer" * 100)
    cache.learned.put("b", b"other" * 100)

    assert [cache.get("a"), cache.get("a")] == [b"answer" * 100] * 2
    assert [cache.get("b"), cache.get("b")] == [b"other" * 100] * 2


def test_answers_put_by_take_little_room() -> None:
    answer = b"answer" * 150
    shelf = PackedShelf(6_000)
    for number in range(20):  # all together three times of what there is room for
        shelf.add(str(number), answer)

    assert all(shelf.get(str(number)) == answer for number in range(20))
    assert not shelf.is_full()


def test_what_others_ask_again_and_again_drives_out_nothing_that_was_put_by() -> None:
    cache = AnswerCache(30_000)
    cache.usual.add("common", b"answer" * 100)
    cache.learned.put("learned", b"answer" * 100)
    for number in range(200):
        cache.put(f"junk {number}", bytes(500))
        assert cache.get(f"junk {number}")

    assert cache.get("common") == cache.get("learned") == b"answer" * 100


def test_whatever_is_learned_drives_out_no_answer_for_a_profile() -> None:
    cache = AnswerCache(30_000)
    cache.usual.add("common", b"answer" * 100)
    for number in range(200):
        cache.learned.put(str(number), b"answer" * 100)

    assert "common" in cache.usual
    assert cache.learned.is_full()
    assert not cache.usual.is_full()


def test_answers_take_no_more_than_the_room_in_all() -> None:
    cache = AnswerCache(30_000)
    for number in range(200):
        cache.usual.add(f"usual {number}", bytes(500))
        cache.learned.put(f"learned {number % 90}", bytes(number * 10))
        cache.put(f"asked {number}", bytes(500))
        assert cache.size <= 30_000

    assert cache.size > 25_000


def test_what_is_added_to_a_full_shelf_displaces_nothing() -> None:
    shelf = PackedShelf(1_000)
    keys = [str(number) for number in range(10)]
    for key in keys:
        shelf.add(key, b"x" * 100)

    kept = [key for key in keys if key in shelf]
    assert kept == keys[: len(kept)] != []
    assert shelf.is_full()


def test_what_is_put_displaces_what_was_added_last_and_then_what_was_put_first() -> None:
    shelf = PackedShelf(4 * (ENTRY_OVERHEAD + 20))
    for key in "abcd":  # the latest first, as a round goes
        shelf.add(key, b"")
    assert not shelf.is_full()
    for key in "ef":
        shelf.put(key, b"")
    assert shelf.is_full()

    assert [key for key in "abcdef" if key in shelf] == ["a", "b", "e", "f"]
    for key in "ghi":
        shelf.put(key, b"")
    assert [key for key in "abefghi" if key in shelf] == ["f", "g", "h", "i"]


def test_what_is_longer_than_its_shelf_displaces_nothing() -> None:
    shelf = PackedShelf(1_000)
    shelf.put("small", b"x")

    shelf.put("large", random.Random(1).randbytes(1_000))

    assert ("small" in shelf, "large" in shelf) == (True, False)


def test_a_value_of_the_same_key_takes_its_room_once() -> None:
    shelf = PackedShelf(1_000)
    shelf.put("a", b"x")
    size = shelf.size
    shelf.put("a", b"y")
    shelf.add("a", b"z")

    assert (shelf.size, shelf.get("a")) == (size, b"y")


def test_a_single_answer_may_take_most_of_the_room_but_not_of_what_is_in_use() -> None:
    cache = AnswerCache(10_000)
    cache.put("in use", bytes(100))
    assert cache.get("in use")

    cache.put("large", bytes(6_000))

    assert cache.get("large") == bytes(6_000)
    assert cache.get("in use") == bytes(100)


def test_looking_whether_there_is_a_value_is_no_use_of_it() -> None:
    cache = memory(10 * ENTRY)
    for number in range(10):
        cache.put(str(number), bytes(100))
    assert "0" in cache

    cache.put("x", bytes(100))

    assert "0" not in cache
    assert "1" in cache


def test_one_large_value_does_not_drive_out_the_rest() -> None:
    cache = memory(5_000)
    cache.put("small", b"x")

    cache.put("large", b"x" * 4_000)

    assert (cache.get("small"), cache.get("large")) == (b"x", None)


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


def test_a_value_sealed_without_the_secret_is_a_miss_and_counted(
    redis_server: RedisServer,
) -> None:
    meter = CountingMeter()
    forger = connected(redis_server.url)
    cache = connected(redis_server.url, meter, secret="of ours")  # noqa: S106
    forger.put("forged", b"value")
    assert eventually(lambda: forger.get("forged") == b"value")

    assert cache.get("forged") is None
    assert meter.lookups == {("redis", "rejected"): 1}
    forger.close()
    cache.close()


def test_one_works_out_and_the_others_find_it(redis_cache: RedisCache) -> None:
    other = redis_cache
    assert redis_cache.get_or_claim("k") is None  # it is this one's to work out

    late = ThreadPoolExecutor().submit(other.get_or_claim, "k")
    redis_cache.put("k", b"v")

    assert late.result() == b"v"


def test_who_claims_and_dies_holds_nobody_up_for_long(redis_cache: RedisCache) -> None:
    assert redis_cache.get_or_claim("k") is None

    started = time.monotonic()
    assert redis_cache.get_or_claim("k") is None
    assert CLAIM_MILLISECONDS / 1000 <= time.monotonic() - started < PATIENCE_SECONDS


def test_where_a_claim_ends_in_vain_one_works_out_and_the_others_wait_again(
    redis_cache: RedisCache,
) -> None:
    assert redis_cache.get_or_claim("k") is None  # and nothing comes of it

    with ThreadPoolExecutor(3) as threads:
        waiting = [threads.submit(redis_cache.get_or_claim, "k") for _ in range(3)]
        first = next(as_completed(waiting, PATIENCE_SECONDS))
        assert first.result() is None
        redis_cache.put("k", b"v")

    assert sorted(one.result() or b"" for one in waiting) == [b"", b"v", b"v"]


def test_a_claim_of_who_is_gone_holds_nobody_up_twice(
    redis_cache: RedisCache, redis_server: RedisServer
) -> None:
    redis_server.client().set("left:claim", b"")  # and it never ends by itself
    assert redis_cache.get_or_claim("left") is None

    started = time.monotonic()
    assert redis_cache.get_or_claim("left") is None  # this one has the claim now
    assert time.monotonic() - started < CLAIM_PATIENCE_SECONDS


def test_a_server_that_is_gone_or_back_is_noticed_without_anybody_asking(
    redis_cache: RedisCache, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "REST_SECONDS", 0.05)
    assert redis_cache.check()

    redis_server.kill()
    assert not redis_cache.check()
    assert not redis_cache.lacks("k")
    redis_server.start()

    assert eventually(redis_cache.check)
    assert redis_cache.lacks("k")


def test_a_server_that_answers_pings_and_nothing_else_is_not_well(
    redis_cache: RedisCache, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "REST_SECONDS", 0.02)
    admin: Any = redis_server.client()
    admin.execute_command("ACL", "SETUSER", "default", "resetkeys")
    try:
        assert not redis_cache.check()
        for _ in range(10):
            time.sleep(0.03)
            assert not redis_cache.check()
    finally:
        admin.execute_command("ACL", "SETUSER", "default", "~*")

    assert eventually(redis_cache.check)


def test_what_it_has_it_does_not_lack(redis_cache: RedisCache) -> None:
    assert redis_cache.lacks("k")
    redis_cache.put("k", b"v")

    assert eventually(lambda: not redis_cache.lacks("k"))


def test_a_look_that_took_long_leaves_no_time_for_a_claim(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis_server.client().flushall()
    cache = connected(redis_server.url)
    monkeypatch.setattr(redis_calls, "CALL_SECONDS", 0.5)
    get = cache.get

    def slowly(key: str) -> bytes | None:
        time.sleep(0.3)
        return get(key)

    monkeypatch.setattr(cache, "get", slowly)
    assert cache.get_or_claim("k") is None
    assert not redis_server.client().exists("k:claim")
    cache.close()


class Held:
    """A client whose calls end when they are let go."""

    def __init__(self) -> None:
        self.let_go = Event()

    def ping(self) -> bool:
        return True

    def get(self, key: str) -> bytes | None:
        assert self.let_go.wait(PATIENCE_SECONDS), key
        return None

    def close(self) -> None:
        """Hold nothing that could be closed."""


@pytest.fixture
def held() -> Iterator[Held]:
    client = Held()
    yield client
    client.let_go.set()


@pytest.fixture
def held_cache(held: Held, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisCache]:
    """A cache whose first call is late."""
    monkeypatch.setattr(redis_calls, "CALL_SECONDS", 0.02)
    cache = RedisCache(lambda: held, CountingMeter())
    assert eventually(lambda: cache._calls._client is not None)  # noqa: SLF001
    assert cache.get("k") is None
    yield cache
    cache.close()


def test_a_call_that_is_late_is_no_fault_yet_and_makes_nobody_else_wait(
    held: Held, held_cache: RedisCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_calls, "CALL_SECONDS", PATIENCE_SECONDS)

    assert held_cache.is_well()
    assert held_cache.get("k") is None  # at once, though there would be time
    held.let_go.set()

    assert eventually(lambda: not held_cache._calls._is_held_up())  # noqa: SLF001
    assert held_cache.check()


def test_a_call_that_never_ends_is_a_fault(
    held_cache: RedisCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_calls, "OVERDUE_SECONDS", 0.05)

    assert eventually(lambda: held_cache.get("k") is None and not held_cache.is_well())


def test_a_server_that_is_always_late_is_left_alone(held: Held, held_cache: RedisCache) -> None:
    for _ in range(redis_calls.LATE_IN_A_ROW - 1):
        assert held_cache.is_well()
        held.let_go.set()
        assert eventually(lambda: not held_cache._calls._is_held_up())  # noqa: SLF001
        held.let_go.clear()
        assert held_cache.get("k") is None

    assert not held_cache.is_well()
