"""What a view declares about itself, beside its docstring: the rest of its contract."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from flask import Flask
from marshmallow import Schema
from werkzeug.http import http_date

from service.application.access import Scope

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

LEAST_NOTICE: Final = timedelta(days=180)
"""What users are given between the announcement that an operation goes and its end."""

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
class Sample:
    """A program that uses an operation.

    Attributes:
        language: As the documents of the contract name it.
        label: As people name it.
        source: The program; it asks the service at `SAMPLE_SERVER`.
    """

    language: str
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class Retirement:
    """The end of an operation, as it is announced (RFC 9745, RFC 8594).

    Attributes:
        deprecated: Since when nobody should begin to use it.
        sunset: From when it may be gone; `LEAST_NOTICE` later at least.
        successor: Address of what to use instead.
    """

    deprecated: datetime
    sunset: datetime
    successor: str

    def __post_init__(self) -> None:
        if self.sunset - self.deprecated < LEAST_NOTICE:
            raise ValueError(f"Users get notice of {LEAST_NOTICE.days} days.")

    def headers(self) -> dict[str, str]:
        """Return what announces it in each answer."""
        return {
            "Deprecation": f"@{int(self.deprecated.timestamp())}",
            "Sunset": http_date(self.sunset),
            "Link": f'<{self.successor}>; rel="successor-version"',
        }


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
        samples: Programs that use it.
        is_cacheable: Whether it answers with an ETag, and 304 to a matching one.
        is_paged: Whether it lists a part, with links to the others.
        is_file: Whether it may answer with a file to keep, which then has a name.
        is_free: Whether anybody may ask at any time, whatever the limits.
        scope: What a key has to be good for, where the service has keys at all.
        retirement: When it goes away, once that is decided.
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
    samples: tuple[Sample, ...] = ()
    is_cacheable: bool = True
    is_paged: bool = False
    is_file: bool = False
    is_free: bool = False
    scope: Scope | None = None
    retirement: Retirement | None = None

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


def operations_by_path(app: Flask) -> dict[tuple[str, str], Operation]:
    """Return what is declared for each method and path that has no parameters."""
    return {
        (method, rule.rule): operation
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.arguments and (operation := operation_of(app, rule.endpoint)) is not None
    }
