"""Calls of Redis or Valkey, for which no request ever waits for long."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
from typing import Any, Final, NamedTuple, TypeVar

from service.adapters.breaker import Breaker, Changed
from service.adapters.redis_client import Connect

Answer = TypeVar("Answer")

CALL_SECONDS: Final = 0.04
"""What a request waits for Redis at most, however slowly the bytes drip."""

OVERDUE_SECONDS: Final = 1.0
"""After which a call that has not ended has failed. Sooner it may be this process that is late:
where much is worked out, a thread waits for the interpreter longer than Redis takes to answer."""

LATE_IN_A_ROW: Final = 4
"""So many calls that are late one after another, and Redis is left alone whoever's fault it is."""

BACK_SECONDS: Final = 0.25
"""What Redis may take to show that it is back: more than requests wait, for a busy process is late
itself, and less than a server takes that drips."""

Call = Callable[[Any], Answer]
"""Asks a client."""


class _Late(NamedTuple):
    """A call for which nobody waits any more.

    Attributes:
        began: Seconds, as the breaker counts them.
    """

    call: "Future[Any]"
    began: float


class RedisCalls:
    """A client of Redis, asked on two threads of its own, and whether Redis is well.

    The deadline holds for the whole call, looking up the address included, and not for each
    read of the socket. After any exception Redis is left alone for a while, and the connections
    are dropped. A call that is late alone says nothing of Redis before it ends; until then
    nobody else waits.

    Args:
        connect: Makes a client with short time-outs and no retries; called on a thread, so
            that neither the import nor the connection delays anybody.
        probe: Raises where a request would fail.
        changed: Is told when Redis stops or begins to answer.
        now: Seconds on a monotonic clock.
    """

    def __init__(
        self, connect: Connect, probe: Call[None], changed: Changed, now: Callable[[], float]
    ) -> None:
        self._now = now
        self._connect = connect
        self._probe = probe
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="redis")
        self._connecting = Lock()
        self._client: Any = None
        self._late: _Late | None = None
        self._late_in_a_row = 0
        self._breaker = Breaker(
            "Redis does not answer (%s); going on without it", "Redis answers again", now, changed
        )
        self._start_connecting()

    def is_answered(self) -> bool:
        """Return whether Redis answered when it was last called."""
        return not self._breaker.is_open()

    def is_prompt(self) -> bool:
        """Return whether it answered in time when it was last called."""
        return self.is_answered() and not self._late_in_a_row

    def is_usable(self) -> bool:
        """Return whether to call Redis; where there is no client yet, one is being made."""
        if not self._breaker.lets_through() or self._is_held_up():
            return False
        if self._client is not None:
            return True
        if not self._connecting.locked():
            self._start_connecting()
        return False

    def in_time(
        self, call: Call[Answer], otherwise: Answer, seconds: float | None = None
    ) -> Answer:
        """Return what a call of the client gives, or `otherwise` when it fails or is late.

        Args:
            call: Is given the client.
            otherwise: Where there is no client, too.
            seconds: What there is time for; `CALL_SECONDS` where none is told.
        """
        client = self._client
        if client is None:
            return otherwise
        began = self._now()
        try:
            future = self._threads.submit(self._judged, call, client, began)
        except RuntimeError:  # the process is ending
            return otherwise
        try:
            answer = future.result(CALL_SECONDS if seconds is None else seconds)
        except Exception:  # noqa: BLE001 - whatever a broken server causes
            if not future.done():
                self._give_up(future, began)
            return otherwise
        self._late_in_a_row = 0
        self._breaker.worked(began)
        return answer

    def behind(self, work: Callable[[], None]) -> bool:
        """Have something done on a thread for which nobody waits; return whether it will be."""
        try:
            self._threads.submit(work)
        except RuntimeError:  # the process is ending
            return False
        return True

    def connected(self) -> Any:  # noqa: ANN401  see Connect
        """Return the client, made if need be; for what is done on the threads only."""
        with self._connecting:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def reconnect(self) -> None:
        """Have the next call make a client anew; who uses the present one is let finish."""
        self._client = None

    def worked(self, began: float) -> None:
        """Note that Redis answered a call that began at a time."""
        self._breaker.worked(began)

    def failed(self, error: Exception, began: float) -> None:
        """Note that a call failed that began at a time, and drop every connection.

        Those in use as well, so that no thread is held by one.
        """
        self._breaker.failed(error, began)
        self._disconnect()

    def close(self) -> None:
        """Give up what waits and let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._disconnect()

    def _is_held_up(self) -> bool:
        """Return whether a call that was given up is still under way; if for too long, it failed.

        How it ends says whether Redis is gone or this process is short of time, and sockets have
        time-outs of their own. What has none is a name that is looked up, and bytes that drip.
        """
        late = self._late
        if late is None or late.call.done():
            return False
        if self._now() - late.began > OVERDUE_SECONDS:
            self.failed(TimeoutError(), late.began)
        return True

    def _judged(self, call: Call[Answer], client: Any, began: float) -> Answer:  # noqa: ANN401
        """Do a call on a thread; that it fails shows there, however late."""
        try:
            return call(client)
        except Exception as error:
            self.failed(error, began)
            raise

    def _give_up(self, future: "Future[Any]", began: float) -> None:
        """Give a call up: called off where it still waits for a thread."""
        if not future.cancel():
            self._late = _Late(future, began)
        self._late_in_a_row += 1
        if self._late_in_a_row >= LATE_IN_A_ROW:
            self.failed(TimeoutError(), began)

    def _start_connecting(self) -> None:
        self.behind(self._try_connecting)

    def _try_connecting(self) -> None:
        began = self._now()
        try:
            client = self.connected()
            asked = self._now()
            self._probe(client)  # a client alone has not spoken to anybody
            if not self.is_answered() and self._now() - asked > BACK_SECONDS:
                raise TimeoutError  # noqa: TRY301 - it answers, and too late for requests
        except Exception as error:  # noqa: BLE001 - as in in_time
            self.failed(error, began)
        else:
            self.worked(began)

    def _disconnect(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(Exception):
                client.close()
