"""From a JSON value to a request that was read: every fault at once, or none."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, Final

from marshmallow import ValidationError

from service.application.request import AssessmentRequest, Reading
from service.domain.errors import Fault, InvalidRequestError, UnknownRoleError
from service.entrypoints.http.faults import faults_of
from service.entrypoints.http.problems import unusable
from service.entrypoints.schemas.requests import AssessmentRequestSchema, assessment_request

Understand = Callable[[AssessmentRequest], Reading]

SCHEMA: Final = AssessmentRequestSchema()

TAKE_A_PACE: Final = ("start_date", "budget_weeks")


def read_assessment(document: Any, understand: Understand) -> Reading:  # noqa: ANN401  any JSON
    """Return what a document asks for.

    Raises:
        ProblemError: Members have the wrong shape; it holds every fault, of meaning too.
        RequestError: All members have the right shape, and some cannot be used.
    """
    try:
        request = request_of(document)
    except ValidationError as error:
        misshapen = tuple(faults_of(error.messages))
        raise unusable([*misshapen, *_meaningless(error, misshapen, understand)]) from None
    return understand(request)


def request_of(document: Any) -> AssessmentRequest:  # noqa: ANN401  any JSON
    """Return what a document asks for, as it is written there.

    Only the fields of the members that are there are asked: the schema would ask all of them, and
    most members are left out. Once one of them is wrong, the schema finds every fault.

    Raises:
        ValidationError: Members have the wrong shape.
    """
    known = SCHEMA.load_fields
    if isinstance(document, dict) and document.keys() <= known.keys():
        with suppress(ValidationError):
            return assessment_request(
                {name: known[name].deserialize(value) for name, value in document.items()}
            )
    request: AssessmentRequest = SCHEMA.load(document)
    return request


def _meaningless(
    error: ValidationError, misshapen: Iterable[Fault], understand: Understand
) -> Iterator[Fault]:
    """Yield what is wrong in the members of the right shape."""
    usable = dict(error.valid_data) if isinstance(error.valid_data, dict) else {}
    if any(fault.pointer.startswith("/requirements") for fault in misshapen):
        usable.pop("requirements", None)  # those that are left have lost their places
    if any(fault.pointer == "/hours_per_week" for fault in misshapen):
        for taker in TAKE_A_PACE:  # there is a pace, though not a good one
            usable.pop(taker, None)
    try:
        understand(assessment_request(usable))
    except InvalidRequestError as invalid:
        yield from invalid.faults
    except UnknownRoleError as unknown:
        yield Fault(unknown.pointer, str(unknown))
