"""A proxy between the service and Redis that can be told to misbehave."""

import random
import select
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

READ_BYTES: Final = 65_536
GLANCE_SECONDS: Final = 0.02
RESET: Final = struct.pack("ii", 1, 0)


@dataclass
class Mood:
    """How the proxy treats what comes back from the server; by default not at all.

    Attributes:
        delay_seconds: Before each reply.
        drip_seconds: Before each byte of a reply.
        silent: Nothing comes back.
        cut_after: The connection is reset after so many bytes of a reply.
        instead: What comes back instead of a reply.
        extra: What comes back once before a reply, on each connection: the connection is out
            of step from then on.
    """

    delay_seconds: float = 0.0
    drip_seconds: float = 0.0
    silent: bool = False
    cut_after: int | None = None
    instead: bytes | None = None
    extra: bytes = b""


@dataclass
class Proxy:
    """Listens on 127.0.0.1 on a free port, on threads of its own."""

    upstream_port: int
    mood: Mood = field(default_factory=Mood)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._listener.getsockname()[1]}/0"

    def close(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    def _start(self, work: "object", *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        self._listener.settimeout(GLANCE_SECONDS)
        while not self._ended.is_set():
            with suppress(TimeoutError):
                client, _ = self._listener.accept()
                self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with (
            client,
            suppress(OSError),
            socket.create_connection(("127.0.0.1", self.upstream_port)) as server,
        ):
            is_in_step = True
            while not self._ended.is_set():
                ready, _, _ = select.select([client, server], [], [], GLANCE_SECONDS)
                for source in ready:
                    data = source.recv(READ_BYTES)
                    if not data:
                        return
                    if source is client:
                        server.sendall(data)
                    else:
                        extra = self.mood.extra if is_in_step else b""
                        is_in_step = is_in_step and not extra
                        self._reply(client, extra + data)

    def _reply(self, client: socket.socket, reply: bytes) -> None:
        mood = self.mood
        self._pause(mood.delay_seconds)
        if mood.silent:
            return
        if mood.instead is not None:
            reply = mood.instead
        if mood.cut_after is not None:
            client.sendall(reply[: mood.cut_after])
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            raise ConnectionAbortedError  # the socket is closed, and so resets
        if mood.drip_seconds:
            for position in range(len(reply)):
                self._pause(mood.drip_seconds)
                client.sendall(reply[position : position + 1])
        else:
            client.sendall(reply)

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while seconds and not self._ended.is_set() and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, GLANCE_SECONDS))


NOISE: Final = random.Random(7).randbytes(2_000)
"""What no Redis says."""
