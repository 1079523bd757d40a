"""Settings: the one module that reads the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

PACKAGE: Final = Path(__file__).parent
MEBIBYTE: Final = 1024 * 1024


class SettingError(ValueError):
    """A setting has a value that cannot be used.

    Attributes:
        name: The environment variable.
        expected: What it should be.
    """

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(name, expected)
        self.name = name
        self.expected = expected

    def __str__(self) -> str:
        return f"The setting {self.name} should be {self.expected}."


def shipped_graph() -> Path:
    """Return the graph that comes with the service: beside the package, or inside it."""
    beside = PACKAGE.parent / "skills_graph.json"
    return beside if beside.is_file() else PACKAGE / "skills_graph.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """How one process of the service is set up.

    Attributes:
        graph_path: The skills graph, ``SKILLS_GRAPH_PATH``.
        redis_url: Redis server, ``REDIS_URL``; None keeps the cache in the process.
        cache_bytes: Room for answers in the process, bytes, from ``CACHE_MEBIBYTES``.
    """

    graph_path: Path
    redis_url: str | None = None
    cache_bytes: int = 32 * MEBIBYTE

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read settings; raise `SettingError` for a value that cannot be used."""
        return cls(
            graph_path=Path(environ.get("SKILLS_GRAPH_PATH") or shipped_graph()),
            redis_url=_redis_url(environ.get("REDIS_URL")),
            cache_bytes=_whole("CACHE_MEBIBYTES", environ.get("CACHE_MEBIBYTES") or "32")
            * MEBIBYTE,
        )


def _redis_url(text: str | None) -> str | None:
    if text and not text.startswith(("redis://", "rediss://", "unix://")):
        raise SettingError("REDIS_URL", "an address like redis://host:6379/0")
    return text or None


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MEBIBYTE):
        raise SettingError(name, "a whole number from 1 up")
    return int(text)
