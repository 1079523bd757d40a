"""Checking and drawing a graph at a terminal."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.builders import document
from tests.entrypoints.cli.running import LANGUAGES, run, written


def test_check_prints_every_defect_on_a_line_and_exits_1(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.json", document("a: b", "b: a", "c 5: nothing-such, d"))
    result = run("graph", "check", str(path))
    assert result.exit_code == 1
    *lines, last = result.stdout.splitlines()
    assert [line.split()[:3] for line in lines] == [
        ["error", "/skills/0/levels/0", "cycle"],
        ["error", "/skills/2/levels/0/requires/0/skill", "unknown-reference"],
        ["error", "/skills/2/levels/0/requires/1/skill", "unknown-reference"],
    ]
    assert last == f"{path}: 3 errors, no warnings"


def test_warnings_alone_exit_0(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.json", document("a", "idle", "b: a", roles={"maker": "b"}))
    result = run("graph", "check", str(path))
    assert result.exit_code == 0
    assert result.stdout == (
        f"warning  /skills/1  redundant  No role can need 'idle'.\n{path}: no errors, 1 warning\n"
    )


def test_a_flawless_graph_has_only_its_count(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.json", document("a"))
    assert run("graph", "check", str(path)).stdout == f"{path}: no errors, no warnings\n"


@pytest.mark.parametrize("text", [b"", b'{"a":', b"[]", b"\xff", b"<html>"], ids=str)
def test_what_is_no_graph_at_all_is_one_defect(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "graph.json"
    path.write_bytes(text)
    result = run("graph", "check", str(path))
    assert result.exit_code == 1
    assert result.stdout.startswith("error    /  unreadable-graph  ")
    assert result.stdout.endswith(f"{path}: 1 error, no warnings\n")


def test_a_missing_file_is_wrong_usage() -> None:
    result = run("graph", "check", "nowhere.json")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: Invalid value for '[FILE]': File 'nowhere.json' does not exist; "
        "see cli graph check --help.\n"
    )


def test_show_draws_mermaid_unless_told_otherwise() -> None:
    assert run("graph", "show").stdout.startswith("flowchart LR\n")


def test_show_draws_in_every_format() -> None:
    assert run("graph", "show", "--format", "dot").stdout.startswith("digraph ")
    for each in ("graphml", "svg"):
        ET.fromstring(run("graph", "show", "--format", each).stdout)  # noqa: S314  our own


def test_show_can_keep_to_what_a_role_needs() -> None:
    assert '"python"' in run("graph", "show", "--format", "dot").stdout
    part = run("graph", "show", "--format", "dot", "--role", "operator").stdout
    assert '"kubernetes"' in part
    assert '"python"' not in part


def test_show_can_draw_every_level() -> None:
    assert '"rag@3"' in run("graph", "show", "--format", "dot", "--levels").stdout


def test_show_can_draw_another_graph(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.json", document("weaving"))
    assert "Weaving" in run("graph", "show", "--graph", str(path)).stdout


def test_an_unknown_role_is_refused() -> None:
    result = run("graph", "show", "--role", "pilot")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: The graph holds no such role; it holds ai-engineer, operator.\n"
    )


def test_a_picture_is_utf_8_whatever_the_terminal_can_show() -> None:
    graph = document("a", title="\u6a5f\u68b0")
    assert "\u6a5f\u68b0".encode() in run("graph", "show", graph=graph).stdout_bytes


def test_without_a_command_there_is_help() -> None:
    result = run("graph", graph=LANGUAGES)
    assert result.exit_code == 2
    assert "check" in result.output
    assert "Error" not in result.output
