"""What of HTTP itself can still be broken when a request has come through the server.

What the server cannot read as a request at all - its first line, a header without a colon, a head
of more than 64 KiB or 100 headers - it refuses on its own, by a status without a body. Of two
lengths of one body it drops the number, goes by the chunks, and closes the connection (RFC 9112,
6.1); other servers hand on both. A chunk that is none it takes for the end of the body, and closes
the connection: the JSON up to there counts, and JSON says itself where it ends.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from service.entrypoints.http.front import Verdict
from service.entrypoints.http.problems import PROBLEMS, ProblemError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MOST_OF_A_HEADER: Final = 8 * 1024
"""Characters of one header, or of all those of one name together."""

_HOST: Final = re.compile(r"(?:[\w.~%!$&'()*+;=-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?", re.ASCII)
_FINE: Final = Verdict()


def refuse_broken_http(environ: "WSGIEnvironment") -> Verdict:
    """Look at the head of a request: a gate."""
    if max(map(len, _headers_among(tuple(environ))(environ))) > MOST_OF_A_HEADER:
        return _refused("header-too-large")
    if environ.get("PATH_INFO", "").startswith("//"):
        return _refused("not-found")  # frameworks take it for the path with one stroke
    detail = _fault_of_method(environ) or _fault_of_body(environ) or _fault_of_host(environ)
    return _refused("bad-request", detail) if detail else _FINE


@lru_cache(maxsize=64)
def _headers_among(names: tuple[str, ...]) -> Callable[["WSGIEnvironment"], tuple[str, ...]]:
    """Return what takes the values of all headers out of an environment with such names.

    Servers put all settings of the process into it as well, and to go through its names costs
    more than all else that is looked at here; clients send the same few headers.
    """
    headers = [name for name in names if name.startswith("HTTP_")]
    always = ["REQUEST_METHOD"] * 2  # of a single name it would give no tuple
    return itemgetter(*always, *headers)


def _refused(code: str, detail: str = "") -> Verdict:
    return Verdict(refusal=ProblemError(code, detail or PROBLEMS[code].meaning))


def _fault_of_method(environ: "WSGIEnvironment") -> str | None:
    """Return what is wrong with a method: frameworks take `get` for `GET`, HTTP does not."""
    if environ["REQUEST_METHOD"].isupper():
        return None
    return "Methods are written in capitals."


def _fault_of_body(environ: "WSGIEnvironment") -> str | None:
    coding = environ.get("HTTP_TRANSFER_ENCODING")
    if coding is None:
        return None
    if coding.strip().lower() != "chunked":
        return "The body is in a transfer coding other than `chunked`."
    if environ.get("CONTENT_LENGTH"):
        return "The body has two lengths: its chunks, and `Content-Length`."
    return None


def _fault_of_host(environ: "WSGIEnvironment") -> str | None:
    """Return what is wrong with the one `Host` that a request has to have (RFC 9112, 3.2)."""
    host = environ.get("HTTP_HOST")
    if host:
        return None if _is_host(host) else "`Host` names no host, or several."
    return "There is no `Host`." if environ.get("SERVER_PROTOCOL") == "HTTP/1.1" else None


@lru_cache(maxsize=256)
def _is_host(text: str) -> bool:
    return _HOST.fullmatch(text) is not None
