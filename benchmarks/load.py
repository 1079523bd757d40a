"""A closed loop of requests over raw keep-alive sockets: too cheap to be what is measured."""

import re
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

READ_BYTES: Final = 1 << 18
SECONDS_TO_ANSWER: Final = 30.0
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_ETAG: Final = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """One answer as it came."""

    status: int
    body: bytes
    head: bytes = field(default=b"", compare=False, repr=False)

    @property
    def etag(self) -> str:
        """Return the ETag as it is written; empty where there is none."""
        found = _ETAG.search(self.head)
        return found.group(1).decode() if found else ""


@dataclass(frozen=True)
class Run:
    """What a while of load gave.

    Attributes:
        seconds: From the first request to the last answer.
        slowest_seconds: Of one request in the window, from sending to the whole answer.
        failed: Answers other than 200 and 304.
    """

    requests: int
    seconds: float
    slowest_seconds: float
    failed: int


def post(path: str, body: bytes, headers: str = "") -> bytes:
    """Return the bytes of a request that posts JSON."""
    head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n{headers}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def get(path: str, headers: str = "") -> bytes:
    """Return the bytes of a request that gets."""
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n{headers}\r\n".encode()


class Connections:
    """Some keep-alive connections to one server, each with one request under way at most."""

    def __init__(self, port: int, number: int) -> None:
        self._sockets = [
            socket.create_connection(("127.0.0.1", port), SECONDS_TO_ANSWER) for _ in range(number)
        ]
        for one in self._sockets:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        """Close them all."""
        for one in self._sockets:
            one.close()

    def ask(self, request: bytes) -> Answer:
        """Return the answer to one request."""
        self._sockets[0].sendall(request)
        return _answer(self._sockets[0])

    def run(self, requests: Iterator[bytes], seconds: float) -> Run:
        """Send requests for a while, or until there are no more."""
        began = time.perf_counter()
        done = failed = 0
        slowest = 0.0
        window: Sequence[bytes] = self._next(requests)
        while window and time.perf_counter() - began < seconds:
            sent = time.perf_counter()
            used = self._sockets[: len(window)]
            for one, request in zip(used, window, strict=True):
                one.sendall(request)
            for one in used:
                answer = _answer(one)
                failed += answer.status not in {200, 304}
            slowest = max(slowest, time.perf_counter() - sent)
            done += len(window)
            window = self._next(requests)
        return Run(done, time.perf_counter() - began, slowest, failed)

    def _next(self, requests: Iterator[bytes]) -> list[bytes]:
        return [request for _, request in zip(self._sockets, requests, strict=False)]


def _answer(connection: socket.socket) -> Answer:
    data = connection.recv(READ_BYTES)
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += _more(connection)
    status = int(data[9:12])
    found = _LENGTH.search(data, 0, end + 2)
    length = int(found.group(1)) if found and status != 304 else 0  # noqa: PLR2004
    parts, missing = [data[end + 4 :]], length - (len(data) - end - 4)
    while missing > 0:
        parts.append(_more(connection))
        missing -= len(parts[-1])
    return Answer(status, b"".join(parts), data[:end])


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(READ_BYTES)
    if not data:
        message = "The server hung up."
        raise ConnectionError(message)
    return data
