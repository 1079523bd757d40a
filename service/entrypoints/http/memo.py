"""The first tier: the same bytes asked get the same bytes, before Flask sees the request.

Kept are answers that Flask gave, with status 200, to two kinds of request: an assessment that is
posted, whose body was therefore valid; and a GET that carries an ETag. The key is everything that
such an answer depends on, as it stands: method, path, query, what the client accepts, its origin,
of a GET the host too, for pages name their own address, and the body, which has to be declared in
the one usual way; any other request goes to Flask.
`service.entrypoints.http.front` stands before the memo, so ids, gates, counts and log lines hold
for what it answers too.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Protocol

from service.application.ports import Meter
from service.application.request import Question
from service.entrypoints.http.front import QUESTION, REFUSAL, ROUTE, asker_of
from service.entrypoints.http.operations import JSON
from service.entrypoints.http.replies import is_held

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ASSESSMENTS: Final = "/v1/assessments"
BODY: Final = "skills_gap.body"
"""Where a body stands that was declared in the one usual way; None where it ended too soon."""

MOST_BODY: Final = 64 * 1024
"""Bytes of a body that is looked up; larger ones are rare and never the same twice."""

ENTRY_OVERHEAD: Final = 4000
"""Bytes of an entry's headers and question, roughly."""

BYTES_OF_AN_OPTION: Final = 12
"""What an option of the asker's own requirements takes; there may be thousands."""

_NEGOTIATED: Final = ("HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_ORIGIN")
_ADDRESS: Final = ("wsgi.url_scheme", "HTTP_HOST")
_VARIES: Final = frozenset({"accept", "accept-encoding", "origin"})
_OF_A_BODY: Final = frozenset({"content-type", "content-length", "content-encoding"})
"""Headers that a 304 goes without."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished answer.

    Attributes:
        headers: As Flask gave them; those of the front come on top.
        etag: None for an answer that nobody may keep.
        route: Pattern of the path.
        question: What was asked, where somebody wants to know how many ask it.
    """

    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str | None
    route: str
    question: Question | None = None

    def size(self) -> int:
        """Return about how many bytes it takes."""
        own = self.question.target.requirements if self.question else ()
        options = sum(len(requirement.options) for requirement in own)
        return len(self.body) + ENTRY_OVERHEAD + BYTES_OF_AN_OPTION * options


class Store(Protocol):
    """Where finished answers are kept, bounded."""

    def get(self, key: bytes) -> Kept | None:
        """Return what is kept, or None."""

    def put(self, key: bytes, value: Kept) -> None:
        """Keep an answer for a while."""


class Memo:
    """A WSGI application before another one.

    Args:
        app: Answers what is not kept.
        edition: Of the graph and the contract; goes into every key.
        store: Keeps.
        meter: Counts.
        hear: Is told who asks a question that is answered here; None where nobody listens.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        edition: str,
        store: Store,
        meter: Meter,
        hear: Callable[[Question, bytes], None] | None,
    ) -> None:
        self._app = app
        self._edition = edition
        self._store = store
        self._meter = meter
        self._hear = hear

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        key = None if REFUSAL in environ else self._key(environ)
        if key is None:
            return self._app(environ, start)
        kept = self._store.get(key)
        if kept is None:
            self._meter.looked_up("exact", "miss")
            return self._ask(key, environ, start)
        self._meter.looked_up("exact", "hit")
        if self._hear and kept.question is not None:
            self._hear(kept.question, asker_of(environ))
        return _give(kept, environ, start)

    def _key(self, environ: "WSGIEnvironment") -> bytes | None:
        """Return what an answer depends on; None where Flask has to look first.

        No digest of it: a dictionary hashes it anyway, and hashlib lets go of the interpreter's
        lock for as little as 2 KB.
        """
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        body: bytes | None = None
        names: tuple[str, ...] = _NEGOTIATED
        if method == "GET":
            body, names = b"", _NEGOTIATED + _ADDRESS
        elif method == "POST" and path == ASSESSMENTS and _has_usual_body(environ):
            environ[BODY] = body = _taken_body(environ)
        if body is None:
            return None
        said = [environ.get(name, "") for name in names]
        query = environ.get("QUERY_STRING", "")
        head = "\n".join((self._edition, method, str(len(path)), path, query, *said, ""))
        return head.encode(errors="surrogatepass") + body

    def _ask(
        self, key: bytes, environ: "WSGIEnvironment", start: "StartResponse"
    ) -> Iterable[bytes]:
        """Let the application answer, and keep that; the memo itself knows what a 304 is."""
        held = environ.pop("HTTP_IF_NONE_MATCH", None)
        begun: list[Any] = []
        chunks = self._app(environ, lambda *said: begun.extend(said))  # type: ignore[arg-type]
        status, headers = begun[:2]
        named = {name.lower(): value for name, value in headers}
        if not _can_be_kept(status, named, environ):
            start(*begun)
            return chunks
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        etag, route = named.get("etag"), environ.get(ROUTE, "")
        question = environ.get(QUESTION) if self._hear else None
        kept = Kept(tuple(headers), body, etag, route, question)
        self._store.put(key, kept)
        if held is not None:
            environ["HTTP_IF_NONE_MATCH"] = held
        return _give(kept, environ, start)


def _give(kept: Kept, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
    environ[ROUTE] = kept.route
    held = environ.get("HTTP_IF_NONE_MATCH")
    if held and kept.etag and is_held(kept.etag, held):
        start("304 Not Modified", [h for h in kept.headers if h[0].lower() not in _OF_A_BODY])
        return []
    start("200 OK", list(kept.headers))
    return [kept.body]  # a list, and nothing lazier: Granian sends it in one go


def _has_usual_body(environ: "WSGIEnvironment") -> bool:
    length = environ.get("CONTENT_LENGTH") or ""
    return (
        environ.get("CONTENT_TYPE") == JSON
        and length.isdecimal()
        and int(length) <= MOST_BODY
        and "HTTP_CONTENT_ENCODING" not in environ
        and "HTTP_TRANSFER_ENCODING" not in environ
    )


def _taken_body(environ: "WSGIEnvironment") -> bytes | None:
    """Return the body, and leave it for whoever comes next; None when it ended too soon."""
    length = int(environ["CONTENT_LENGTH"])
    body: bytes = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = BytesIO(body)
    return body if len(body) == length else None


def _can_be_kept(status: str, named: Mapping[str, str], environ: "WSGIEnvironment") -> bool:
    """Return whether an answer is finished and depends on nothing but the key.

    Args:
        status: Of the answer.
        named: Its headers, by names in small letters.
        environ: Of the request.
    """
    is_for_all = environ["REQUEST_METHOD"] == "POST" or (
        "etag" in named and "no-store" not in named.get("cache-control", "")
    )
    return (
        status.startswith("200")
        and is_for_all
        and _is_in_the_key(named.get("vary", ""))
        and "content-length" in named
        and "set-cookie" not in named
    )


@lru_cache(maxsize=16)
def _is_in_the_key(vary: str) -> bool:
    """Return whether all headers that an answer varies with are in the key."""
    return {name.strip().lower() for name in vary.split(",") if name.strip()} <= _VARIES
