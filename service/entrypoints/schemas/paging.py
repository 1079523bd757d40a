"""Lists in parts."""

from service.entrypoints.schemas.fields import whole_number
from service.entrypoints.schemas.requests import RequestSchema

MAX_LISTED = 200
MAX_OFFSET = 1_000_000
USUALLY_LISTED = 50


class PageQuerySchema(RequestSchema):
    """Which part of a list to give."""

    limit = whole_number(
        "How many entries to list at most.", 1, MAX_LISTED, default=USUALLY_LISTED
    )
    offset = whole_number("How many entries to leave out first.", 0, MAX_OFFSET, default=0)
