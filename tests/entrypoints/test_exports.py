"""The same answer as calendar, table and text."""

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest

from service.application.request import AssessmentRequest, Claim
from service.bootstrap import use_cases_of
from service.domain.errors import InvalidRequestError
from service.entrypoints import answers
from service.entrypoints.exports import ExportFormat, export
from service.entrypoints.exports.table import harmless
from service.settings import Settings
from tests.builders import document, graph_of
from tests.entrypoints.cli.running import NOWHERE

WRITTEN = document("a 10", "b 5 20: a", "c 8: b | a", roles={"maker": "b@2, c"})
WRITTEN["skills"][0]["name"] = "Übung; Teil 1, \\ und | mehr " + "ß" * 80
WRITTEN["skills"][1]["name"] = '=HYPERLINK("http://x")'
WRITTEN["skills"][2]["name"] = "<b>*C*</b>"
GRAPH = graph_of(WRITTEN)
USE_CASES = use_cases_of(GRAPH, Settings(NOWHERE))
DATED = AssessmentRequest(
    hours_per_week=10, start_date=date(2026, 12, 1), alternatives=2, budget_hours=16
)


def exported(form: ExportFormat, request: AssessmentRequest = DATED) -> str:
    return export(answer(request), GRAPH, form).decode()


def answer(request: AssessmentRequest = DATED) -> dict[str, Any]:
    reading = USE_CASES.understand(request)
    rendered = USE_CASES.answer(reading.question)
    document: dict[str, Any] = json.loads(answers.with_echo(rendered, reading, GRAPH))
    return document


def events(calendar: str) -> list[dict[str, str]]:
    """Read a calendar back: unfold, split, unescape."""
    lines = calendar.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1][name] = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)
    return found


def test_a_calendar_has_one_event_a_step_with_its_days() -> None:
    steps = answer()["path"]["steps"]
    found = events(exported(ExportFormat.CALENDAR))

    assert len(found) == len(steps) == 4
    for event, step in zip(found, steps, strict=True):
        first, last = map(date.fromisoformat, step["dates"])
        assert event["SUMMARY"].startswith(f"{step['name']}: ")
        assert event["DTSTART;VALUE=DATE"] == f"{first:%Y%m%d}"
        assert event["DTEND;VALUE=DATE"] > f"{last:%Y%m%d}"
        assert step["because"] in event["DESCRIPTION"]
        assert event["DTSTAMP"] == "20260101T000000Z"
    assert len({event["UID"] for event in found}) == len(found)


def test_lines_of_a_calendar_are_short_whole_and_end_as_they_should() -> None:
    calendar = exported(ExportFormat.CALENDAR).encode()

    assert calendar.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert calendar.endswith(b"END:VCALENDAR\r\n")
    assert calendar.count(b"\n") == calendar.count(b"\r\n")
    for line in calendar.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut


def test_a_calendar_is_the_same_each_time_and_another_for_another_plan() -> None:
    other = AssessmentRequest(hours_per_week=10, start_date=date(2027, 1, 1))

    assert exported(ExportFormat.CALENDAR) == exported(ExportFormat.CALENDAR)
    uids = [
        {event["UID"] for event in events(exported(ExportFormat.CALENDAR, request))}
        for request in (DATED, other)
    ]
    assert not uids[0] & uids[1]


def test_a_calendar_of_nothing_left_to_learn_is_still_a_calendar() -> None:
    done = AssessmentRequest(
        (Claim("b", 2), Claim("c", 1)), hours_per_week=10, start_date=date(2026, 12, 1)
    )
    (only,) = events(exported(ExportFormat.CALENDAR, done))

    assert (only["SUMMARY"], only["DTSTART;VALUE=DATE"]) == (
        "Nothing is left to learn",
        "20261201",
    )


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(AssessmentRequest(), id="no dates"),
        pytest.param(AssessmentRequest(hours_per_week=10), id="no first day"),
        pytest.param(
            AssessmentRequest(hours_per_week=1, start_date=date(9999, 12, 30)),
            id="an end after the calendar's",
        ),
    ],
)
def test_a_calendar_takes_dates(request_: AssessmentRequest) -> None:
    with pytest.raises(InvalidRequestError):
        exported(ExportFormat.CALENDAR, request_)


def test_a_table_has_one_row_a_step_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(exported(ExportFormat.CSV))))
    steps = answer()["path"]["steps"]

    assert [row["skill"] for row in rows] == [step["skill"] for step in steps]
    assert [float(row["hours_so_far"]) for row in rows] == [s["hours_so_far"] for s in steps]
    assert rows[0]["first_day"] == "2026-12-01"
    assert {row["name"] for row in rows if row["skill"] == "b"} == {'\'=HYPERLINK("http://x")'}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@")]


@pytest.mark.parametrize(
    "formula",
    [
        "=1",
        "+1",
        "-1",
        "@x",
        " =1",
        "\N{NO-BREAK SPACE}=1",
        "\t1",
        "\n =1",
        "\N{FULLWIDTH EQUALS SIGN}1",
        "\N{FULLWIDTH COMMERCIAL AT}x",
    ],
)
def test_no_text_is_a_formula_to_a_spreadsheet(formula: str) -> None:
    assert harmless([formula]) == [f"'{formula}"]
    assert harmless([f"a{formula}", " a", "", -1]) == [f"a{formula}", " a", "", -1]


def test_a_text_holds_every_step_and_no_markup_of_others() -> None:
    text = exported(ExportFormat.MARKDOWN)

    assert text.startswith("# Learning path to Maker\n")
    assert r"\<b\>\*C\*\</b\>" in text
    table = [line for line in text.splitlines() if re.match(r"\| \d", line)]
    assert len(table) == 4
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 8 for line in table)
    for heading in ("Where you stand", "Steps", "The first 90 days", "Within 16 hours", "Proof"):
        assert f"\n## {heading}\n" in text


def test_a_text_says_percents_that_are_neither_too_low_nor_complete_too_soon() -> None:
    shares = {
        0.29: "29 %",
        0.57: "57 %",
        0.9999999999999999: "99 %",
        0.001: r"\<1 %",
        1.0: "100 %",
    }
    standing = {"name": "Maker", "hours": {"likely": 1.0}}
    roles = [standing | {"readiness": share} for share in shares]
    text = export(answer() | {"roles": roles}, GRAPH, ExportFormat.MARKDOWN).decode()

    assert re.findall(r"\| Maker \| (.*) \|  *1 \|", text) == list(shares.values())
