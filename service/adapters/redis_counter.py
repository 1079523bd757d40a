"""The counter port shared by processes over Redis or Valkey, for which requests hardly wait.

Each process counts for itself at once, sends what it counted behind the answer, and learns from
the reply what the others counted. Only the first request of somebody in a window waits for Redis,
a moment at most. So several processes together let through at most what arrives while a reply is
under way; and while Redis fails, each process goes on with its own count.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import Any, Final

from service.adapters.breaker import Breaker
from service.adapters.redis_client import Connect
from service.application.ports import Counter

CALL_SECONDS: Final = 0.01
"""What the first request of somebody waits for Redis at most: the cache may take its time, too."""

KEPT_SECONDS: Final = 180
"""How long Redis keeps a count: longer than a window, should clocks differ."""

_NAME_BYTES: Final = 16
_LONGEST_SECRET: Final = 64


@dataclass(slots=True)
class _Shared:
    """What this process and Redis know of one count.

    Attributes:
        unsent: Counted here and not yet told.
        sent: Counted here and told.
        others: Counted elsewhere, by the last reply.
        is_waiting: Whether sending is under way.
    """

    unsent: int = 0
    sent: int = 0
    others: int = 0
    is_waiting: bool = False


class RedisCounter:
    """A `service.application.ports.Counter` that adds up what several processes count.

    Args:
        own: Counts in this process.
        connect: Makes a client with short time-outs and no retries; called on a thread.
        secret: Goes into the names that Redis sees. Without it, who reads them can find out whose
            they are by trying all addresses.
    """

    def __init__(self, own: Counter, connect: Connect, secret: str = "") -> None:
        self._own = own
        self._secret = secret.encode()[:_LONGEST_SECRET]
        self._connect = connect
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="counter")
        self._breaker = Breaker(
            "Redis does not count (%s); each process goes on with its own count",
            "Redis counts again",
        )
        self._client: Any = None
        self._lock = Lock()
        self._window = 0
        self._counts: dict[str, _Shared] = {}

    def add(self, name: str, window: int, amount: int) -> int:
        """Add to a count of a window, and return it, with what others counted as far as known."""
        count = self._own.add(name, window, amount)
        is_first, shared = self._noted(name, window, amount)
        sending = self._send(name, window, shared)
        if is_first and sending is not None:
            with suppress(Exception):  # whatever is wrong, the process's own count holds
                sending.result(CALL_SECONDS)
        return count + shared.others

    def close(self) -> None:
        """Give up what waits and let the thread end."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._disconnect()

    def _noted(self, name: str, window: int, amount: int) -> tuple[bool, _Shared]:
        with self._lock:
            if window > self._window:
                self._window = window
                self._counts = {}
            shared = self._counts.get(name)
            is_first = shared is None
            if shared is None:
                shared = self._counts[name] = _Shared()
            shared.unsent += amount
            return is_first, shared

    def _send(self, name: str, window: int, shared: _Shared) -> "Future[None] | None":
        if shared.is_waiting or not self._breaker.lets_through():
            return None
        shared.is_waiting = True
        try:
            return self._thread.submit(self._exchange, name, window, shared)
        except RuntimeError:  # the process is ending
            return None

    def _exchange(self, name: str, window: int, shared: _Shared) -> None:
        """Tell Redis what was counted here, and learn what was counted elsewhere."""
        with self._lock:
            amount, shared.unsent = shared.unsent, 0
            shared.is_waiting = False
        began = self._breaker.now()
        try:
            total = self._total(self._key(name, window), amount)
        except Exception as error:  # noqa: BLE001 - whatever a broken server causes
            self._breaker.failed(error, began)
            self._disconnect()
            return
        self._breaker.worked(began)
        with self._lock:
            shared.sent += amount
            shared.others = max(0, total - shared.sent)

    def _total(self, key: str, amount: int) -> int:
        if self._client is None:
            self._client = self._connect()
        told = self._client.pipeline(transaction=False)
        told.incrby(key, amount)
        told.expire(key, KEPT_SECONDS)
        total: int = int(told.execute()[0])
        return total

    def _key(self, name: str, window: int) -> str:
        """Return the key of a count; it does not show whose it is."""
        named = blake2b(name.encode(), key=self._secret, digest_size=_NAME_BYTES)
        return f"skills-gap:requests:{window}:{named.hexdigest()}"

    def _disconnect(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(Exception):
                client.close()
