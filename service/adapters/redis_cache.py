"""The cache port on Redis or Valkey."""

import time
from collections.abc import Callable
from functools import partial
from threading import BoundedSemaphore
from typing import Any, Final

from service.adapters import redis_calls
from service.adapters.breaker import Breaker
from service.adapters.redis_calls import RedisCalls
from service.adapters.redis_client import Connect
from service.adapters.seal import Seal
from service.application.ports import Meter

KEPT_SECONDS: Final = 24 * 3600
WRITES_WAITING: Final = 64

CLAIM_MILLISECONDS: Final = 500
"""How long a process that claimed a key has it to itself; a usual answer takes some tens."""

PATIENCE_SECONDS: Final = 1.0
"""How long the others wait for what it puts there, or for their own turn to claim the key."""

GLANCE_SECONDS: Final = 0.01

PROBE_KEY: Final = "skills-gap:probe"
"""Is read to learn whether Redis is well, and written while it takes no values."""


class RedisCache:
    """A `service.application.ports.SharedCache` on a Redis server.

    A value is stored behind its seal; one whose seal is not ours is a miss, and so is whatever
    fails or is late (`RedisCalls`). Where only writes are refused (no memory left, a replica),
    reads go on.

    Args:
        connect: Makes a client with short time-outs and no retries.
        meter: Counts.
        secret: Of the seals.
        now: Seconds on a monotonic clock.
    """

    def __init__(
        self,
        connect: Connect,
        meter: Meter,
        secret: str = "",
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._meter = meter
        self._seal = Seal(secret)
        self._calls = RedisCalls(connect, _probe, meter.redis_answers, now)
        self._writes = BoundedSemaphore(WRITES_WAITING)
        self._puts = Breaker(
            "Redis takes no values (%s); going on with what it has",
            "Redis takes values again",
            now,
            meter.redis_takes_values,
        )

    def get(self, key: str) -> bytes | None:
        """Return the stored value, or None when absent, damaged or not there in time."""
        if not self._calls.is_usable():
            return None
        stored = self._calls.in_time(partial(_stored, key=key), None)
        if stored is None:
            self._meter.looked_up("redis", "miss")
            return None
        value = self._seal.unsealed(key, stored)
        self._meter.looked_up("redis", "rejected" if value is None else "hit")
        if value is None:
            self._calls.reconnect()  # a connection that is out of step would lie again
        return value

    def get_or_claim(self, key: str) -> bytes | None:
        """Return the stored value, or None to who is to work it out: one process at a time.

        The others look again for `PATIENCE_SECONDS`, unless Redis fails or is late meanwhile;
        when a claim ends in vain, one of them gets it. Who waited in vain all the time gives the
        claim up for all: it is none that ends.
        """
        began = time.monotonic()
        value = self.get(key)
        left = redis_calls.CALL_SECONDS - (time.monotonic() - began)
        if value is not None or not self._calls.is_prompt() or self._claims(key, left):
            return value
        until = time.monotonic() + PATIENCE_SECONDS
        while self._calls.is_prompt() and time.monotonic() < until:
            time.sleep(GLANCE_SECONDS)
            value = self.get(key)
            if value is not None or self._claims(key, redis_calls.CALL_SECONDS):
                return value
        if self._calls.is_prompt():
            self._calls.in_time(lambda client: client.delete(_claim_on(key)), None)
        return None

    def put(self, key: str, value: bytes) -> None:
        """Keep the value for a day, behind the answer; dropped when too many wait."""
        if self._calls.is_answered() and self._writes.acquire(blocking=False):
            write = partial(self._write, key, self._seal.sealed(key, value))
            if not self._calls.behind(write):
                self._writes.release()

    def lacks(self, key: str) -> bool:
        """Return whether it answers in time, and has no value."""
        return self._calls.is_usable() and self._calls.in_time(
            lambda client: not client.exists(key), otherwise=False
        )

    def check(self) -> bool:
        """Return whether it is well, and ask it; called beside the requests, every few seconds."""
        if self._calls.is_usable():
            self._calls.in_time(_probe, None)
        if self._puts.is_open():
            self.put(PROBE_KEY, b"")
        return self.is_well()

    def is_well(self) -> bool:
        """Return whether it answered, and took what it was given, when it was last called."""
        return self._calls.is_answered() and not self._puts.is_open()

    def close(self) -> None:
        """Give up what waits and let the threads end."""
        self._calls.close()

    def _claims(self, key: str, seconds: float) -> bool:
        """Return whether this process is to work an answer out; in doubt it is.

        The seconds are what is left of those that a request waits: where the look took most of
        them, there is no time to ask once more.
        """
        if seconds < redis_calls.CALL_SECONDS / 2 or not self._puts.lets_through():
            return True

        began = self._puts.now()

        def claim(client: Any) -> bool:  # noqa: ANN401  see Connect
            try:
                is_first = client.set(_claim_on(key), b"", px=CLAIM_MILLISECONDS, nx=True)
            except Exception as error:
                if not self._refused(error, began):
                    raise
                return True
            self._puts.worked(began)
            return bool(is_first)

        return self._calls.in_time(claim, otherwise=True, seconds=seconds)

    def _write(self, key: str, stored: bytes) -> None:
        began = self._puts.now()
        try:
            if self._calls.is_answered() and self._puts.lets_through():
                self._calls.connected().set(key, stored, ex=KEPT_SECONDS)
                self._calls.worked(began)
                self._puts.worked(began)
        except Exception as error:  # noqa: BLE001 - whatever a broken server causes
            if not self._refused(error, began):
                self._calls.failed(error, began)
        finally:
            self._writes.release()

    def _refused(self, error: Exception, began: float) -> bool:
        """Return whether Redis answers and only takes no values, and note that."""
        from redis.exceptions import ResponseError  # noqa: PLC0415 - imported late, as in connect

        if not isinstance(error, ResponseError):
            return False
        self._puts.failed(error, began)
        self._calls.reconnect()  # the next connection may find the server that takes values
        return True


def _probe(client: Any) -> None:  # noqa: ANN401  see Connect
    """Raise where a request would fail: many a broken server still answers a ping."""
    if not client.ping():
        raise ConnectionError  # the reply to something else: the connection is out of step
    _stored(client, PROBE_KEY)


def _claim_on(key: str) -> str:
    return f"{key}:claim"


def _stored(client: Any, key: str) -> object:  # noqa: ANN401  see Connect
    """Return what is there, of whatever type."""
    try:
        found: object = client.get(key)
    except Exception as error:
        if not str(error).startswith("WRONGTYPE"):
            raise
        return ()
    return found
