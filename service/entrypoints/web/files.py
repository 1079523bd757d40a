"""The path as files to take along: a table, a text and a calendar."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any, Final, TypeAlias

from service.entrypoints.pictures.lettering import listed, plain
from service.entrypoints.web import figures
from service.entrypoints.web.plan import Plan

Members: TypeAlias = dict[str, Any]

COLUMNS: Final = (
    *("order", "skill", "level", "area", "hours_low", "hours_likely", "hours_high"),
    *("hours_so_far", "first_day", "last_day", "because"),
)
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a cell for a formula by."""

MARKUP: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>()#+-.!|~&"})
OCTETS: Final = 75
"""What a line of a calendar file may hold (RFC 5545, 3.1)."""

ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})


def as_table(plan: Plan) -> str:
    """Return the steps as CSV (RFC 4180)."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for step in plan.steps:
        hours = step["hours"]
        writer.writerow(
            [
                step["order"],
                _cell(step["name"]),
                _cell(plan.level(step["level"])),
                _cell(plan.area(step["area"])),
                *(hours[bound] for bound in ("low", "likely", "high")),
                step["hours_so_far"],
                *(step["dates"] or ("", "")),
                _cell(step["because"]),
            ]
        )
    return written.getvalue()


def as_text(plan: Plan) -> str:
    """Return the path as Markdown."""
    return "\n".join([*_lines(plan), ""])


def as_calendar(plan: Plan) -> str:
    """Return the steps as whole days of a calendar (RFC 5545); none where there are no dates."""
    stamp = f"{plan.document['as_of'].replace('-', '')}T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//skills-gap//learning path//EN"]
    for step in plan.steps:
        if step["dates"]:
            lines += _event(step, plan, stamp)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _lines(plan: Plan) -> Iterator[str]:
    hours = plan.path["hours"]
    yield f"# {_marked(listed(plan.goals))}: {figures.hours(hours['likely'])} hours"
    yield ""
    yield f"Between {figures.hours(hours['low'])} and {figures.hours(hours['high'])} hours."
    for part in plan.parts():
        yield from ("", f"## {part.title}", "")
        for step in part.steps:
            yield from _entry(step, plan)


def _entry(step: Members, plan: Plan) -> Iterator[str]:
    what = f"**{_marked(step['name'])}** to {_marked(plan.level(step['level']))}"
    yield f"{step['order']}. {what}, {figures.hours(step['hours']['likely'])} h"
    yield f"   {_marked(step['because'])}"
    for project in plan.projects(step["order"]):
        yield f"   Project: {_marked(project['name'])}"


def _marked(text: str) -> str:
    """Return a text in which nothing is Markdown."""
    return plain(text).translate(MARKUP)


def _event(step: Members, plan: Plan, stamp: str) -> Sequence[str]:
    first, last = map(date.fromisoformat, step["dates"])
    name = f"{step['skill']}@{step['level']} {first}".encode()
    return (
        "BEGIN:VEVENT",
        f"UID:{blake2b(name, digest_size=12).hexdigest()}@skills-gap",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(step['name'])} to {_escaped(plan.level(step['level']))}",
        f"DESCRIPTION:{_escaped(step['because'])}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _escaped(text: str) -> str:
    return plain(text).translate(ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most `OCTETS`, no sign cut in two."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > OCTETS:
            yield part
            part = " "
        part += sign
    yield part
