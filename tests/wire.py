"""Requests as bytes on a socket of their own: what no HTTP client would send."""

import socket
from urllib.parse import urlsplit


def raw(address: str, request: bytes, *, is_all: bool = False) -> bytes:
    """Send bytes, and return all that comes back until the other side closes.

    Args:
        address: Of a server, as a URL.
        request: The bytes.
        is_all: Whether to close this side behind them.
    """
    host, _, port = urlsplit(address).netloc.partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as wire:
        wire.sendall(request)
        if is_all:
            wire.shutdown(socket.SHUT_WR)
        answer = b""
        while chunk := wire.recv(65536):
            answer += chunk
    return answer
