"""What the use cases need from outside, as protocols. Adapters implement them."""

from typing import Protocol


class Cache(Protocol):
    """A bounded store of finished answers as bytes.

    An implementation never raises: a store that is down, slow or full of garbage is a
    miss, so a broken cache costs time, never an answer.
    """

    def get(self, key: str) -> bytes | None:
        """Return the stored value, or None when absent, expired, damaged or unreachable."""

    def put(self, key: str, value: bytes) -> None:
        """Keep the value for a while, if that is possible."""
