"""A path as a calendar (RFC 5545): one event a step, the whole days of the step."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any, Final

import orjson

from service.domain.errors import Fault, InvalidRequestError
from service.domain.graph import SkillGraph
from service.entrypoints.exports.naming import level_name, plain_lines

PRODUCT: Final = "-//skills-gap//learning path//EN"
LONGEST_LINE: Final = 75
"""Octets of a line, its end not counted (RFC 5545, 3.1)."""

_ESCAPES: Final = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})
_ID_BYTES: Final = 10
_A_DAY: Final = timedelta(days=1)


def as_calendar(answer: dict[str, Any], graph: SkillGraph) -> str:
    """Return a path as a calendar; equal answers give equal calendars.

    Raises:
        InvalidRequestError: The path has no dates, or ends after the calendar does.
    """
    lines = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        *_events(answer, graph),
        ("END", "VCALENDAR"),
    ]
    return "".join(
        f"{folded}\r\n" for name, value in lines for folded in _folded(f"{name}:{value}")
    )


def _events(answer: dict[str, Any], graph: SkillGraph) -> Iterator[tuple[str, str]]:
    path = answer["path"]
    plan = _identity(answer)
    steps = path["steps"]
    if not steps:
        days = _days([path["finish_date"]] * 2)
        yield from _event(answer, f"{plan}-done", days, "Nothing is left to learn", "")
    for step in steps:
        summary = f"{step['name']}: {level_name(graph, step['level'])}"
        likely = step["hours"]["likely"]
        description = f"Step {step['order']} of {len(steps)}, {likely:g} h.\n{step['because']}"
        identity = f"{plan}-{step['skill']}-{step['level']}"
        yield from _event(answer, identity, _days(step["dates"]), summary, description)


def _event(
    answer: dict[str, Any], identity: str, days: tuple[date, date], summary: str, description: str
) -> Iterator[tuple[str, str]]:
    first, after = days
    yield "BEGIN", "VEVENT"
    yield "UID", f"{identity}@skills-gap"
    # When the graph was true, not when somebody asked: the same answer has the same bytes.
    yield "DTSTAMP", f"{date.fromisoformat(answer['as_of']):%Y%m%d}T000000Z"
    yield "DTSTART;VALUE=DATE", f"{first:%Y%m%d}"
    yield "DTEND;VALUE=DATE", f"{after:%Y%m%d}"
    yield "SUMMARY", _escaped(summary)
    if description:
        yield "DESCRIPTION", _escaped(description)
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def _days(dates: list[str | None] | None) -> tuple[date, date]:
    """Return the first day, and the day after the last one, which an event no longer covers."""
    try:
        first, last = (date.fromisoformat(day or "") for day in dates or (None, None))
        return first, last + _A_DAY
    except (ValueError, OverflowError):
        detail = (
            "A calendar takes `start_date` and `hours_per_week`, and an end before year 10000."
        )
        raise InvalidRequestError((Fault("/start_date", detail),)) from None


def _identity(answer: dict[str, Any]) -> str:
    """Return what tells one plan from another, and is the same for the same plan."""
    plan = [answer["target"], answer["profile"]["known"], answer["path"]["steps"]]
    return blake2b(orjson.dumps(plan), digest_size=_ID_BYTES).hexdigest()


def _escaped(text: str) -> str:
    return plain_lines(text).translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, no character cut; further parts are indented."""
    part, room = "", LONGEST_LINE
    for sign in line:
        octets = len(sign.encode())
        if octets > room:
            yield part
            part, room = " ", LONGEST_LINE - 1
        part += sign
        room -= octets
    yield part
