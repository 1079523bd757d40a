"""The strict reader of bodies: everything that can be refused is, before anything is parsed."""

from typing import Any, Final

from flask import request
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from service.domain.errors import Fault
from service.entrypoints.http.faults import faults_of, printable
from service.entrypoints.http.problems import PROBLEMS, ProblemError, unusable
from service.strict_json import JsonValue, MalformedJsonError, read_json

MAX_BODY_BYTES: Final = 1024 * 1024

_ACCEPTED: Final = {"Accept-Post": "application/json", "Accept-Encoding": "identity"}


def read_body() -> JsonValue:
    """Return the JSON value that the current request carries.

    Raises:
        ProblemError: It is not declared as JSON in UTF-8, it ended too soon, or it is not JSON.
        RequestEntityTooLarge: It has more than `MAX_BODY_BYTES`, whatever length it declares.
    """
    _refuse_other_media_types()
    # One byte more: werkzeug cuts a body of undeclared length here, and says nothing.
    request.max_content_length = MAX_BODY_BYTES + 1
    data = request.get_data(cache=False)
    if len(data) < (request.content_length or 0):
        raise ProblemError("bad-request", "The body ended before its declared end.")
    try:
        return read_json(data, max_bytes=MAX_BODY_BYTES)
    except MalformedJsonError as error:
        raise _malformed(error) from None


def load_body(schema: Schema) -> dict[str, Any]:
    """Return the body of the current request as a schema loads it.

    Raises:
        ProblemError: As `read_body`; or members cannot be used, and it holds every fault.
    """
    document: Any = read_body()
    try:
        loaded: dict[str, Any] = schema.load(document)
    except ValidationError as error:
        raise unusable(faults_of(error.messages)) from None
    return loaded


def _refuse_other_media_types() -> None:
    if request.content_type == "application/json" and not request.content_encoding:
        return
    subtype = request.mimetype.removeprefix("application/")
    is_json = subtype == "json" or subtype.endswith("+json")
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    encoding = (request.content_encoding or "identity").lower()
    if not is_json or charset not in {"utf-8", "utf8"} or encoding != "identity":
        code = "unsupported-media-type"
        raise ProblemError(code, PROBLEMS[code].meaning, headers=_ACCEPTED)


def _malformed(error: MalformedJsonError) -> ProblemError:
    if error.reason == "too-large":
        raise RequestEntityTooLarge
    detail = error.detail
    if error.position and "column" not in detail:
        line, column = error.position
        detail = f"{detail.rstrip('.')}: line {line}, column {column}."
    pointer = printable(error.pointer)
    faults = [Fault(pointer, error.detail)] if pointer else []
    return ProblemError("malformed-json", detail, faults)
