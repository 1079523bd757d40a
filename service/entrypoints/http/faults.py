"""Faults of members, from what the schemas report, with JSON pointers."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from service.domain.errors import Fault

_WHOLE_OBJECT: Final = "_schema"
_ORDINARY_MEMBER: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


def faults_of(messages: object, pointer: str = "") -> Iterator[Fault]:
    """Yield every fault in the messages of a `ValidationError`, depth first.

    Args:
        messages: A text, a list of texts, or messages by member or position.
        pointer: Where they belong.
    """
    if isinstance(messages, Mapping):
        yield from _faults_of_members(messages, pointer)
    elif isinstance(messages, list):
        yield from (Fault(pointer, message) for message in messages)
    else:
        yield Fault(pointer, str(messages))


def _faults_of_members(messages: Mapping[Any, object], pointer: str) -> Iterator[Fault]:
    for token, inner in messages.items():
        place = _below(pointer, token)
        if isinstance(inner, list):  # there may be thousands: nothing is made for each but these
            for message in inner:
                yield Fault(place, message)
        else:
            yield from faults_of(inner, place)


def printable(pointer: str) -> str:
    """Return a pointer cut before the first name that does not look like a member's.

    A member that does not belong is named by its pointer; anything that looks like more than a
    misspelt name stays out of the answer.
    """
    kept = ""
    for token in pointer.split("/")[1:]:
        if not _ORDINARY_MEMBER.fullmatch(token):
            break
        kept += f"/{token}"
    return kept


def _below(pointer: str, token: Any) -> str:  # noqa: ANN401  a name or a position
    name = str(token)
    if name == _WHOLE_OBJECT or not _ORDINARY_MEMBER.fullmatch(name):
        return pointer
    return f"{pointer}/{name}"
