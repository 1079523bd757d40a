"""Whatever happens to Redis, every request is answered in time, and rightly.

Each fault strikes a service under load that has answers in Redis, half of them not yet in its own
cache, and is healed again. Afterwards every answer has to be the one of a service without Redis.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import count

import pytest
from redis import Redis, RedisError

from service.adapters import breaker, redis_calls, redis_client
from service.bootstrap import use_cases_of
from tests.fakes import CountingMeter
from tests.faults.load import (
    CALL_SECONDS,
    GRAPH,
    MOST_SECONDS,
    REST_SECONDS,
    SETTINGS,
    STORED,
    Load,
    Served,
    Service,
    all_at_once,
    eventually,
    is_connected,
    store,
)
from tests.faults.proxy import NOISE, Mood, Proxy
from tests.redis_server import RedisServer

BEFORE_SECONDS = 0.1
DURING_SECONDS = 0.8
MOST_CHANGES = 6
RECOVERY_SECONDS = 20.0

FAULT_FREE = Service(None)


def all_are_right(served: list[Served]) -> None:
    """Fail unless every request was answered, in time, with the bytes of a fault-free service."""
    assert served
    assert {one.status for one in served} == {200}
    assert [one.number for one in served if one.body != FAULT_FREE.ask(one.number).body] == []
    assert max(one.seconds for one in served) < MOST_SECONDS


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine not look like a fault, and recovery not take long."""
    monkeypatch.setattr(redis_calls, "CALL_SECONDS", CALL_SECONDS)
    monkeypatch.setattr(redis_client, "SOCKET_SECONDS", CALL_SECONDS)
    monkeypatch.setattr(breaker, "REST_SECONDS", REST_SECONDS)


@pytest.fixture
def server(own_redis_server: RedisServer) -> RedisServer:
    return own_redis_server


@pytest.fixture
def services() -> Iterator[Callable[[str], Service]]:
    """Make services that are closed at the end."""
    made: list[Service] = []

    def make(redis_url: str) -> Service:
        made.append(Service(redis_url))
        return made[-1]

    yield make
    for service in made:
        service.close()


@pytest.fixture
def proxy(server: RedisServer) -> Iterator[Proxy]:
    running = Proxy(server.port)
    yield running
    running.close()


class Struck:
    """A service under load whose Redis breaks, and is mended.

    Attributes:
        served: Every request, from before the fault until after it.
        recovered: Whether it was well again in time.
        lines: What was logged.
    """

    def __init__(
        self,
        service: Service,
        caplog: pytest.LogCaptureFixture,
        strike: Callable[[], object],
        heal: Callable[[], object],
        is_well: Callable[[], bool] | None = None,
    ) -> None:
        assert eventually(lambda: is_connected(service))
        caplog.clear()
        load = Load(service)
        with caplog.at_level(logging.WARNING):
            try:
                time.sleep(BEFORE_SECONDS)
                strike()
                time.sleep(DURING_SECONDS)
                heal()
                looks = service.meter.lookups["redis", "miss"]
                is_well = is_well or (lambda: service.meter.lookups["redis", "miss"] > looks + 9)
                self.recovered = eventually(is_well, RECOVERY_SECONDS)
            finally:
                load.stop()
        self.served = load.served
        self.lines = [record.getMessage() for record in caplog.records]


def went_and_came_back(struck: Struck, service: Service) -> None:
    """Fail unless Redis was lost and found, and each change told once, not at each request."""
    all_are_right(struck.served)
    assert struck.recovered
    assert service.meter.redis[0] is False
    assert service.meter.redis[-1] is True
    told_once_each(struck, service)


def told_once_each(struck: Struck, service: Service) -> None:
    """Fail unless there is one line for each change; a busy machine may add a change or two."""
    changes = [*service.meter.redis, *service.meter.writable]
    assert len(struck.lines) == len(changes) <= MOST_CHANGES


GONE: list[object] = [
    pytest.param(lambda s: s.kill(), lambda s: s.start(), id="killed and restarted empty"),
    pytest.param(lambda s: s.stall(), lambda s: s.wake(), id="stalled"),
    pytest.param(
        lambda s: s.client().client_pause(600),
        lambda _: None,
        id="paused",
    ),
]


@pytest.mark.parametrize(("strike", "heal"), GONE)
def test_a_server_that_is_gone_for_a_while(
    server: RedisServer,
    services: Callable[[str], Service],
    caplog: pytest.LogCaptureFixture,
    strike: Callable[[RedisServer], object],
    heal: Callable[[RedisServer], object],
) -> None:
    store(server.client())
    service = services(server.url)
    struck = Struck(service, caplog, lambda: strike(server), lambda: heal(server))

    went_and_came_back(struck, service)


MOODS = [
    pytest.param(Mood(silent=True), id="silent"),
    pytest.param(Mood(delay_seconds=5), id="5 seconds slow"),
    pytest.param(Mood(delay_seconds=0.3), id="slow"),
    pytest.param(Mood(drip_seconds=0.15), id="one byte at a time"),
    pytest.param(Mood(cut_after=0), id="reset on every command"),
    pytest.param(Mood(cut_after=3), id="cut inside a reply"),
    pytest.param(Mood(instead=NOISE), id="noise on the wire"),
    pytest.param(Mood(instead=b"-LOADING the dataset\r\n"), id="loading"),
    pytest.param(Mood(instead=b"-BUSY running a script\r\n"), id="busy"),
    pytest.param(Mood(instead=b"-MOVED 1 127.0.0.1:1\r\n"), id="moved"),
    pytest.param(Mood(instead=b"-CLUSTERDOWN no slots\r\n"), id="cluster down"),
    pytest.param(Mood(instead=b"-NOPERM not for you\r\n"), id="no permission"),
]


@pytest.mark.parametrize("mood", MOODS)
def test_a_server_in_a_mood(
    server: RedisServer,
    proxy: Proxy,
    services: Callable[[str], Service],
    caplog: pytest.LogCaptureFixture,
    mood: Mood,
) -> None:
    store(server.client())
    service = services(proxy.url)

    def strike() -> None:
        proxy.mood = mood

    def heal() -> None:
        proxy.mood = Mood()

    went_and_came_back(Struck(service, caplog, strike, heal), service)


def test_readiness_says_when_the_shared_cache_is_down_and_when_it_is_back(
    server: RedisServer, services: Callable[[str], Service]
) -> None:
    service = services(server.url)
    fresh = count()

    def says(*, degraded: bool) -> bool:
        service.ask(next(fresh))  # what is not called neither breaks nor mends
        return service.readiness() == (200, degraded)

    assert eventually(lambda: is_connected(service))
    assert says(degraded=False)
    server.kill()
    assert eventually(lambda: says(degraded=True))
    server.start()
    assert eventually(lambda: says(degraded=False), RECOVERY_SECONDS)


def test_a_server_killed_while_requests_wait_for_it(
    server: RedisServer, services: Callable[[str], Service]
) -> None:
    store(server.client())
    service = services(server.url)
    assert eventually(lambda: is_connected(service))
    server.stall()

    def kill() -> None:
        time.sleep(0.01)
        server.kill()

    asked = [partial(service.ask, number) for number in range(8)]
    served = all_at_once(kill, *asked)

    all_are_right([one for one in served if isinstance(one, Served)])


ABSENT = [
    pytest.param("redis://127.0.0.1:1/0", id="nothing listens"),
    pytest.param("redis://no-such-host.invalid:6379/0", id="no such host"),
    pytest.param("rediss://127.0.0.1:1/0", id="with TLS"),
    pytest.param("redis+sentinel://127.0.0.1:1,127.0.0.1:2/main", id="no Sentinel"),
    pytest.param("redis+cluster://127.0.0.1:1,127.0.0.1:2", id="no cluster"),
    pytest.param("redis://:secret@127.0.0.1:1/0", id="with a password"),
    pytest.param("unix:///no/such/socket", id="no such socket"),
]


@pytest.mark.parametrize("url", ABSENT)
def test_a_server_absent_at_start(
    services: Callable[[str], Service], caplog: pytest.LogCaptureFixture, url: str
) -> None:
    with caplog.at_level(logging.WARNING):
        service = services(url)
        served = [service.ask(number) for number in range(20)]
        assert eventually(lambda: service.meter.redis == [False] or not service.ask(99).status)
        served += [service.ask(number) for number in range(20, 40)]

    all_are_right(served)
    assert service.readiness() == (200, True)
    assert len(caplog.records) == 1
    assert "secret" not in caplog.text


def test_a_server_that_appears_after_the_start(
    server: RedisServer, services: Callable[[str], Service]
) -> None:
    server.kill()
    service = services(server.url)
    all_are_right([service.ask(number) for number in range(5)])
    server.start()
    numbers = iter(range(5, 1000))

    def is_back() -> bool:
        service.ask(next(numbers))
        return service.meter.redis == [False, True]

    assert eventually(is_back, RECOVERY_SECONDS)


def test_a_server_silent_at_start(
    server: RedisServer, proxy: Proxy, services: Callable[[str], Service]
) -> None:
    assert server.port
    proxy.mood = Mood(silent=True)
    service = services(proxy.url)

    all_are_right([service.ask(number) for number in range(20)])


def test_a_password_that_changes_under_us(
    server: RedisServer, services: Callable[[str], Service], caplog: pytest.LogCaptureFixture
) -> None:
    store(server.client())
    admin = server.client()
    admin.ping()
    service = services(server.url)

    def strike() -> None:
        admin.config_set("requirepass", "another")
        with suppress(RedisError):
            admin.client_kill_filter(_type="normal", skipme=True)

    struck = Struck(service, caplog, strike, lambda: admin.config_set("requirepass", ""))

    went_and_came_back(struck, service)
    assert "another" not in caplog.text


REFUSING = [
    pytest.param(
        lambda admin: (
            admin.config_set("maxmemory-policy", "noeviction"),
            admin.config_set("maxmemory", 1),
        ),
        lambda admin: admin.config_set("maxmemory", 0),
        id="out of memory",
    ),
    pytest.param(
        lambda admin: admin.replicaof("127.0.0.1", 1),
        lambda admin: admin.replicaof("NO", "ONE"),
        id="a read-only replica",
    ),
]


@pytest.mark.parametrize(("strike", "heal"), REFUSING)
def test_a_server_that_takes_no_values_is_still_read(
    server: RedisServer,
    services: Callable[[str], Service],
    caplog: pytest.LogCaptureFixture,
    strike: Callable[["Redis"], object],
    heal: Callable[["Redis"], object],
) -> None:
    store(server.client())
    service = services(server.url)
    admin = server.client()
    struck = Struck(
        service,
        caplog,
        lambda: strike(admin),
        lambda: heal(admin),
        lambda: service.meter.writable[-1:] == [True],
    )

    all_are_right(struck.served)
    assert struck.recovered
    assert service.meter.lookups["redis", "hit"] > 0
    told_once_each(struck, service)


QUIET = [
    pytest.param(
        lambda admin: (
            admin.config_set("maxmemory-policy", "allkeys-random"),
            admin.config_set("maxmemory", admin.info("memory")["used_memory"] + 20_000),
        ),
        id="evicting",
    ),
    pytest.param(lambda admin: admin.flushall(), id="flushed"),
    pytest.param(
        lambda admin: [admin.expire(key, 0) for key in admin.scan_iter()], id="clock ahead"
    ),
    pytest.param(
        lambda admin: [admin.persist(key) for key in admin.scan_iter()], id="clock behind"
    ),
]


@pytest.mark.parametrize("strike", QUIET)
def test_values_that_go_are_misses_and_nothing_to_tell(
    server: RedisServer,
    services: Callable[[str], Service],
    caplog: pytest.LogCaptureFixture,
    strike: Callable[["Redis"], object],
) -> None:
    store(server.client())
    service = services(server.url)
    struck = Struck(service, caplog, lambda: strike(server.client()), lambda: None)

    all_are_right(struck.served)
    assert struck.recovered
    told_once_each(struck, service)


SURROGATE = b"\xed\xa0\x80"
CORRUPTIONS = [
    b"",
    b"null",
    b"[]",
    b"7",
    b"NaN",
    b"{}",
    b"[" * 100_000,
    SURROGATE,
    NOISE,
    b"x" * 3_000_000,
    b'{"v": 0}',
    b"\x80\x04N.",
    b"cos\nsystem\n(S'false'\ntR.",
]


def instead_of(stored: bytes, _: bytes) -> bytes:
    return stored


def half(stored: bytes) -> bytes:
    return stored[: len(stored) // 2]


def grow(stored: bytes) -> bytes:
    return stored + b" "


def flip(stored: bytes) -> bytes:
    return stored[:-9] + bytes([stored[-9] ^ 1]) + stored[-8:]


def corrupt(admin: "Redis") -> None:
    """Overwrite every value with one that is not what was stored."""
    instead: list[Callable[[bytes], bytes]] = [partial(instead_of, it) for it in CORRUPTIONS]
    ways = [*instead, half, grow, flip]
    stored = values(admin)
    for number, key in enumerate(sorted(stored)):
        way = ways[number % len(ways)]
        admin.set(key, way(stored[key]))


def make_lists(admin: "Redis") -> None:
    for key in values(admin):
        admin.delete(key)
        admin.rpush(key, "v")


def swap(admin: "Redis") -> None:
    """Give every key the value of another."""
    stored = values(admin)
    keys = sorted(stored)
    for key, other in zip(keys, keys[1:] + keys[:1], strict=True):
        admin.set(key, stored[other])


def values(admin: "Redis") -> dict[bytes, bytes]:
    found = {}
    for key in admin.scan_iter():
        value = admin.get(key)
        assert isinstance(key, bytes)
        if isinstance(value, bytes) and not key.endswith(b":claim"):
            found[key] = value
    return found


@pytest.mark.parametrize("damage", [corrupt, make_lists, swap], ids=lambda damage: damage.__name__)
def test_a_value_that_is_not_what_was_stored_is_rejected_and_overwritten(
    server: RedisServer,
    services: Callable[[str], Service],
    caplog: pytest.LogCaptureFixture,
    damage: Callable[["Redis"], None],
) -> None:
    store(server.client())
    admin = server.client()
    damage(admin)
    service = services(server.url)

    caplog.clear()
    with caplog.at_level(logging.WARNING):
        served = []
        for number in range(STORED):
            assert eventually(lambda: is_connected(service))
            served.append(service.ask(number))
    all_are_right(served)
    assert service.meter.lookups["redis", "rejected"] == STORED
    assert service.meter.lookups["redis", "hit"] == 0
    assert (caplog.messages, service.meter.redis) == ([], [])

    after = services(server.url)
    if damage is not make_lists:  # a list is replaced as well, by SET
        assert eventually(lambda: len(values(admin)) == STORED)
    assert eventually(lambda: is_connected(after))
    all_are_right([after.ask(number) for number in range(STORED)])
    assert eventually(lambda: after.meter.lookups["redis", "hit"] > STORED * 0.9)


@pytest.mark.parametrize("extra", [b"+OK\r\n", b"$-1\r\n", b"$5\r\nhello\r\n", b":1\r\n"])
def test_one_extra_reply_never_gives_one_the_answer_of_another(
    server: RedisServer,
    proxy: Proxy,
    services: Callable[[str], Service],
    extra: bytes,
) -> None:
    store(server.client())
    service = services(proxy.url)
    assert eventually(lambda: is_connected(service))
    proxy.mood = Mood(extra=extra)
    served = [service.ask(number) for number in range(STORED)]
    proxy.mood = Mood()
    numbers = iter(range(STORED, 1000))
    for number in numbers:
        served.append(service.ask(number))
        if number > 2 * STORED:
            break

    all_are_right(served)


def test_a_server_that_comes_and_goes(
    server: RedisServer,
    proxy: Proxy,
    services: Callable[[str], Service],
    caplog: pytest.LogCaptureFixture,
) -> None:
    store(server.client())
    service = services(proxy.url)

    def flap() -> None:
        for _ in range(5):
            proxy.mood = Mood(cut_after=0)
            time.sleep(0.1)
            proxy.mood = Mood()
            time.sleep(0.1)

    struck = Struck(service, caplog, flap, lambda: None)

    all_are_right(struck.served)
    assert struck.recovered
    assert service.meter.redis[:2] == [False, True]
    told_once_each(struck, service)


def test_a_full_server_that_takes_no_more_clients(
    server: RedisServer, services: Callable[[str], Service]
) -> None:
    admin = server.client()
    admin.config_set("maxclients", 1)
    service = services(server.url)

    all_are_right([service.ask(number) for number in range(20)])


def test_a_hung_server_holds_two_threads_at_most_and_lets_them_go(
    server: RedisServer, services: Callable[[str], Service]
) -> None:
    store(server.client())
    service = services(server.url)
    assert eventually(lambda: is_connected(service))
    server.stall()
    asked = [partial(service.ask, number) for number in range(16)]

    all_are_right([one for one in all_at_once(*asked) if isinstance(one, Served)])

    def waiting() -> int:
        queue = service.cases.answer.shared._calls._threads._work_queue  # type: ignore[union-attr]  # noqa: SLF001
        return int(queue.qsize())

    ours = [thread for thread in threading.enumerate() if thread.name.startswith("redis")]
    assert eventually(lambda: waiting() == 0, 1.0)
    assert len(ours) <= 2 * 4  # those of services that were closed may still be ending
    server.wake()


@pytest.mark.parametrize(("secret", "warnings"), [("", 1), ("of ours", 0)])
def test_who_uses_redis_without_a_secret_is_told_what_that_means(
    caplog: pytest.LogCaptureFixture, secret: str, warnings: int
) -> None:
    settings = replace(SETTINGS, redis_url="redis://127.0.0.1:1/0", cache_secret=secret)
    cases = use_cases_of(GRAPH, settings, CountingMeter())
    assert cases.answer.shared
    cases.answer.shared.close()

    assert sum("CACHE_SECRET" in record.message for record in caplog.records) == warnings
