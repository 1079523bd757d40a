"""What the use cases need from outside, as protocols. Adapters implement them."""

from typing import Literal, Protocol, TypeAlias

Tier: TypeAlias = Literal["exact", "canonical", "redis"]
Lookup: TypeAlias = Literal["hit", "miss", "rejected"]


class Cache(Protocol):
    """A bounded store of finished answers as bytes.

    An implementation never raises: a store that is down, slow or full of garbage is a
    miss, so a broken cache costs time, never an answer.
    """

    def get(self, key: str) -> bytes | None:
        """Return the stored value, or None when absent, expired, damaged or unreachable."""

    def put(self, key: str, value: bytes) -> None:
        """Keep the value for a while, if that is possible."""


class Shelf(Protocol):
    """Room of its own for answers that anybody may ask for, whatever else is asked meanwhile."""

    def __contains__(self, key: str) -> bool:
        """Return whether a value is there."""

    def is_full(self) -> bool:
        """Return whether something found no room; so it is in vain to make more ready."""

    def get(self, key: str) -> bytes | None:
        """Return the value, or None when absent."""

    def add(self, key: str, value: bytes) -> None:
        """Keep the value where that displaces nothing, as the first that may be displaced."""

    def put(self, key: str, value: bytes) -> None:
        """Keep the value; what was put there the longest ago makes room."""


class OwnCache(Cache, Protocol):
    """A cache of this process alone. What is on its shelves it has, too."""

    @property
    def usual(self) -> Shelf:
        """Answers to the questions of the common profiles."""

    @property
    def learned(self) -> Shelf:
        """Answers to what several clients asked."""


class SharedCache(Cache, Protocol):
    """A cache that several processes share."""

    def get_or_claim(self, key: str) -> bytes | None:
        """Return the stored value, or None to the one caller who is to work it out.

        Who comes second waits a moment for what the first puts there, and is then told to
        work it out as well.
        """

    def lacks(self, key: str) -> bool:
        """Return whether it answers, and has no value."""

    def check(self) -> bool:
        """Return whether it is well, and ask it; so nobody's request has to find out."""

    def is_well(self) -> bool:
        """Return whether it answered, and took what it was given, when it was last called."""

    def close(self) -> None:
        """Give back what it holds; nothing is asked of it afterwards."""


class Meter(Protocol):
    """Counts what happens. An implementation is quick and never raises."""

    def looked_up(self, tier: Tier, result: Lookup) -> None:
        """Count a look into a cache; what is there but not to be trusted is ``rejected``."""

    def worked_out(self) -> None:
        """Count an answer that no cache had."""

    def redis_answers(self, *, does: bool) -> None:
        """Note whether Redis answers."""

    def redis_takes_values(self, *, does: bool) -> None:
        """Note whether Redis lets itself be written to."""

    def lines_lost(self, lines: int) -> None:
        """Count lines of the log of requests that were not written."""

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request.

        Args:
            method: Of HTTP.
            route: The pattern of the path, never the path; empty where there is none.
            status: Of the answer.
            seconds: From the request's first line until the answer began.
        """

    def text(self) -> bytes:
        """Return the counts in the format that Prometheus reads."""


class Counter(Protocol):
    """Counts by name within windows of time, shared by processes or not.

    An implementation never raises, and never makes anybody wait for long.
    """

    def add(self, name: str, window: int, amount: int) -> int:
        """Add to a count, and return it.

        Args:
            name: What is counted.
            window: Number of the window; counts of earlier ones may be forgotten.
            amount: 1, or -1 to take one back.
        """
