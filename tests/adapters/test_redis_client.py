"""Addresses of Redis: one server, Sentinel, a cluster; and clients that fail fast."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis.cluster import RedisCluster

from service.adapters.redis_client import AddressError, connect, read_address
from service.settings import SettingError, Settings
from tests.redis_server import RedisServer

SECONDS = 20.0


@pytest.mark.parametrize(
    ("url", "hosts", "path", "options"),
    [
        pytest.param(
            "redis+sentinel://one,two:7,[::1]:8/main/2",
            (("one", 26379), ("two", 7), ("::1", 8)),
            ("main", "2"),
            {"username": None, "password": None},
            id="several Sentinels",
        ),
        pytest.param(
            "rediss+cluster://a%40b:p%3Aw@one:7000",
            (("one", 7000),),
            (),
            {"username": "a@b", "password": "p:w", "ssl": True},
            id="a cluster with TLS and a name",
        ),
        pytest.param(
            "redis+cluster://:only@one,[::1]",
            (("one", 6379), ("::1", 6379)),
            (),
            {"username": None, "password": "only"},
            id="a password alone",
        ),
    ],
)
def test_an_address_of_several_servers_is_read(
    url: str, hosts: object, path: object, options: object
) -> None:
    address = read_address(url)

    assert (address.hosts, address.path, address.options) == (hosts, path, options)


def test_the_password_of_the_sentinels_is_their_own() -> None:
    address = read_address("redis+sentinel://:data@one/main?sentinel_password=watch")

    assert address.options["password"] == "data"  # noqa: S105
    assert address.sentinel_password == "watch"  # noqa: S105


@pytest.mark.parametrize("url", ["redis+cluster://one:port", "http://one", "nothing"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(AddressError):
        read_address(url)


@pytest.mark.parametrize(
    "url",
    ["redis://h", "rediss://h:1/2", "unix:///run/redis.sock", "redis+cluster://a,b:1"],
)
def test_the_setting_takes_every_form(url: str) -> None:
    assert Settings.from_environ({"REDIS_URL": url}).redis_url == url


@pytest.mark.parametrize("url", ["http://h", "redis:h", "redis+sentinel://h", "redis+cluster://"])
def test_the_setting_refuses_what_leads_nowhere(url: str) -> None:
    with pytest.raises(SettingError, match="REDIS_URL"):
        Settings.from_environ({"REDIS_URL": url})


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
