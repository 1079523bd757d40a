"""Clients of Redis from an address: one server, Sentinel, or a cluster.

    redis://[[user]:password@]host[:6379][/database]        one server; rediss:// with TLS
    unix:///path/to/socket[?db=database]                    one server on this machine
    redis+sentinel://[...@]host[:26379],host.../service[/database]
    redis+cluster://[...@]host[:6379],host...               or rediss+ for either, with TLS

User and password are those of the data servers; Sentinels of their own password are asked with
`?sentinel_password=`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

SOCKET_SECONDS: Final = 0.05
"""What connecting, and each read, may take."""

SCHEMES: Final[Mapping[str, int]] = {
    "redis": 6379,
    "rediss": 6379,
    "unix": 0,
    "redis+sentinel": 26379,
    "rediss+sentinel": 26379,
    "redis+cluster": 6379,
    "rediss+cluster": 6379,
}
"""Each with its usual port."""


class AddressError(ValueError):
    """An address is none that leads to Redis; the message does not repeat it."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where several servers are to be found.

    Attributes:
        hosts: Names or numbers, each with its port; at least one.
        path: The parts of the path: for Sentinel the service, then the database.
        options: Username, password and TLS of the data servers.
        sentinel_password: Of the Sentinels themselves.
    """

    scheme: str
    hosts: tuple[tuple[str, int], ...]
    path: tuple[str, ...]
    options: Mapping[str, Any]
    sentinel_password: str | None = None


def connect(url: str) -> Any:  # noqa: ANN401  Redis or RedisCluster, which have no common type
    """Return a client that fails fast: redis-py's own defaults would retry for seconds.

    The library is imported here and not at start, where it would take longer than all else.
    """
    from redis import Redis  # noqa: PLC0415 - see above

    scheme = url.partition("://")[0]
    if scheme.endswith("+sentinel"):
        return _by_sentinel(read_address(url))
    if scheme.endswith("+cluster"):
        return _cluster(read_address(url))
    return Redis.from_url(url, **_impatient())


def read_address(url: str) -> Address:
    """Return the parts of an address of several servers; raise `AddressError`."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in SCHEMES:
        raise AddressError(f"It begins with one of {', '.join(SCHEMES)}, and ://.")
    place, _, query = rest.partition("?")
    authority, *path = place.split("/")
    credentials, _, hosts = authority.rpartition("@")
    user, _, password = credentials.partition(":")
    options: dict[str, Any] = {"username": unquote(user) or None}
    options["password"] = unquote(password) or None
    if scheme.startswith("rediss"):
        options["ssl"] = True
    return Address(
        scheme,
        tuple(_host(host, SCHEMES[scheme]) for host in hosts.split(",")),
        tuple(part for part in path if part),
        options,
        dict(parse_qsl(query)).get("sentinel_password"),
    )


def _host(text: str, usual_port: int) -> tuple[str, int]:
    host, separator, port = text.rpartition(":")
    if not separator or text.endswith("]"):  # an IPv6 address without a port
        host, port = text, ""
    if port and not (port.isascii() and port.isdigit()):
        raise AddressError("A port is a number.")
    return host.strip("[]"), int(port or usual_port)


def _impatient() -> dict[str, Any]:
    from redis.backoff import NoBackoff  # noqa: PLC0415 - see connect
    from redis.retry import Retry  # noqa: PLC0415 - see connect

    return {
        "socket_timeout": SOCKET_SECONDS,
        "socket_connect_timeout": SOCKET_SECONDS,
        "retry": Retry(NoBackoff(), 0),
        # RESP2 needs no greeting: one that drips in would hold a thread that nobody can free,
        # since the library goes on with a new connection where the greeting's was closed.
        "protocol": 2,
    }


def _by_sentinel(address: Address) -> Any:  # noqa: ANN401  see connect
    from redis.sentinel import Sentinel  # noqa: PLC0415 - see connect

    service, *database = address.path
    asked = {**_impatient(), "password": address.sentinel_password}
    sentinel: Any = Sentinel(list(address.hosts), sentinel_kwargs=asked)  # type: ignore[no-untyped-call]
    return sentinel.master_for(
        service, db=int(database[0]) if database else 0, **address.options, **_impatient()
    )


def _cluster(address: Address) -> Any:  # noqa: ANN401  see connect
    from redis.cluster import ClusterNode, RedisCluster  # noqa: PLC0415 - see connect

    return RedisCluster(
        startup_nodes=[
            ClusterNode(host, port)  # type: ignore[no-untyped-call]
            for host, port in address.hosts
        ],
        require_full_coverage=False,
        **address.options,
        **_impatient(),
    )
