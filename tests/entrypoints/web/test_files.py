"""Tests of the path as files."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

ASKED = "target=ai-engineer&hours_per_week=10&start_date=2026-12-01"


def test_the_table_has_a_line_for_each_step(client: FlaskClient) -> None:
    response = client.get(f"/path.csv?{ASKED}")
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))

    assert response.mimetype == "text/csv"
    assert rows[0]["first_day"] == "2026-12-01"
    assert [int(row["order"]) for row in rows] == list(range(1, len(rows) + 1))
    assert float(rows[-1]["hours_so_far"]) == sum(float(row["hours_likely"]) for row in rows)


def test_the_text_is_markdown_in_which_names_are_only_names(hostile_client: FlaskClient) -> None:
    text = hostile_client.get(f"/path.md?{ASKED}").get_data(as_text=True)

    assert text.startswith("# Learning path to \\<script\\>")
    assert re.search(r"(?<!\\)<", text) is None


def test_the_calendar_has_a_day_or_more_for_each_step(client: FlaskClient) -> None:
    response = client.get(f"/path.ics?{ASKED}")
    lines = response.data.split(b"\r\n")

    assert response.mimetype == "text/calendar"
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"DTSTART;VALUE=DATE:20261201" in lines
    assert all(len(line) <= 75 for line in lines)
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") > 0


def test_without_dates_there_is_no_calendar_and_none_is_offered(client: FlaskClient) -> None:
    assert client.get("/path.ics?target=ai-engineer").status_code == 422
    assert "path.ics" not in client.get("/?target=ai-engineer").get_data(as_text=True)
    assert "path.ics" in client.get(f"/?{ASKED}").get_data(as_text=True)


@pytest.mark.parametrize("kind", ["csv", "md", "ics", "svg"])
def test_a_question_to_mend_is_an_error_page(client: FlaskClient, kind: str) -> None:
    response = client.get(f"/path.{kind}?hours_per_week=999")

    assert response.status_code == 422
    assert response.content_type.startswith("text/html")
