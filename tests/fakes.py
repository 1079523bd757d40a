"""Stand-ins for the ports: real implementations, no mocks."""

from collections import Counter
from math import inf

from service.application.ports import Lookup, Tier


class DictShelf:
    """A shelf for some number of values."""

    def __init__(self, places: float = inf) -> None:
        self.places = places
        self.entries: dict[str, bytes] = {}
        self._is_full = False

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def is_full(self) -> bool:
        return self._is_full

    def get(self, key: str) -> bytes | None:
        return self.entries.get(key)

    def add(self, key: str, value: bytes) -> None:
        if len(self.entries) < self.places:
            self.entries = {key: value, **self.entries}
        else:
            self._is_full = True

    def put(self, key: str, value: bytes) -> None:
        self.entries[key] = value
        if len(self.entries) > self.places:
            self._is_full = True
            del self.entries[next(iter(self.entries))]


class DictCache:
    """A cache that keeps everything and counts what it was asked."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}
        self.usual, self.learned = DictShelf(), DictShelf()
        self.gets = 0
        self.well = True

    def get(self, key: str) -> bytes | None:
        self.gets += 1
        return self.entries.get(key)

    def get_or_claim(self, key: str) -> bytes | None:
        return self.get(key)

    def put(self, key: str, value: bytes) -> None:
        self.entries[key] = value

    def lacks(self, key: str) -> bool:
        return self.well and key not in self.entries

    def check(self) -> bool:
        return self.well

    def is_well(self) -> bool:
        return self.well

    def close(self) -> None:
        self.entries.clear()


class CountingMeter:
    """Keeps what it is told.

    Attributes:
        redis, writable: How Redis changed; that it works from the first call on is no change.
    """

    def __init__(self) -> None:
        self.lookups: Counter[tuple[Tier, Lookup]] = Counter()
        self.computations = 0
        self.redis: list[bool] = []
        self.writable: list[bool] = []
        self.requests: list[tuple[str, str, int]] = []
        self.lost = 0

    def looked_up(self, tier: Tier, result: Lookup) -> None:
        self.lookups[tier, result] += 1

    def worked_out(self) -> None:
        self.computations += 1

    def redis_answers(self, *, does: bool) -> None:
        if self.redis or not does:
            self.redis.append(does)

    def redis_takes_values(self, *, does: bool) -> None:
        if self.writable or not does:
            self.writable.append(does)

    def lines_lost(self, lines: int) -> None:
        self.lost += lines

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        assert seconds >= 0
        self.requests.append((method, route, status))

    def text(self) -> bytes:
        return repr(vars(self)).encode()


class Maker:
    """Makes something, and counts how often."""

    def __init__(self, made: bytes = b"a picture") -> None:
        self.made = made
        self.times = 0

    def __call__(self) -> bytes:
        self.times += 1
        return self.made
