"""Errors (RFC 9457)."""

from service.entrypoints.schemas.answer import AnswerSchema, items, text, whole


class FaultSchema(AnswerSchema):
    """What is wrong with one member of the request."""

    pointer = text("JSON pointer of the member; of a query parameter, `/` and its name.")
    detail = text("What is wrong, in one sentence.")


class ProblemSchema(AnswerSchema):
    """An error."""

    type = text("Address of a page that says what the error means and how to mend it.")
    title = text("What kind of error it is.")
    status = whole("The HTTP status.")
    detail = text("What is wrong with this request; never repeats what was sent.")
    instance = text("Path of the request.")
    code = text("Stable name of the kind of error: the last part of `type`.")
    request_id = text("Identifies the request in the service's log.")
    errors = items(
        FaultSchema,
        "The faults of members, the first 50; only where there are any.",
        required=False,
    )
    error_count = whole("How many faults there are; only where there are any.", required=False)


class ProblemTypeSchema(AnswerSchema):
    """A kind of error."""

    type = text("Address of this page.")
    code = text("Stable name of the kind of error.")
    title = text("What kind of error it is.")
    status = whole("The HTTP status.")
    meaning = text("What it means.")
    remedy = text("How to mend it.")


class ProblemTypesSchema(AnswerSchema):
    """Every kind of error."""

    problems = items(ProblemTypeSchema, "In the order of their status.")
