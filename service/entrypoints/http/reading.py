"""From a JSON value to a request that was read: every fault at once, or none."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from marshmallow import ValidationError

from service.application.request import AssessmentRequest, Reading
from service.domain.errors import Fault, InvalidRequestError, UnknownRoleError
from service.entrypoints.http.faults import faults_of
from service.entrypoints.http.problems import unusable
from service.entrypoints.schemas.requests import AssessmentRequestSchema, assessment_request

Understand = Callable[[AssessmentRequest], Reading]

SCHEMA: Final = AssessmentRequestSchema()

MEMBERS: Final = frozenset(SCHEMA.load_fields)
"""All may be missing: `assessment_request` knows what that means, so the schema, which would ask
each of those fields in turn, does not have to say it."""

TAKE_A_PACE: Final = ("start_date", "budget_weeks")


def read_assessment(document: Any, understand: Understand) -> Reading:  # noqa: ANN401  any JSON
    """Return what a document asks for.

    Raises:
        ProblemError: Members have the wrong shape; it holds every fault, of meaning too.
        RequestError: All members have the right shape, and some cannot be used.
    """
    try:
        request: AssessmentRequest = SCHEMA.load(document, partial=MEMBERS)
    except ValidationError as error:
        misshapen = tuple(faults_of(error.messages))
        raise unusable([*misshapen, *_meaningless(error, misshapen, understand)]) from None
    return understand(request)


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
