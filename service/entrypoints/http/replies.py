"""Answers with the headers that say how long, and by whom, they may be kept."""

from functools import partial
from hashlib import blake2b
from typing import Any, Final

import orjson
from flask import Response, request

from service.entrypoints.answers import Answer
from service.entrypoints.http.context import made_once
from service.entrypoints.http.encoding import IDENTITY, coding_of, encoded
from service.entrypoints.http.operations import JSON

CATALOGUE: Final = "public, max-age=300, stale-while-revalidate=86400"
"""The graph changes with a release: five minutes old is new enough, a day old beats an error."""

PERSONAL: Final = "private, max-age=300"
"""An answer about one person: the browser that asked may keep it, nobody between may."""

COMMON: Final = "public, max-age=3600, stale-while-revalidate=604800, stale-if-error=604800"
"""An answer for a common profile: anybody may keep it, and show it while asking for a new one."""

NEVER: Final = "no-store"

_ETAG_BYTES: Final = 16


def json_of(value: Any) -> bytes:  # noqa: ANN401  plain data of any shape
    """Return plain data as the bytes of an answer."""
    return orjson.dumps(value)


def kept(body: bytes, cache_control: str = CATALOGUE, media_type: str = JSON) -> Response:
    """Return an answer that caches may keep, or 304 to whoever has it already.

    Each coding of an answer has an ETag of its own; who holds one and asks for another gets that.
    """
    coding = coding_of(request.headers.get("Accept-Encoding", ""), body, media_type)
    digest = blake2b(body, digest_size=_ETAG_BYTES).hexdigest()
    etag = f'"{digest}"' if coding == IDENTITY else f'"{digest}-{coding}"'
    if is_held(etag, request.headers.get("If-None-Match")):
        response = Response(status=304)
        response.headers.remove("Content-Type")
    else:
        encode = partial(encoded, body, coding)
        is_common = coding != IDENTITY and cache_control.startswith("public")
        sent = made_once().here(f"encoded {etag}", encode) if is_common else encode()
        response = Response(sent, mimetype=media_type)  # which says of texts that they are UTF-8
        if coding != IDENTITY:
            response.headers["Content-Encoding"] = coding
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = cache_control
    return response


def fresh(body: bytes | Answer, media_type: str = JSON) -> Response:
    """Return an answer that nobody may keep."""
    coding = coding_of(request.headers.get("Accept-Encoding", ""), body, media_type)
    response = Response(encoded(body, coding), mimetype=media_type)
    if coding != IDENTITY:
        response.headers["Content-Encoding"] = coding
    response.headers["Cache-Control"] = NEVER
    return response


def is_held(etag: str, held: str | None) -> bool:
    """Return whether ``If-None-Match`` names an answer (RFC 9110, 13.1.2: weak comparison).

    Tags are compared whole, quotes and all: a 304 names what is held, and one coding of an answer
    is not another. That a tag of others may hold a comma does no harm, for ours never do.
    """
    if held is None:
        return False
    if held in {etag, "*"}:
        return True
    return held.strip() == "*" or _opaque(etag) in map(_opaque, held.split(","))


def _opaque(etag: str) -> str:
    """Return an ETag without what says that it is weak."""
    return etag.strip().removeprefix("W/")
