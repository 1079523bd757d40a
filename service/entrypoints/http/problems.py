"""Errors as ``application/problem+json`` (RFC 9457): the one place that knows both sides."""

import logging
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

import orjson
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from service.domain.errors import Fault, InvalidRequestError, RequestError, UnknownRoleError

MEDIA_TYPE: Final = "application/problem+json"
MAX_FAULTS: Final = 50
MAX_DETAIL: Final = 300
MAX_INSTANCE: Final = 200
RETRY_AFTER_SECONDS: Final = 1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem: what stays the same from one occurrence to the next."""

    status: HTTPStatus
    title: str
    meaning: str
    remedy: str


PROBLEMS: Final[Mapping[str, ProblemType]] = {
    "bad-request": ProblemType(
        HTTPStatus.BAD_REQUEST,
        "Bad request",
        "The request breaks HTTP: its query is not percent-encoded UTF-8, its body ended before "
        "its end, its length is declared in two ways or its transfer coding is another than "
        "`chunked`, its method is not in capitals, or it does not name one host.",
        "Encode the query as UTF-8, send the whole body with either its length or chunks, and "
        "one `Host`; `detail` says which it was, where that is known.",
    ),
    "malformed-json": ProblemType(
        HTTPStatus.BAD_REQUEST,
        "Malformed JSON",
        "The body is not JSON that this service reads: UTF-8 without a byte order mark, no key "
        "twice in one object, no NaN, no lone surrogates or control characters, numbers of at "
        "most 18 digits, at most 32 levels deep.",
        "Write the body with a JSON library; `detail` says which rule it breaks.",
    ),
    "key-required": ProblemType(
        HTTPStatus.UNAUTHORIZED,
        "Key required",
        "This takes an API key, and the request shows none, or one that is not good.",
        "Send `Authorization: Bearer` and the key; those who run the service give them out.",
    ),
    "scope-lacking": ProblemType(
        HTTPStatus.FORBIDDEN,
        "Scope lacking",
        "The API key is good, but not for this.",
        "Ask those who run the service for a key of the scope that the contract names.",
    ),
    "not-found": ProblemType(
        HTTPStatus.NOT_FOUND,
        "Not found",
        "There is nothing at this path: no such route, role, skill or kind of problem.",
        "Ask for the list above it, such as /v1/roles or /v1/skills, and use an id from there.",
    ),
    "method-not-allowed": ProblemType(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "Method not allowed",
        "The path exists, but not for this method.",
        "Use one of the methods in the `Allow` header.",
    ),
    "not-acceptable": ProblemType(
        HTTPStatus.NOT_ACCEPTABLE,
        "Not acceptable",
        "The `Accept` header excludes the one media type that this path has.",
        "Send `Accept: application/json`, or leave the header out.",
    ),
    "payload-too-large": ProblemType(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "Payload too large",
        "The body is larger than 1 MiB.",
        "Send less: a request with 500 skills fits many times over.",
    ),
    "uri-too-long": ProblemType(
        HTTPStatus.REQUEST_URI_TOO_LONG,
        "URI too long",
        "Path and query together are longer than 8 KiB.",
        "Ask by POST instead of GET.",
    ),
    "unsupported-media-type": ProblemType(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "Unsupported media type",
        "The body is not declared as JSON in UTF-8, or it is compressed.",
        "Send `Content-Type: application/json` and no `Content-Encoding`.",
    ),
    "invalid-request": ProblemType(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Invalid request",
        "The request is well-formed, but members of it cannot be used.",
        "`errors` lists every member at fault by JSON pointer, and what is wrong with it.",
    ),
    "unknown-role": ProblemType(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Unknown role",
        "The target is neither a role of the graph nor `either` nor `both`.",
        "Use a role's id from /v1/roles, `either` or `both`.",
    ),
    "quota-exceeded": ProblemType(
        HTTPStatus.TOO_MANY_REQUESTS,
        "Quota exceeded",
        "There were more requests in this minute than this key or address may make.",
        "Wait for the seconds in the `Retry-After` header; `RateLimit` says how many are left.",
    ),
    "header-too-large": ProblemType(
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "Header too large",
        "A header of the request has more than 8 KiB.",
        "Send shorter headers; this service reads no long ones.",
    ),
    "internal": ProblemType(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Internal error",
        "The service has a bug; the request may be right.",
        "Report the `request_id`; the same request will fail again until the bug is mended.",
    ),
    "temporarily-overloaded": ProblemType(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Temporarily overloaded",
        "The service has no room for the request right now.",
        "Send it again after the seconds in the `Retry-After` header.",
    ),
}


class ProblemError(Exception):
    """A request that HTTP itself, or this API's use of it, refuses.

    Attributes:
        code: One of `PROBLEMS`.
        detail: What is wrong, in one sentence that never repeats what was sent.
        faults: The members at fault, if members are.
        headers: What the answer's headers say besides.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code, detail, faults, headers)
        self.code = code
        self.detail = detail
        self.faults = faults
        self.headers = headers or {}

    def __str__(self) -> str:
        return self.detail


def register(app: Flask) -> None:
    """Answer every error of an application as a problem."""
    app.register_error_handler(ProblemError, _from_entrypoint)
    app.register_error_handler(RequestError, _from_domain)
    app.register_error_handler(HTTPException, from_http)
    app.register_error_handler(MemoryError, _from_exhaustion)
    app.register_error_handler(Exception, _from_bug)


def address(code: str) -> str:
    """Return the address of a kind of problem."""
    return f"/v1/problems/{code}"


def members(code: str, detail: str, faults: Sequence[Fault] = ()) -> dict[str, Any]:
    """Return what a problem says, but for what belongs to one request alone."""
    problem = PROBLEMS[code]
    said: dict[str, Any] = {
        "type": address(code),
        "title": problem.title,
        "status": int(problem.status),
        "detail": _shortened(detail),
        "code": code,
    }
    if faults:
        said["errors"] = [
            {"pointer": fault.pointer, "detail": _shortened(fault.detail)}
            for fault in faults[:MAX_FAULTS]
        ]
        said["error_count"] = len(faults)
    return said


def unusable(faults: Iterable[Fault]) -> ProblemError:
    """Return the error for members that cannot be used."""
    listed = tuple(dict.fromkeys(faults))
    some = "A member" if len(listed) == 1 else f"{len(listed)} members"
    return ProblemError("invalid-request", f"{some} cannot be used; see `errors`.", listed)


def _from_entrypoint(error: ProblemError) -> Response:
    return _answer(members(error.code, error.detail, error.faults), error.headers.items())


def _from_domain(error: RequestError) -> Response:
    if isinstance(error, InvalidRequestError):
        return _from_entrypoint(unusable(error.faults))
    faults: tuple[Fault, ...] = ()
    if isinstance(error, UnknownRoleError) and error.pointer:
        faults = (Fault(error.pointer, str(error)),)
    return _answer(members(error.code, str(error), faults))


def from_http(error: HTTPException) -> Response:
    """Return an error of HTTP itself as a problem."""
    code = _code_of_status(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    kept = [item for item in error.get_headers() if item[0].lower() != "content-type"]
    return _answer(members(code, PROBLEMS[code].meaning), kept)


def _code_of_status(status: int) -> str:
    usual = "internal" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "bad-request"
    if PROBLEMS[usual].status == status:
        return usual
    return next((code for code, known in PROBLEMS.items() if known.status == status), usual)


def _from_exhaustion(_: MemoryError) -> Response:
    _log.error("out of memory request_id=%s", g.get("request_id"))
    code = "temporarily-overloaded"
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return _answer(members(code, PROBLEMS[code].meaning), headers.items())


def _from_bug(error: Exception) -> Response:
    said, headers = bug(error, request.path, g.get("request_id", ""))
    return Response(said, PROBLEMS["internal"].status, headers)


def bug(error: Exception, path: str, request_id: str) -> tuple[bytes, list[tuple[str, str]]]:
    """Return what is answered when the service itself is wrong, and put into the log where.

    Args:
        error: What was raised; its message could hold what a person sent, and is not told.
        path: That was asked.
        request_id: By which the log knows the request.

    Returns:
        The body and the headers.
    """
    frames = "".join(traceback.format_tb(error.__traceback__))
    _log.error("bug %s request_id=%s\n%s", type(error).__qualname__, request_id, frames)
    said = _bytes(members("internal", PROBLEMS["internal"].meaning), path, request_id)
    return said, [("Content-Type", MEDIA_TYPE), ("Cache-Control", "no-store")]


def _answer(said: Mapping[str, Any], headers: Iterable[tuple[str, str]] = ()) -> Response:
    body = _bytes(said, request.path, g.get("request_id", ""))
    response = Response(body, said["status"], content_type=MEDIA_TYPE)
    response.headers.extend(dict(headers))
    response.headers["Cache-Control"] = "no-store"
    return response


def _bytes(said: Mapping[str, Any], path: str, request_id: str) -> bytes:
    instance = quote(path[:MAX_INSTANCE], safe="/:@!$&'()*+,;=-._~", errors="replace")
    return orjson.dumps({**said, "instance": instance, "request_id": request_id})


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= MAX_DETAIL else f"{sentence[: MAX_DETAIL - 1]}…"
