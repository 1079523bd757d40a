"""What happens around every request in Flask: its limits, and headers that keep browsers safe.

What has to hold for answers from the memo as well stands in `service.entrypoints.http.front`.
"""

import re
from functools import lru_cache
from typing import Final

from flask import Flask, Response, current_app, g, request

from service.entrypoints.http.accepting import require_acceptable
from service.entrypoints.http.front import REFUSAL, REFUSAL_FOR, REQUEST_ID, ROUTE
from service.entrypoints.http.operations import operation_of
from service.entrypoints.http.problems import PROBLEMS, ProblemError

MAX_URL: Final = 8 * 1024

_ANY: Final = frozenset({"", "*/*"})
_CONVERTER: Final = re.compile(r"<\w+:")

VARY: Final = ("Accept", "Accept-Encoding")
"""What answers depend on, beside their address; origins, where any are let in, besides."""

_SAFE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


def register(app: Flask) -> None:
    """Put the hooks around every request of an application."""
    app.before_request(_take_over)
    app.before_request(_require_key)
    app.before_request(_refuse_long_urls)
    app.before_request(_refuse_other_media_types)
    app.after_request(_without_body_to_options)
    app.after_request(_with_headers)
    app.after_request(_with_retirement)


def _take_over() -> None:
    """Take over what the front found out, and raise what it refuses."""
    environ = request.environ
    g.request_id = environ.get(REQUEST_ID, "")
    environ[ROUTE] = _pattern(request.url_rule.rule) if request.url_rule else ""
    if REFUSAL in environ:
        raise environ[REFUSAL]


def _require_key() -> None:
    """Refuse an operation that takes a key to whoever shows no good one."""
    refusal_for = request.environ.get(REFUSAL_FOR)
    if refusal_for is None or request.endpoint is None:
        return
    operation = operation_of(current_app, request.endpoint)
    if operation and (refusal := refusal_for(operation.scope)):
        raise refusal


@lru_cache(maxsize=256)
def _pattern(rule: str) -> str:
    """Return a path with the names of its parameters alone."""
    return _CONVERTER.sub("<", rule)


def _refuse_long_urls() -> None:
    environ = request.environ
    if len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", "")) > MAX_URL:
        raise ProblemError("uri-too-long", PROBLEMS["uri-too-long"].meaning)


def _refuse_other_media_types() -> None:
    """Refuse a request that accepts no media type which its path has."""
    accepted = request.headers.get("Accept", "")
    if accepted in _ANY or request.endpoint is None or request.method == "OPTIONS":
        return
    operation = operation_of(current_app, request.endpoint)
    if operation:
        require_acceptable(operation.media_types)


def _without_body_to_options(response: Response) -> Response:
    if request.method == "OPTIONS" and response.status_code == 200:  # noqa: PLR2004
        response.status_code = 204
        response.headers.remove("Content-Type")
    return response


def _with_headers(response: Response) -> Response:
    headers = response.headers
    response.vary.update(VARY)
    if "Allow" in headers:
        headers["Allow"] = ", ".join(sorted(response.allow))
    for name, value in _SAFE.items():
        headers.setdefault(name, value)
    return response


def _with_retirement(response: Response) -> Response:
    operation = operation_of(current_app, request.endpoint) if request.endpoint else None
    if operation and operation.retirement:
        for name, value in operation.retirement.headers().items():
            response.headers.add(name, value)
    return response
