"""Many people at the command line: one row a line, in order, whatever the lines hold."""

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, Any

import pytest
from click.testing import CliRunner, Result

from service.entrypoints.bulk import MAX_LINE_BYTES
from service.entrypoints.cli import cli
from tests.entrypoints.cli.running import LANGUAGES, run, tools_on, written

Row = dict[str, Any]

FULL = Path("/dev/full")


def assess_many(*arguments: str, given: bytes = b"") -> Result:
    """Run the command in this process, on one worker."""
    return CliRunner().invoke(
        cli,
        ["assess-many", "--workers", "1", *arguments],
        obj=partial(tools_on, LANGUAGES),
        input=given,
        catch_exceptions=False,
    )


def rows_of(given: bytes, *arguments: str) -> list[Row]:
    return [
        json.loads(line)
        for line in assess_many("-", *arguments, given=given).stdout_bytes.splitlines()
    ]


def as_lines(*documents: object) -> bytes:
    return b"".join(json.dumps(document).encode() + b"\n" for document in documents)


def test_a_row_holds_what_the_http_api_would_answer() -> None:
    result = run("assess", "--json", "--skill", "python:2", "--target", "operator")
    given = {"id": "a", "skills": [{"skill": "python", "level": 2}], "target": "operator"}

    assert rows_of(as_lines(given)) == [{"id": "a", "assessment": json.loads(result.output)}]


def test_rows_come_in_order_each_with_its_id() -> None:
    ids = [*range(60), "x", None, 1.5]
    found = rows_of(as_lines(*({"id": row_id} for row_id in ids)))

    assert [row["id"] for row in found] == ids


def test_a_bad_line_gets_a_row_that_says_why_and_costs_no_other() -> None:
    bad = [
        b"{",
        b'{"skills": "python"}',
        b"[1, 2]",
        b'{"id": "caf\xe9"}',
        b'{"id": 1, "id": 2}',
        b'{"target": "pilot"}',
        b'{"colour": 1}',
        b'{"id": {"a": 1}}',
        b'{"hours_per_week": NaN}',
        b'{"skills": [{"skill": "' + b"x" * MAX_LINE_BYTES + b'"}]}',
    ]
    given = b"\n".join([b'{"id": "first"}', *bad, b'{"id": "last"}'])
    result = assess_many("-", given=given)
    found = [json.loads(line) for line in result.stdout_bytes.splitlines()]

    assert result.exit_code == 1
    assert [found[0]["id"], found[-1]["id"]] == ["first", "last"]
    assert "assessment" in found[0]
    assert "assessment" in found[-1]
    assert [row["problem"]["code"] for row in found[1:-1]] == [
        "malformed-json",
        "invalid-request",
        "invalid-request",
        "malformed-json",
        "malformed-json",
        "unknown-role",
        "invalid-request",
        "invalid-request",
        "malformed-json",
        "payload-too-large",
    ]
    assert [row["problem"]["line"] for row in found[1:-1]] == list(range(2, 12))
    assert "10 of 12 lines got a problem." in result.stderr


def test_blank_lines_are_no_rows_and_still_count_as_lines() -> None:
    found = rows_of(b'\n  \r\n{"id": 1}\r\n\n{')

    assert [row["id"] for row in found] == [1, None]
    assert found[1]["problem"]["line"] == 5


def test_an_empty_input_gives_an_empty_output() -> None:
    result = assess_many("-", given=b"")

    assert (result.exit_code, result.stdout_bytes) == (0, b"")


def test_a_row_may_ask_for_everything_that_a_request_may() -> None:
    (row,) = rows_of(
        as_lines(
            {
                "target": "ai-engineer",
                "budget_hours": 20,
                "alternatives": 3,
                "highest_leverage": 1000,
                "hours_per_week": 10,
                "start_date": "2026-12-01",
            }
        )
    )
    answer = row["assessment"]

    assert answer["within_budget"]["scope"] == "all"
    assert len(answer["alternatives"]) == 1
    assert answer["highest_leverage_exact"] is True
    assert len(answer["highest_leverage"]) > 5
    assert answer["path"]["finish_date"] > "2026-12-01"


def test_the_target_is_for_those_who_name_none() -> None:
    own = {"requirements": [{"skill": "docker", "level": 1}]}
    found = rows_of(as_lines({}, {"target": "either"}, own), "--target", "both")

    kinds = [row["assessment"]["target"]["kind"] for row in found]
    assert kinds == ["both", "either", "requirements"]


def test_a_summary_keeps_figures_and_ids() -> None:
    (row,) = rows_of(as_lines({"id": 1, "target": "operator"}), "--fields", "summary")

    assert row["assessment"]["path"]["steps"] == ["docker@1", "kubernetes@1"]
    assert set(row["assessment"]) == {"target", "readiness", "hours", "path"}


def test_csv_goes_in_and_out_by_the_names_of_the_files(tmp_path: Path) -> None:
    people, paths = tmp_path / "people.csv", tmp_path / "paths.csv"
    people.write_text(
        "id,skills,target,hours_per_week\n"
        'ann,"python:2; k8s",ai-engineer,10\n'
        "bob,,operator,\n"
        "eve,python,pilot,\n"
    )
    result = assess_many(str(people), str(paths))
    found = list(csv.DictReader(io.StringIO(paths.read_text())))

    assert result.exit_code == 1
    assert [row["id"] for row in found] == ["ann", "bob", "eve"]
    assert found[1]["steps"] == "docker@1; kubernetes@1"
    assert found[1]["path_hours"] == "14.0"
    assert found[2]["problem"].startswith("unknown-role")
    assert not list(tmp_path.glob(".*"))


def test_an_id_that_is_a_formula_is_no_formula_in_csv(tmp_path: Path) -> None:
    people, paths = tmp_path / "people.csv", tmp_path / "paths.csv"
    people.write_text("id,skills\n=1+1,python\n@x,python\n-5,python\n")
    assess_many(str(people), str(paths))
    found = list(csv.DictReader(io.StringIO(paths.read_text())))

    assert [row["id"] for row in found] == ["'=1+1", "'@x", "'-5"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        pytest.param('a,"python', "invalid-request", id="a quote left open"),
        pytest.param("a,python,more", "invalid-request", id="too many cells"),
        pytest.param("a", "invalid-request", id="too few cells"),
        pytest.param("a,python:99", "invalid-request", id="a level beyond the scale"),
    ],
)
def test_a_bad_row_of_csv_costs_no_other(tmp_path: Path, rows: str, code: str) -> None:
    people = tmp_path / "people.csv"
    people.write_text(f"id,skills\n{rows}\nb,python\n")
    found = [json.loads(line) for line in assess_many(str(people)).stdout_bytes.splitlines()]

    assert found[0]["problem"]["code"] == code
    assert "assessment" in found[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(("nowhere.ndjson",), "Cannot read nowhere.ndjson: no such file", id="input"),
        pytest.param(("-", "/nowhere/out"), "Cannot write /nowhere/out", id="output"),
        pytest.param(("-", "--target", "pilot"), "The graph holds no such role", id="target"),
        pytest.param(("-", "--workers", "0"), "not in the range", id="workers"),
        pytest.param(("-", "--fields", "all"), "'all' is not", id="fields"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(arguments: tuple[str, ...], sentence: str) -> None:
    result = assess_many(*arguments)

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_csv_file_without_skills_is_refused(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name\n1,x\n")
    result = assess_many(str(people))

    assert result.exit_code == 2
    assert "The first line has to name the columns" in result.stderr


def test_an_output_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    paths = tmp_path / "paths.ndjson"
    paths.write_text("before")
    result = assess_many("nowhere.ndjson", str(paths))

    assert result.exit_code == 2
    assert paths.read_text() == "before"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "service", "assess-many", *arguments]


@pytest.fixture
def graph_path(tmp_path: Path) -> str:
    return str(written(tmp_path / "graph.json", LANGUAGES))


def test_several_workers_give_the_same_rows_as_one(graph_path: str) -> None:
    given = as_lines(*({"id": number, "skills": [{"skill": "python"}]} for number in range(250)))
    result = subprocess.run(
        command("-", "--graph", graph_path, "--workers", "2"),
        input=given, capture_output=True, timeout=200, check=True,
    )  # fmt: skip

    assert result.stdout == assess_many("-", given=given).stdout_bytes
    assert result.stderr == b""


def flood(stream: IO[bytes]) -> None:
    for _ in range(10_000):
        stream.write(b"{}\n" * 1000)


def test_a_pipe_that_closes_early_ends_the_work_without_a_traceback(graph_path: str) -> None:
    with subprocess.Popen(
        command("-", "--graph", graph_path, "--workers", "1"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"{}\n")
        process.stdout.read(1)
        process.stdout.close()
        with pytest.raises(BrokenPipeError):
            flood(process.stdin)
        complaints = process.stderr.read()
        assert process.wait(120) == 1
    assert b"Traceback" not in complaints


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", [("assess-many", "-", "--workers", "1"), ("assess",)])
@pytest.mark.parametrize("is_held_back", [True, False])
def test_an_output_that_is_full_is_one_sentence(
    graph_path: str, arguments: tuple[str, ...], *, is_held_back: bool
) -> None:
    with FULL.open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "service", *arguments, "--graph", graph_path],
            env={**os.environ, "PYTHONUNBUFFERED": "" if is_held_back else "1"},
            input=b"{}\n", stdout=full, stderr=subprocess.PIPE, timeout=120, check=False,
        )  # fmt: skip

    assert result.returncode == 2
    assert result.stderr == b"Error: Cannot write standard output: no space left on device.\n"


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", [(), ("assess",), ("graph", "show")])
def test_help_for_an_output_that_is_full_is_one_sentence(arguments: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "service", *arguments, "--help"],
            stdout=full, stderr=subprocess.PIPE, timeout=120, check=False,
        )  # fmt: skip

    assert result.returncode == 2
    assert result.stderr == b"Error: Cannot write standard output: no space left on device.\n"


def test_rows_are_written_as_soon_as_they_are_known(graph_path: str) -> None:
    with subprocess.Popen(
        command("-", "--graph", graph_path, "--workers", "1"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b'{"id": 1}\n')
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.stdin.close()
        assert process.wait(120) == 0


def test_ctrl_c_is_no_traceback(graph_path: str) -> None:
    with subprocess.Popen(
        command("-", "--graph", graph_path, "--workers", "1"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"{}\n")
        process.stdin.flush()
        process.stdout.readline()
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(120) == 1
        assert b"Traceback" not in process.stderr.read()
        process.stdin.close()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_work_that_a_signal_ends_leaves_nothing_half_written(
    graph_path: str, tmp_path: Path, workers: str, ending: signal.Signals
) -> None:
    paths = tmp_path / "paths.ndjson"
    paths.write_text("before")
    with subprocess.Popen(
        command("-", str(paths), "--graph", graph_path, "--workers", workers),
        stdin=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b'{"id": 1}\n' * 1000)
        process.stdin.flush()
        assert is_soon(lambda: any(part.stat().st_size for part in tmp_path.glob(".*.part")))
        os.kill(process.pid, ending)
        assert process.wait(120) == 128 + ending
        assert process.stderr.read() == b""
        process.stdin.close()

    assert not list(tmp_path.glob(".*"))
    assert paths.read_text() == "before"


def is_soon(condition: Callable[[], bool]) -> bool:
    """Return whether something comes to be true within a minute."""
    end = time.monotonic() + 60
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_a_terminal_shows_how_far_the_work_is(graph_path: str, tmp_path: Path) -> None:
    people = tmp_path / "people.ndjson"
    people.write_bytes(b"{}\n" * 3)
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            command(str(people), str(tmp_path / "out"), "--graph", graph_path, "--workers", "1"),
            stderr=theirs, timeout=120, check=True,
        )  # fmt: skip
        shown = os.read(ours, 65536)
    finally:
        os.close(theirs)
        os.close(ours)
    assert b"Assessing" in shown
    assert b"100%" in shown
