"""``/openapi.yaml`` and ``/openapi.json``: the contract, from the service itself."""

from functools import lru_cache

from flask import Blueprint, Flask, Response, current_app

from service.entrypoints.http.operations import YAML, Example, Operation, declares
from service.entrypoints.http.replies import json_of, kept

bp = Blueprint("contract", __name__)


@bp.get("/openapi.yaml")
@declares(Operation(tag="operations", media_type=YAML, example=Example("/openapi.yaml")))
def get_openapi_yaml() -> Response:
    """Return this document as YAML."""
    return kept(_yaml(_app()), media_type=YAML)


@bp.get("/openapi.json")
@declares(Operation(tag="operations", example=Example("/openapi.json")))
def get_openapi_json() -> Response:
    """Return this document as JSON."""
    return kept(_json(_app()))


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001


@lru_cache(maxsize=2)
def _yaml(app: Flask) -> bytes:
    from service.entrypoints.http.openapi import openapi_yaml  # noqa: PLC0415 - slow, and rare

    return openapi_yaml(app).encode()


@lru_cache(maxsize=2)
def _json(app: Flask) -> bytes:
    from service.entrypoints.http.openapi import openapi_document  # noqa: PLC0415 - as above

    return json_of(openapi_document(app))
