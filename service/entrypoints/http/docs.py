"""``/docs``: the contract to read and to try, offline; ``/llms.txt``: for language models."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, current_app

from service.entrypoints.http.operations import HTML, TEXT, Example, Operation, declares
from service.entrypoints.http.problems import ProblemError
from service.entrypoints.http.replies import kept

bp = Blueprint("docs", __name__)

OWN: Final = Path(__file__).parent / "docs_page"

ASSETS: Final = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
    "start.js": "text/javascript",
}
"""What the page is made of, by its media type: one file of our own, the rest from a package."""

CSP: Final = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; "  # the page's library writes styles into elements
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may load and do: everything from this service, nothing from elsewhere."""

_INTRODUCTION: Final = """\
# Skills gap

> Current skills in; gap analysis and the exact shortest learning path to a role out.

To find a path, POST JSON to /v1/assessments:
`{"skills": [{"skill": "Python", "level": 3}, {"skill": "k8s"}], "hours_per_week": 10}`.
Names are understood as people write them; what is not understood is reported in `profile`. Errors
are application/problem+json and list every member at fault.

## Contract

- [OpenAPI 3.1](/openapi.yaml): every operation, schema, example and error
- [Errors](/v1/problems): what each means and how to mend it"""


@bp.get("/docs")
@declares(Operation(tag="operations", media_type=HTML, example=Example("/docs")))
def get_docs() -> Response:
    """Show this document as a page, with a form to try each operation."""
    response = kept((OWN / "index.html").read_bytes(), media_type=HTML)
    response.headers["Content-Security-Policy"] = CSP
    return response


@bp.get("/docs/<asset>")
def get_docs_asset(asset: str) -> Response:
    """Give what the page is made of."""
    if asset not in ASSETS:
        raise ProblemError("not-found", "There is nothing at this path; see /docs.")
    return kept(_asset(asset), media_type=ASSETS[asset])


@bp.get("/llms.txt")
@declares(Operation(tag="operations", media_type=TEXT, example=Example("/llms.txt")))
def get_llms_txt() -> Response:
    """Tell language models what the service does and how to ask it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    return kept(_llms_txt(app).encode(), media_type=TEXT)


@lru_cache(maxsize=len(ASSETS))
def _asset(name: str) -> bytes:
    own = OWN / name
    return own.read_bytes() if own.is_file() else (_packaged() / name).read_bytes()


def _packaged() -> Path:
    """Return where the page's library is installed; its own code is not needed."""
    spec = find_spec("flask_swagger_ui")
    places = spec.submodule_search_locations if spec else None
    return Path((places or [""])[0]) / "dist"


@lru_cache(maxsize=2)
def _llms_txt(app: Flask) -> str:
    """Return the operations of the contract as the short Markdown that language models read."""
    from service.entrypoints.http.openapi import openapi_document  # noqa: PLC0415 - slow, and rare

    document = openapi_document(app, has_examples=False)
    parts = [_INTRODUCTION]
    for tag in document["tags"]:
        listed = [
            f"- [{method.upper()} {path}]({path}): {operation['summary']}"
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
            if operation["tags"] == [tag["name"]]
        ]
        parts.append("\n".join([f"## {tag['name'].capitalize()}", "", *listed]))
    return "\n\n".join([*parts, ""])
