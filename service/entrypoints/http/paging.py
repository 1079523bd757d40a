"""Lists in parts, with links from each part to the others (RFC 8288)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import Response, request

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Page(Generic[Entry]):
    """A part of a list.

    Attributes:
        entries: Those that the part holds.
        links: The offset of another part by its relation: ``first``, ``prev``, ``next``.
    """

    entries: Sequence[Entry]
    links: dict[str, int]

    @property
    def next_offset(self) -> int | None:
        """Where the next part starts; None at the end."""
        return self.links.get("next")


def page_of(entries: Sequence[Entry], limit: int, offset: int, **_: object) -> Page[Entry]:
    """Return a part of a list.

    Args:
        entries: The list, or its beginning as far as one entry beyond the part.
        limit: How many entries the part holds at most.
        offset: How many entries come before it.
    """
    end = offset + limit
    links = {"first": 0}
    if offset:
        links["prev"] = max(0, offset - limit)
    if len(entries) > end:
        links["next"] = end
    return Page(entries[offset:end], links)


def linked(response: Response, page: Page[Entry]) -> Response:
    """Return an answer with its links, relative to its own address."""
    response.headers["Link"] = ", ".join(
        f'<{_address(offset)}>; rel="{relation}"' for relation, offset in page.links.items()
    )
    return response


def _address(offset: int) -> str:
    asked = {name: value for name, value in request.args.items() if name != "offset"}
    return f"{request.path}?{urlencode(asked | {'offset': str(offset)})}"
