"""The strict reader of query strings."""

import re
from typing import Any, Final
from urllib.parse import parse_qsl

from flask import request
from marshmallow import Schema, ValidationError, fields

from service.domain.errors import Fault
from service.entrypoints.http.faults import faults_of
from service.entrypoints.http.problems import ProblemError, unusable

_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
_TRUTHS: Final = {"true": True, "false": False}


def read_query(schema: Schema) -> tuple[dict[str, Any], list[Fault]]:
    """Return the query parameters of the current request as the JSON values they stand for.

    What does not read as its kind of value stays text, for the schema to refuse.

    Args:
        schema: Declares the parameters; one that is a list may be repeated.

    Returns:
        The values by parameter, and the faults: parameters that the schema does not know, and
        repeated ones that are no lists.

    Raises:
        ProblemError: The query is not percent-encoded UTF-8.
    """
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, written in _pairs():
        field = schema.fields.get(name)
        if field is None:
            faults += faults_of({name: "There is no such parameter."})
        elif isinstance(field, fields.List):
            values.setdefault(name, []).append(written)
        elif name in values:
            faults += faults_of({name: "It stands there more than once."})
        else:
            values[name] = _value(written, field)
    return values, faults


def load_query(schema: Schema) -> dict[str, Any]:
    """Return the query parameters of the current request as a schema loads them.

    Raises:
        ProblemError: The query is not percent-encoded UTF-8, or some of it cannot be used; then
            it holds every fault.
    """
    values, faults = read_query(schema)
    try:
        loaded: dict[str, Any] = schema.load(values)
    except ValidationError as error:
        raise unusable([*faults, *faults_of(error.messages)]) from None
    if faults:
        raise unusable(faults)
    return loaded


def _pairs() -> list[tuple[str, str]]:
    written = request.query_string
    try:
        return parse_qsl(
            written.decode(), keep_blank_values=True, encoding="utf-8", errors="strict"
        )
    except UnicodeDecodeError:
        detail = "The query is not percent-encoded UTF-8."
        raise ProblemError("bad-request", detail) from None


def _value(written: str, field: fields.Field[Any]) -> object:
    if isinstance(field, fields.Boolean):
        return _TRUTHS.get(written, written)
    if isinstance(field, fields.Number) and _NUMBER.fullmatch(written):
        return float(written) if "." in written else int(written)
    return written
