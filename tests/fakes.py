"""Stand-ins for the ports: real implementations, no mocks."""


class DictCache:
    """A cache that keeps everything and counts what it was asked."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}
        self.gets = 0

    def get(self, key: str) -> bytes | None:
        self.gets += 1
        return self.entries.get(key)

    def put(self, key: str, value: bytes) -> None:
        self.entries[key] = value
