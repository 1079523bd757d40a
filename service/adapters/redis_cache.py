"""The cache port on a Redis server, in front of which no request ever waits for long."""

import hashlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Lock
from typing import Final

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

CALL_SECONDS: Final = 0.04
"""What a request waits for Redis at most, however slowly the bytes drip."""

SOCKET_SECONDS: Final = 0.05
REST_SECONDS: Final = 2.0
"""How long Redis is left alone after a failure; then one call probes it."""

KEPT_SECONDS: Final = 24 * 3600
WRITES_WAITING: Final = 64
DIGEST_BYTES: Final = 16


def connect(url: str) -> "Redis":
    """Return a client that fails fast: redis-py's own defaults would retry for seconds."""
    return Redis.from_url(
        url,
        socket_timeout=SOCKET_SECONDS,
        socket_connect_timeout=SOCKET_SECONDS,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=0,
    )


class RedisCache:
    """A `service.application.ports.Cache` on a Redis server.

    A value is stored behind a digest of its key and itself, so that a value that is cut,
    forged, swapped or answered to another question is a miss. Calls run on threads of their
    own: the deadline holds for the whole call and not for each read of the socket. Any
    exception is a miss, after which Redis is left alone for a while.

    Args:
        client: With short time-outs and no retries; see `connect`.
        now: Seconds on a monotonic clock.
    """

    def __init__(self, client: "Redis", now: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._now = now
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="redis")
        self._writes = BoundedSemaphore(WRITES_WAITING)
        self._lock = Lock()
        self._rests_until = 0.0
        self._is_down = False

    def get(self, key: str) -> bytes | None:
        """Return the stored value, or None when absent, damaged or not there in time."""
        if not self._may_call():
            return None
        try:
            stored = self._threads.submit(self._client.get, key).result(CALL_SECONDS)
        except Exception as error:  # noqa: BLE001 - whatever a broken server causes is a miss
            self._failed(error)
            return None
        self._answered()
        return _unsealed(key, stored)

    def put(self, key: str, value: bytes) -> None:
        """Keep the value for a day, behind the answer; dropped when too many wait."""
        if not self._may_call() or not self._writes.acquire(blocking=False):
            return
        self._threads.submit(self._write, key, _seal(key, value) + value)

    def close(self) -> None:
        """Give up what waits and let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    def _write(self, key: str, stored: bytes) -> None:
        try:
            self._client.set(key, stored, ex=KEPT_SECONDS)
        except Exception as error:  # noqa: BLE001 - as in get
            self._failed(error)
        else:
            self._answered()
        finally:
            self._writes.release()

    def _may_call(self) -> bool:
        """Return whether Redis is up or due for a probe; of many callers one probes."""
        with self._lock:
            if not self._is_down:
                return True
            now = self._now()
            if now < self._rests_until:
                return False
            self._rests_until = now + REST_SECONDS
            return True

    def _failed(self, error: Exception) -> None:
        with self._lock:
            self._rests_until = self._now() + REST_SECONDS
            changed, self._is_down = not self._is_down, True
        if changed:  # the error's text may hold addresses and passwords: its kind is enough
            logger.warning("Redis does not answer (%s); going on without it", type(error).__name__)
            self._client.connection_pool.disconnect(inuse_connections=False)

    def _answered(self) -> None:
        with self._lock:
            changed, self._is_down = self._is_down, False
        if changed:
            logger.warning("Redis answers again")


def _seal(key: str, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=DIGEST_BYTES, key=_sealing_key(key)).digest()


def _sealing_key(key: str) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=32).digest()


def _unsealed(key: str, stored: object) -> bytes | None:
    """Return a stored value without its seal, or None when it is not what was stored."""
    if not isinstance(stored, bytes):
        return None
    seal, value = stored[:DIGEST_BYTES], stored[DIGEST_BYTES:]
    return value if seal == _seal(key, value) else None
