"""The cache port on Redis or Valkey, in front of which no request ever waits for long."""

import hashlib
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from hmac import compare_digest
from threading import BoundedSemaphore, Lock
from typing import Any, Final, NamedTuple, TypeVar

from service.adapters.breaker import Breaker
from service.application.ports import Meter

Answer = TypeVar("Answer")

CALL_SECONDS: Final = 0.04
"""What a request waits for Redis at most, however slowly the bytes drip."""

OVERDUE_SECONDS: Final = 1.0
"""After which a call that has not ended has failed. Sooner it may be this process that is late:
where much is worked out, a thread waits for the interpreter longer than Redis takes to answer."""

LATE_IN_A_ROW: Final = 4
"""So many calls that are late one after another, and Redis is left alone whoever's fault it is."""

KEPT_SECONDS: Final = 24 * 3600
WRITES_WAITING: Final = 64
DIGEST_BYTES: Final = 16

CLAIM_MILLISECONDS: Final = 500
"""How long a process that claimed a key has it to itself; a usual answer takes some tens."""

PATIENCE_SECONDS: Final = 1.0
"""How long the others wait for what it puts there, or for their own turn to claim the key."""

BACK_SECONDS: Final = 0.25
"""What Redis may take to show that it is back: more than requests wait, for a busy process is late
itself, and less than a server takes that drips."""

GLANCE_SECONDS: Final = 0.01

PROBE_KEY: Final = "skills-gap:probe"
"""Is read to learn whether Redis is well, and written while it takes no values."""

Connect = Callable[[], Any]
"""Makes a client: `Redis` or `RedisCluster`, which have no common type."""


class _Late(NamedTuple):
    """A call for which nobody waits any more.

    Attributes:
        began: Seconds, as its breaker counts them.
    """

    call: "Future[Any]"
    began: float


class RedisCache:
    """A `service.application.ports.SharedCache` on a Redis server.

    A value is stored behind its key and a digest of both, so that a value that is cut, forged,
    swapped or answered to another question is a miss. Calls run on two threads of their own:
    the deadline holds for the whole call, looking up the address included, and not for each
    read of the socket. Any exception is a miss, after which Redis is left alone for a while, and
    the connections are dropped. A call that is late is a miss too, but alone says nothing of
    Redis before it ends; until then nobody else waits. Where only writes are refused (no memory
    left, a replica), reads go on.

    Args:
        connect: Makes a client with short time-outs and no retries; called on a thread, so
            that neither the import nor the connection delays anybody.
        meter: Counts.
        secret: Goes into the digests, so that only who knows it can store a value that counts.
        now: Seconds on a monotonic clock.
    """

    def __init__(
        self,
        connect: Connect,
        meter: Meter,
        secret: str = "",
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connect = connect
        self._meter = meter
        self._secret = secret.encode()
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="redis")
        self._writes = BoundedSemaphore(WRITES_WAITING)
        self._connecting = Lock()
        self._client: Any = None
        self._late: _Late | None = None
        self._late_in_a_row = 0
        self._calls = Breaker(
            "Redis does not answer (%s); going on without it",
            "Redis answers again",
            now,
            meter.redis_answers,
        )
        self._puts = Breaker(
            "Redis takes no values (%s); going on with what it has",
            "Redis takes values again",
            now,
            meter.redis_takes_values,
        )
        self._start_connecting()

    def get(self, key: str) -> bytes | None:
        """Return the stored value, or None when absent, damaged or not there in time."""
        if not self._is_usable():
            return None
        stored = self._in_time(partial(_stored, key=key), None)
        if stored is None:
            self._meter.looked_up("redis", "miss")
            return None
        value = self._unsealed(key, stored)
        self._meter.looked_up("redis", "rejected" if value is None else "hit")
        if value is None:
            self._client = None  # a connection that is out of step would lie again
        return value

    def get_or_claim(self, key: str) -> bytes | None:
        """Return the stored value, or None to who is to work it out: one process at a time.

        The others look again for `PATIENCE_SECONDS`, unless Redis fails or is late meanwhile;
        when a claim ends in vain, one of them gets it. Who waited in vain all the time gives the
        claim up for all: it is none that ends.
        """
        began = time.monotonic()
        value = self.get(key)
        left = CALL_SECONDS - (time.monotonic() - began)
        if value is not None or not self._is_prompt() or self._claims(key, left):
            return value
        until = time.monotonic() + PATIENCE_SECONDS
        while self._is_prompt() and time.monotonic() < until:
            time.sleep(GLANCE_SECONDS)
            value = self.get(key)
            if value is not None or self._claims(key, CALL_SECONDS):
                return value
        if self._is_prompt():
            self._in_time(lambda client: client.delete(_claim_on(key)), None)
        return None

    def put(self, key: str, value: bytes) -> None:
        """Keep the value for a day, behind the answer; dropped when too many wait."""
        if not self._calls.is_open() and self._writes.acquire(blocking=False):
            try:
                self._threads.submit(self._write, key, self._sealed(key, value))
            except RuntimeError:  # the process is ending
                self._writes.release()

    def lacks(self, key: str) -> bool:
        """Return whether it answers in time, and has no value."""
        return self._is_usable() and self._in_time(
            lambda client: not client.exists(key), otherwise=False
        )

    def check(self) -> bool:
        """Return whether it is well, and ask it; called beside the requests, every few seconds."""
        if self._is_usable():
            self._in_time(_probe, None)
        if self._puts.is_open():
            self.put(PROBE_KEY, b"")
        return self.is_well()

    def is_well(self) -> bool:
        """Return whether it answered, and took what it was given, when it was last called."""
        return not (self._calls.is_open() or self._puts.is_open())

    def close(self) -> None:
        """Give up what waits and let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._disconnect()

    def _is_usable(self) -> bool:
        """Return whether to call Redis; where there is no client yet, one is being made."""
        if not self._calls.lets_through() or self._is_held_up():
            return False
        if self._client is not None:
            return True
        if not self._connecting.locked():
            self._start_connecting()
        return False

    def _is_prompt(self) -> bool:
        """Return whether it answered in time when it was last called."""
        return not (self._calls.is_open() or self._late_in_a_row)

    def _is_held_up(self) -> bool:
        """Return whether a call that was given up is still under way; if for too long, it failed.

        How it ends says whether Redis is gone or this process is short of time, and sockets have
        time-outs of their own. What has none is a name that is looked up, and bytes that drip.
        """
        late = self._late
        if late is None or late.call.done():
            return False
        if self._calls.now() - late.began > OVERDUE_SECONDS:
            self._failed(TimeoutError(), late.began)
        return True

    def _in_time(
        self, call: Callable[[Any], Answer], otherwise: Answer, seconds: float | None = None
    ) -> Answer:
        """Return what a call of the client gives, or `otherwise` when it fails or is late."""
        client = self._client
        if client is None:
            return otherwise
        began = self._calls.now()
        try:
            future = self._threads.submit(self._judged, call, client, began)
        except RuntimeError:  # the process is ending
            return otherwise
        try:
            answer = future.result(CALL_SECONDS if seconds is None else seconds)
        except Exception:  # noqa: BLE001 - whatever a broken server causes is a miss
            if not future.done():
                self._give_up(future, began)
            return otherwise
        self._late_in_a_row = 0
        self._calls.worked(began)
        return answer

    def _judged(self, call: Callable[[Any], Answer], client: Any, began: float) -> Answer:  # noqa: ANN401
        """Do a call on a thread; that it fails shows there, however late."""
        try:
            return call(client)
        except Exception as error:
            self._failed(error, began)
            raise

    def _give_up(self, future: "Future[Any]", began: float) -> None:
        """Give a call up: called off where it still waits for a thread."""
        if not future.cancel():
            self._late = _Late(future, began)
        self._late_in_a_row += 1
        if self._late_in_a_row >= LATE_IN_A_ROW:
            self._failed(TimeoutError(), began)

    def _claims(self, key: str, seconds: float) -> bool:
        """Return whether this process is to work an answer out; in doubt it is.

        The seconds are what is left of those that a request waits: where the look took most of
        them, there is no time to ask once more.
        """
        if seconds < CALL_SECONDS / 2 or not self._puts.lets_through():
            return True

        began = self._puts.now()

        def claim(client: Any) -> bool:  # noqa: ANN401
            try:
                is_first = client.set(_claim_on(key), b"", px=CLAIM_MILLISECONDS, nx=True)
            except Exception as error:
                if not self._refused(error, began):
                    raise
                return True
            self._puts.worked(began)
            return bool(is_first)

        return self._in_time(claim, otherwise=True, seconds=seconds)

    def _write(self, key: str, stored: bytes) -> None:
        began = self._puts.now()
        try:
            if not self._calls.is_open() and self._puts.lets_through():
                self._connected().set(key, stored, ex=KEPT_SECONDS)
                self._calls.worked(began)
                self._puts.worked(began)
        except Exception as error:  # noqa: BLE001 - as in _in_time
            if not self._refused(error, began):
                self._failed(error, began)
        finally:
            self._writes.release()

    def _refused(self, error: Exception, began: float) -> bool:
        """Return whether Redis answers and only takes no values, and note that."""
        from redis.exceptions import ResponseError  # noqa: PLC0415 - imported late, as in connect

        if not isinstance(error, ResponseError):
            return False
        self._puts.failed(error, began)
        self._client = None  # the next connection may find the server that takes values
        return True

    def _failed(self, error: Exception, began: float) -> None:
        self._calls.failed(error, began)
        self._disconnect()

    def _start_connecting(self) -> None:
        with suppress(RuntimeError):  # the process is ending
            self._threads.submit(self._try_connecting)

    def _try_connecting(self) -> None:
        began = self._calls.now()
        try:
            client = self._connected()
            asked = self._calls.now()
            _probe(client)  # a client alone has not spoken to anybody
            if self._calls.is_open() and self._calls.now() - asked > BACK_SECONDS:
                raise TimeoutError  # noqa: TRY301 - it answers, and too late for requests
        except Exception as error:  # noqa: BLE001 - as in _in_time
            self._failed(error, began)
        else:
            self._calls.worked(began)

    def _connected(self) -> Any:  # noqa: ANN401  see Connect
        """Return the client, made if need be; only ever called on the threads."""
        with self._connecting:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _disconnect(self) -> None:
        """Drop every connection, those in use as well, so that no thread is held by one."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(Exception):
                client.close()

    def _sealed(self, key: str, value: bytes) -> bytes:
        return b"%b\n%b%b" % (key.encode(), self._digest(key, value), value)

    def _unsealed(self, key: str, stored: object) -> bytes | None:
        """Return a stored value without its seal, or None when it is not what was stored."""
        if not isinstance(stored, bytes):
            return None
        name, _, sealed = stored.partition(b"\n")
        digest, value = sealed[:DIGEST_BYTES], sealed[DIGEST_BYTES:]
        is_own = name == key.encode() and compare_digest(digest, self._digest(key, value))
        return value if is_own else None

    def _digest(self, key: str, value: bytes) -> bytes:
        keyed = hashlib.blake2b(key.encode(), key=self._secret[:64], digest_size=32).digest()
        return hashlib.blake2b(value, key=keyed, digest_size=DIGEST_BYTES).digest()


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
