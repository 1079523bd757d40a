"""The service's own caches against dogpile.cache with a proxy: what a hit costs the processor."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import sleep
from typing import Any, Final, TypeAlias

from dogpile.cache import make_region
from dogpile.cache.api import NO_VALUE
from dogpile.cache.proxy import ProxyBackend

from service.adapters import redis_cache, redis_client
from service.adapters.memory_cache import MemoryCache
from service.adapters.redis_cache import RedisCache
from service.adapters.redis_client import connect
from tests.fakes import CountingMeter
from tests.redis_server import RedisServer

VALUE: Final = b"x" * 10_000
KEYS: Final = [f"skills-gap:{number:064}" for number in range(50)]
MOST_ENTRIES: Final = 1_000
PATIENCE_SECONDS: Final = 5.0
"""A busy machine must not look like a Redis that is down."""

Get = Callable[[str], object]
Serialized: TypeAlias = Any
"""Bytes, or the library's own mark for no value."""


class NearCache(ProxyBackend):
    """What dogpile.cache needs for the same: a bounded near cache, and no error from Redis."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._near: OrderedDict[str, Any] = OrderedDict()

    def get_serialized(self, key: str) -> Serialized:
        """Return a value from the near cache, or from Redis."""
        with self._lock:
            value = self._near.get(key)
            if value is not None:
                self._near.move_to_end(key)
                return value
        try:
            value = self.proxied.get_serialized(key)
        except Exception:  # noqa: BLE001  whatever a broken server causes is a miss
            return NO_VALUE
        if value is not NO_VALUE:
            self._keep(key, value)
        return value

    def set_serialized(self, key: str, value: Serialized) -> None:
        """Keep a value in both."""
        self._keep(key, value)
        with suppress(Exception):
            self.proxied.set_serialized(key, value)

    def _keep(self, key: str, value: Serialized) -> None:
        with self._lock:
            self._near[key] = value
            if len(self._near) > MOST_ENTRIES:
                self._near.popitem(last=False)


@contextmanager
def hits() -> Iterator[dict[str, Get]]:
    """Give ways to get what is there, by name; answers are compared first."""
    redis_cache.CALL_SECONDS = redis_client.SOCKET_SECONDS = PATIENCE_SECONDS  # type: ignore[misc]
    with TemporaryDirectory() as folder:
        server = RedisServer(Path(folder))
        server.start()
        ours, far = (
            MemoryCache(1 << 24, len),
            RedisCache(lambda: connect(server.url), CountingMeter()),
        )
        near_region = make_region().configure(
            "dogpile.cache.redis", arguments={"url": server.url}, wrap=[NearCache]
        )
        far_region = make_region().configure("dogpile.cache.redis", arguments={"url": server.url})
        for key in KEYS:
            ours.put(key, VALUE)
            far.put(key, VALUE)
            near_region.set(f"d{key}", VALUE)
        sleep(1)  # writes happen behind the answer
        ways: dict[str, Get] = {
            "own, in the process": ours.get,
            "dogpile with a proxy, in the process": lambda key: near_region.get(f"d{key}"),
            "own, from Redis": far.get,
            "dogpile, from Redis": lambda key: far_region.get(f"d{key}"),
        }
        for name, get in ways.items():
            assert [get(key) for key in KEYS] == [VALUE] * len(KEYS), name
        yield ways
        far.close()
        server.kill()
