"""Redis behind TLS, with a certificate that only a private authority vouches for."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from select import select
from threading import Thread
from typing import Any

import pytest

from service.adapters import redis_client
from service.adapters.redis_client import connect
from tests.adapters.test_redis_client import kept_and_found, within_seconds
from tests.redis_server import RedisServer

PATIENCE_SECONDS = 2.0
"""What a handshake may take on a busy machine."""

IDLE_SECONDS = 60.0

OPENSSL = shutil.which("openssl")

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="no openssl here makes certificates")


class TlsDoor:
    """A port that speaks TLS before a port that does not.

    Args:
        certificate: A file that holds the certificate and its key.
    """

    def __init__(self, certificate: Path) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def lead_to(self, port: int) -> None:
        Thread(target=self._receive, args=(port,), daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _receive(self, port: int) -> None:
        while True:
            try:
                outside, _ = self._listener.accept()
            except OSError:  # closed
                return
            Thread(target=self._talk, args=(outside, port), daemon=True).start()

    def _talk(self, outside: socket.socket, port: int) -> None:
        """Hand on what either side says, until one of them has enough."""
        outside.settimeout(PATIENCE_SECONDS)
        try:
            with (
                self._context.wrap_socket(outside, server_side=True) as caller,
                socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) as server,
            ):
                other: dict[socket.socket, socket.socket] = {caller: server, server: caller}
                while ready := select(other, (), (), IDLE_SECONDS)[0]:
                    for side in ready:
                        said = side.recv(65536)
                        if not said:
                            return
                        other[side].sendall(said)
        except OSError:
            outside.close()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_client, "SOCKET_SECONDS", PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 that vouches for itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    made = folder / "own.pem"
    command = [str(OPENSSL), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=redis", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-addext", "keyUsage=critical,digitalSignature,keyCertSign"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    made.write_text(made.read_text() + (folder / "key.pem").read_text())
    return made


@pytest.fixture
def door(certificate: Path) -> Iterator[TlsDoor]:
    door = TlsDoor(certificate)
    yield door
    door.close()


@pytest.fixture
def door_of_sentinel(certificate: Path) -> Iterator[TlsDoor]:
    door = TlsDoor(certificate)
    yield door
    door.close()


@pytest.fixture(params=["rediss", "rediss+sentinel", "rediss+sentinel in clear", "rediss+cluster"])
def address(
    request: pytest.FixtureRequest, door: TlsDoor, door_of_sentinel: TlsDoor, tmp_path: Path
) -> Iterator[str]:
    """Where each form of Redis is to be found behind the door; without the authority."""
    scheme, _, in_clear = request.param.partition(" ")
    options = []
    if scheme == "rediss+cluster":
        options = ["--cluster-enabled", "yes", "--cluster-announce-port", str(door.port)]
    servers = [RedisServer(tmp_path, *options)]
    servers[0].start()
    door.lead_to(servers[0].port)
    place = f"127.0.0.1:{door.port}"
    if scheme == "rediss+cluster":
        admin: Any = servers[0].client()
        admin.execute_command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
    if scheme == "rediss+sentinel":
        servers.append(sentinel_of(door.port, tmp_path / "sentinel"))
        door_of_sentinel.lead_to(servers[1].port)
        port = servers[1].port if in_clear else door_of_sentinel.port
        place = f"127.0.0.1:{port}/main"
    yield f"{scheme}://{place}?" + ("sentinel_tls=no&" if in_clear else "")
    for server in servers:
        server.kill()


def sentinel_of(port: int, folder: Path) -> RedisServer:
    folder.mkdir()
    config = folder / "sentinel.conf"
    config.write_text(
        f"sentinel monitor main 127.0.0.1 {port} 1\n"
        "sentinel down-after-milliseconds main 600000\n"  # it cannot look behind the door itself
    )
    sentinel = RedisServer(folder, "--sentinel", first=str(config))
    sentinel.start()
    return sentinel


def test_a_private_authority_is_taken_for_each_form(address: str, certificate: Path) -> None:
    trusting = f"{address}ssl_ca_certs={certificate}"
    client = within_seconds(lambda: kept_and_found(connect(trusting)))

    client.close()
    with pytest.raises(Exception, match=r"certificate verify failed|No master found"):
        kept_and_found(connect(address.rstrip("?&")))
