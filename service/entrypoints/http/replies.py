"""Answers with the headers that say how long, and by whom, they may be kept."""

from hashlib import blake2b
from typing import Any, Final

import orjson
from flask import Response, request

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
    """Return an answer that caches may keep, or 304 to whoever has it already."""
    etag = f'"{blake2b(body, digest_size=_ETAG_BYTES).hexdigest()}"'
    if is_held(etag, request.headers.get("If-None-Match")):
        response = Response(status=304)
        response.headers.remove("Content-Type")
    else:
        response = Response(body, mimetype=media_type)  # which says of texts that they are UTF-8
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = cache_control
    return response


def fresh(body: bytes, media_type: str = JSON) -> Response:
    """Return an answer that nobody may keep."""
    response = Response(body, content_type=media_type)
    response.headers["Cache-Control"] = NEVER
    return response


def is_held(etag: str, held: str | None) -> bool:
    """Return whether ``If-None-Match`` names an ETag (RFC 9110, 13.1.2: weak comparison)."""
    if held is None:
        return False
    return held.strip() == "*" or etag in held.replace("W/", "").replace(" ", "").split(",")
