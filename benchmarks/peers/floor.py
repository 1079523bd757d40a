"""What the server itself costs: an application that gives so many bytes, and does nothing else."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@lru_cache
def _bytes(size: int) -> bytes:
    return b"x" * size


def app(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
    """Give as many bytes as the path says; none for ``/``."""
    environ["wsgi.input"].read()
    size = environ["PATH_INFO"][1:] or "0"
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", size)])
    return [_bytes(int(size))]
