"""Settings: the one module that reads the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final, Self, TypeAlias

from service.redis_address import AddressError, check_files, read_address

PACKAGE: Final = Path(__file__).parent
MEBIBYTE: Final = 1024 * 1024

ORIGIN: Final = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
"""As browsers write it in the `Origin` header: lower case, and nothing after the port."""

MOST_PROXIES: Final = 9

Network: TypeAlias = IPv4Network | IPv6Network

_TRUTHS: Final = {"0": False, "1": True}


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
        cache_secret: Known to those who may fill the shared cache, ``CACHE_SECRET``.
        cache_bytes: Room for answers in the process, bytes, from ``CACHE_MEBIBYTES``.
        access_log: Whether each request gets a line on standard output, ``ACCESS_LOG``.
        api_keys_path: The file of API keys, ``API_KEYS_FILE``; None opens everything to everybody.
        anonymous_per_minute: Requests that an address may make in a minute without a key,
            ``ANONYMOUS_PER_MINUTE``; None for any number.
        key_per_minute: Requests that a key may make in a minute, ``KEY_PER_MINUTE``.
        trusted_proxies: Networks of the proxies that tell the address of clients, or how many
            proxies there are, from ``TRUSTED_PROXIES``.
        cors_origins: Whose pages' scripts may read answers, ``CORS_ORIGINS``.
        embed_origins: Whose pages may show the path in a frame, ``EMBED_ORIGINS``.
    """

    graph_path: Path
    redis_url: str | None = None
    cache_secret: str = ""
    cache_bytes: int = 32 * MEBIBYTE
    access_log: bool = False
    api_keys_path: Path | None = None
    anonymous_per_minute: int | None = None
    key_per_minute: int | None = None
    trusted_proxies: tuple[Network, ...] | int = ()
    cors_origins: tuple[str, ...] = ()
    embed_origins: tuple[str, ...] = ()

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read settings; raise `SettingError` for a value that cannot be used."""
        return cls(
            graph_path=Path(environ.get("SKILLS_GRAPH_PATH") or shipped_graph()),
            redis_url=_redis_url(environ.get("REDIS_URL")),
            cache_bytes=_whole("CACHE_MEBIBYTES", environ.get("CACHE_MEBIBYTES") or "32")
            * MEBIBYTE,
            cache_secret=environ.get("CACHE_SECRET") or "",
            access_log=_truth("ACCESS_LOG", environ.get("ACCESS_LOG") or "0"),
            api_keys_path=_path(environ.get("API_KEYS_FILE")),
            anonymous_per_minute=_rate("ANONYMOUS_PER_MINUTE", environ),
            key_per_minute=_rate("KEY_PER_MINUTE", environ),
            trusted_proxies=_proxies(environ.get("TRUSTED_PROXIES") or ""),
            cors_origins=_origins("CORS_ORIGINS", environ),
            embed_origins=_origins("EMBED_ORIGINS", environ),
        )


def _redis_url(text: str | None) -> str | None:
    """Return an address that leads to Redis; the error repeats nothing of it."""
    if not text:
        return None
    try:
        check_files(read_address(text))
    except AddressError as error:
        raise SettingError("REDIS_URL", str(error)) from None
    return text


def _truth(name: str, text: str) -> bool:
    if text not in _TRUTHS:
        raise SettingError(name, "0 or 1")
    return _TRUTHS[text]


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MEBIBYTE):
        raise SettingError(name, "a whole number from 1 up")
    return int(text)


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _rate(name: str, environ: Mapping[str, str]) -> int | None:
    text = environ.get(name)
    return _whole(name, text) if text else None


def _proxies(text: str) -> tuple[Network, ...] | int:
    expected = "networks like 10.0.0.0/8, between commas, or the number of proxies, 1 to 9"
    if text.isascii() and text.isdigit():
        if not 1 <= int(text) <= MOST_PROXIES:
            raise SettingError("TRUSTED_PROXIES", expected)
        return int(text)
    try:
        return tuple(ip_network(entry.strip()) for entry in text.split(",") if entry.strip())
    except ValueError:
        raise SettingError("TRUSTED_PROXIES", expected) from None


def _origins(name: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    written = (environ.get(name) or "").split(",")
    origins = tuple(entry.strip() for entry in written if entry.strip())
    if not all(map(ORIGIN.fullmatch, origins)):
        raise SettingError(name, "origins like https://careers.example.com, between commas")
    return origins
