"""Clients of Redis from an address: one server, Sentinel, or a cluster."""

from collections.abc import Callable
from typing import Any, Final

from service.redis_address import Address, read_address

Connect = Callable[[], Any]
"""Makes a client: `Redis` or `RedisCluster`, which have no common type."""

SOCKET_SECONDS: Final = 0.04
"""What connecting, and each read, may take: no more than a request waits."""


def connect(url: str) -> Any:  # noqa: ANN401  see Connect
    """Return a client that fails fast: redis-py's own defaults would retry for seconds.

    The library is imported here and not at start, where it would take longer than all else.

    Raises:
        AddressError: The address cannot lead to Redis.
    """
    address = read_address(url)
    if address.scheme.endswith("+sentinel"):
        return _by_sentinel(address)
    if address.scheme.endswith("+cluster"):
        return _cluster(address)
    return _server(address)


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


def _server(address: Address) -> Any:  # noqa: ANN401  see Connect
    from redis import Redis  # noqa: PLC0415 - see connect

    place: dict[str, Any] = {"unix_socket_path": address.socket}
    if address.hosts:
        place = dict(zip(("host", "port"), address.hosts[0], strict=True))
    return Redis(db=address.database, **place, **address.options, **_impatient())


def _by_sentinel(address: Address) -> Any:  # noqa: ANN401  see Connect
    from redis.sentinel import Sentinel  # noqa: PLC0415 - see connect

    asked = {**_impatient(), **address.sentinel_options}
    sentinel: Any = Sentinel(list(address.hosts), sentinel_kwargs=asked)  # type: ignore[no-untyped-call]
    return sentinel.master_for(
        address.service, db=address.database, **address.options, **_impatient()
    )


def _cluster(address: Address) -> Any:  # noqa: ANN401  see Connect
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
