"""Checking and drawing a graph at a terminal."""

import json
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
        "warning  /skills/1  redundant  "
        "No role can need 'idle'; say in 'kept_for' what it is for.\n"
        f"{path}: no errors, 1 warning\n"
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


PROFILES = [{"id": "coder", "name": "Coder", "skills": [{"skill": "python", "level": 2}]}]
EARLIER = document(
    "python 10 20", "rag 6: python", roles={"ai-engineer": "rag"}, profiles=PROFILES
)
LATER = document(
    "python 10 20",
    "rag 7.5: python@2",
    "vue",
    roles={"ai-engineer": "rag"},
    profiles=PROFILES,
    version="2026.2.1",
)


def test_diff_says_whose_path_changed_and_why(tmp_path: Path) -> None:
    files = (written(tmp_path / "a.json", EARLIER), written(tmp_path / "b.json", LATER))
    result = run("graph", "diff", *map(str, files))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Version 2026.1.1 against version 2026.2.1",
        "1 skill added: Vue",
        "",
        "2 of 2 paths changed",
        "  From           To           Before  After  Hours",
        "  Nothing known  Ai engineer      16   37.5  +21.5",
        "  Coder          Ai engineer       6    7.5   +1.5",
        "",
        "Why",
        "  Hours  Why                                         To           From",
        "    +20  Rag (aware) asks for Python (working) now.  Ai engineer  Nothing known",
        "   +1.5  Rag (aware) takes 7.5 hours instead of 6.   Ai engineer  everywhere",
    ]


def test_diff_tells_the_way_back_with_the_opposite_signs(tmp_path: Path) -> None:
    files = (written(tmp_path / "b.json", LATER), written(tmp_path / "a.json", EARLIER))
    lines = run("graph", "diff", *map(str, files)).stdout.splitlines()
    assert lines[1] == "1 skill removed: Vue"
    assert lines[-2].split("  ") == [
        *("", "", "-20", "Rag (aware) does not ask for Python (working) any more."),
        *("Ai engineer", "Nothing known"),
    ]


def test_diff_as_json_holds_the_account_of_each_path(tmp_path: Path) -> None:
    files = (written(tmp_path / "a.json", EARLIER), written(tmp_path / "b.json", LATER))
    told = json.loads(run("graph", "diff", "--json", *map(str, files)).stdout)
    assert told["before"]["version"] == "2026.1.1"
    assert told["skills"]["added"] == [{"id": "vue", "name": "Vue"}]
    assert told["paths"][1] == {
        "profile": "coder",
        "role": "ai-engineer",
        "before_hours": 6.0,
        "after_hours": 7.5,
        "difference_hours": 1.5,
        "proved_shortest": True,
        "because": [
            {
                "skill": "rag",
                "level": 1,
                "before_hours": 6.0,
                "after_hours": 7.5,
                "difference_hours": 1.5,
                "cause": "hours",
                "needed_by": None,
                "sentence": "Rag (aware) takes 7.5 hours instead of 6.",
            }
        ],
    }


def test_diff_of_equal_graphs_exits_0(tmp_path: Path) -> None:
    file = str(written(tmp_path / "a.json", EARLIER))
    result = run("graph", "diff", file, file)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        0,
        "No path changed; 2 were compared.",
    )


def test_diff_of_a_defective_graph_is_refused_with_its_defects(tmp_path: Path) -> None:
    files = (written(tmp_path / "a.json", EARLIER), written(tmp_path / "b.json", document("a: b")))
    result = run("graph", "diff", *map(str, files))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "/skills/0/levels/0/requires/0/skill: unknown-reference" in result.stderr


def test_totals_are_the_hours_from_each_profile_to_each_role(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.json", EARLIER)
    assert run("graph", "totals", "--graph", str(path)).stdout.splitlines() == [
        "From           Ai engineer",
        "Nothing known   16 (16\u201316)",
        "Coder              6 (6\u20136)",
    ]


def test_totals_of_several_roles_have_one_more_for_all_of_them() -> None:
    assert run("graph", "totals", "--markdown").stdout.splitlines() == [
        "| From | Ai engineer | Operator | All roles |",
        "| --- | ---: | ---: | ---: |",
        "| Nothing known | 62 (62\u201362) | 14 (14\u201314) | 71 (71\u201371) |",
    ]


def test_totals_without_roles_list_who_there_is(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.json", document("a") | {"roles": []})
    assert run("graph", "totals", "--graph", str(path)).stdout == "From\nNothing known\n"


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
