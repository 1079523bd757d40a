"""What a view declares about itself, beside its docstring: the rest of its contract."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from flask import Flask
from marshmallow import Schema

JSON: Final = "application/json"
YAML: Final = "application/yaml"
HTML: Final = "text/html"
TEXT: Final = "text/plain"

BODY_PROBLEMS: Final = (
    "bad-request",
    "malformed-json",
    "payload-too-large",
    "unsupported-media-type",
    "invalid-request",
)
"""Codes of the problems that every operation with a body can answer with."""

View = TypeVar("View", bound=Callable[..., object])

_MARK: Final = "operation"


@dataclass(frozen=True, slots=True)
class Example:
    """A request that shows an operation; the answer is the service's own.

    Attributes:
        path: With its query.
        body: What is posted, if anything.
        answer: What is shown, where the service's own answer differs from one time to the next.
    """

    path: str
    body: Mapping[str, Any] | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operation takes and gives.

    Attributes:
        tag: The group that it is listed in.
        example: A request that shows it.
        answer: Schema of a 200 answer; None where the media type says it all.
        media_type: Of a 200 answer.
        other_media_types: Those that it may have instead, as the caller chooses.
        body: Schema of the request's body, if it takes one.
        query: Schema of its query parameters, if it takes any.
        path: What each parameter in the path is.
        problems: Codes of the problems it can answer with, beside those that all can.
        is_cacheable: Whether it answers with an ETag, and 304 to a matching one.
        is_paged: Whether it lists a part, with links to the others.
    """

    tag: str
    example: Example
    answer: Schema | None = None
    media_type: str = JSON
    other_media_types: tuple[str, ...] = ()
    body: Schema | None = None
    query: Schema | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    is_cacheable: bool = True
    is_paged: bool = False

    @property
    def media_types(self) -> tuple[str, ...]:
        """All media types of a 200 answer."""
        return (self.media_type, *self.other_media_types)


def declares(operation: Operation) -> Callable[[View], View]:
    """Attach its operation to a view."""

    def attach(view: View) -> View:
        vars(view)[_MARK] = operation
        return view

    return attach


def operation_of(app: Flask, endpoint: str) -> Operation | None:
    """Return what the view of an endpoint declares."""
    operation: Operation | None = vars(app.view_functions[endpoint]).get(_MARK)
    return operation
