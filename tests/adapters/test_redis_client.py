"""Addresses of Redis: one server, Sentinel, a cluster; and clients that fail fast."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis.cluster import RedisCluster

from service.adapters.redis_client import connect
from tests.redis_server import RedisServer

SECONDS = 20.0


def test_a_socket_leads_to_the_server_too(tmp_path: Path) -> None:
    server = RedisServer(tmp_path, "--unixsocket", str(tmp_path / "s"))
    server.start()
    client = kept_and_found(connect(f"unix://{tmp_path}/s?db=1"))
    server_keeps = server.client().get("k")
    server.kill()

    assert server_keeps is None  # it is in database 1
    client.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path, "--cluster-enabled", "yes")
    server.start()
    admin: Any = server.client()
    admin.execute_command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
    yield server
    server.kill()


def test_a_cluster_of_one_keeps_values(cluster: RedisServer) -> None:
    url = f"redis+cluster://127.0.0.1:{cluster.port}"
    client = within_seconds(lambda: kept_and_found(connect(url)))

    assert isinstance(client, RedisCluster)
    client.close()


def test_sentinel_leads_to_the_server_that_takes_values(
    own_redis_server: RedisServer, tmp_path: Path
) -> None:
    folder = tmp_path / "sentinel"
    folder.mkdir()
    config = folder / "sentinel.conf"
    config.write_text(f"sentinel monitor main 127.0.0.1 {own_redis_server.port} 1\n")
    sentinel = RedisServer(folder, "--sentinel", first=str(config))
    sentinel.start()
    url = f"redis+sentinel://127.0.0.1:1,127.0.0.1:{sentinel.port}/main/1"

    client = within_seconds(lambda: kept_and_found(connect(url)))
    sentinel.kill()

    assert own_redis_server.client().get("k") is None  # it is in database 1
    client.close()


def kept_and_found(client: Any) -> Any:  # noqa: ANN401  the clients have no common type
    client.set("k", b"v")
    assert client.get("k") == b"v"
    return client


def within_seconds(attempt: Any) -> Any:  # noqa: ANN401
    """Return what an attempt returns once it does: servers that find each other take a while."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            return attempt()
        except Exception:  # noqa: BLE001  whatever a server that is not ready causes
            time.sleep(0.1)
    return attempt()
