"""One assessment at a terminal."""

import copy
import json
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.application.request import AssessmentRequest, Claim
from service.application.use_cases import UseCases
from service.entrypoints import answers
from service.entrypoints.cli import cli
from tests.builders import Document, document
from tests.entrypoints.cli.running import LANGUAGES, run, tools_on, written

WHOLE_REPORT = """\
What you know
  python      Python, working    its id
  Kubernetes  Kubernetes, aware  its id
  Pyhton      Python, working    the closest name

What was not understood, and not counted
  basketry    nothing like it is known

What is credited besides
  Docker, aware   Kubernetes rests on it
"""


def test_the_report_says_what_was_understood_and_what_was_not() -> None:
    result = run(
        "assess", *("--skill", "python:2"), *("--skill", "Kubernetes"),
        *("--skill", "Pyhton"), *("--skill", "basketry"),
    )  # fmt: skip
    assert result.exit_code == 0
    top = result.output.partition("\nWhere you stand")[0]
    assert [line.split() for line in top.splitlines()] == [
        line.split() for line in WHOLE_REPORT.splitlines()
    ]


def test_the_path_is_a_table_with_running_totals_weeks_and_reasons() -> None:
    graph = document("a 10", "b 5 20: a", roles={"maker": "b@2"})
    result = run("assess", "--hours-per-week", "10", graph=graph, columns=90)
    assert result.output == (
        "No skills were named: this is the path of someone who starts from nothing.\n"
        "\n"
        "Where you stand\n"
        "  Role   Readiness  Hours  Low  High\n"
        "  Maker        0 %     35   35    35\n"
        "\n"
        "The shortest path to Maker\n"
        "  #  Skill  Level    Hours  Total  Weeks  Why\n"
        "  1  A      Aware       10     10    1.0  B, level 1, rests on it. So it is.\n"
        "  2  B      Aware        5     15    1.5  Level 2 of B needs it.\n"
        "  3  B      Working     20     35    3.5  The role Maker asks for it. So it is.\n"
        "\n"
        "Total: 35 h likely, 35 h low, 35 h high; at 10 h a week 3.5 weeks likely, 3.5 low, 3.5\n"
        "high.\n"
        "No path is shorter: whatever is chosen, each has to spend these hours.\n"
        "\n"
        "What would save most, were it known\n"
        "  B, working  35 h\n"
        "  B, aware    15 h\n"
        "  A, aware    10 h\n"
    )


def test_without_hours_per_week_there_are_no_weeks() -> None:
    assert "eek" not in run("assess").output


def test_a_choice_says_what_was_left_and_what_that_saves() -> None:
    result = run("assess", "--target", "ai-engineer", columns=300)
    assert "Instead of Python; saves 10 h." in result.output


def test_many_options_that_were_left_are_counted() -> None:
    skills = [f"tool-{letter} {number}" for number, letter in enumerate("abcdef", start=1)]
    options = " | ".join(f"tool-{letter}" for letter in "abcdef")
    graph = document(*skills, roles={"user": options})
    assert "Instead of Tool b, Tool c, Tool d or 2 others; saves 1 h." in (
        run("assess", graph=graph, columns=300).output
    )


def test_a_choice_that_saves_nothing_does_not_say_so() -> None:
    graph = document("a 5", "b 5", roles={"user": "a | b"})
    assert "Instead of B.\n" in run("assess", graph=graph, columns=300).output


def test_readiness_is_rounded_down_and_never_to_nothing() -> None:
    graph = document("a", "b", roles={"maker": "a *1, b *299"})
    assert "<1 %" in run("assess", "--skill", "a", graph=graph).output
    assert " 99 %" in run("assess", "--skill", "b", graph=graph).output
    assert " 100 %" in run("assess", "--skill", "a", "--skill", "b", graph=graph).output


def test_who_knows_everything_has_nothing_left_to_learn() -> None:
    result = run("assess", "--skill", "Kubernetes", "--target", "operator")
    assert "Nothing is left to learn for Operator." in result.output
    assert "Total" not in result.output


def test_both_roles_are_planned_together() -> None:
    assert "The shortest path to Ai engineer and Operator" in (
        run("assess", "--target", "both").output
    )


def test_when_nothing_was_understood_the_report_says_so_first() -> None:
    result = run("assess", "--skill", "basketry")
    assert result.output.startswith("None of the skills you named was understood")


def test_an_ambiguous_name_is_asked_back() -> None:
    graph = copy.deepcopy(LANGUAGES)
    for skill in graph["skills"][:2]:
        skill["shared_aliases"] = ["scripting"]
    result = run("assess", "--skill", "Scripting", graph=graph)
    assert "may mean Python or Typescript: name the one you mean" in result.output


def test_prerequisites_are_credited_unless_refused() -> None:
    assert "What is credited besides" in run("assess", "--skill", "kubernetes").output
    refused = run("assess", "--skill", "kubernetes", "--no-assume-prerequisites")
    assert "What is credited besides" not in refused.output


def test_json_is_what_the_http_api_answers() -> None:
    use_cases = tools_on(LANGUAGES).build_use_cases(None)
    claims = (Claim("python", "working"), Claim("K8S"))
    reading = use_cases.understand(
        AssessmentRequest(claims, "both", hours_per_week=7.5, assume_prerequisites=False)
    )
    expected = answers.with_echo(use_cases.answer(reading.question), reading, use_cases.graph)
    result = run(
        "assess", "--json", "--no-assume-prerequisites", *("--skill", "python:working"),
        *("--skill", "K8S"), *("--target", "both"), *("--hours-per-week", "7.5"),
    )  # fmt: skip
    assert result.stdout_bytes == expected + b"\n"
    assert json.loads(expected)["target"]["roles"] == ["ai-engineer", "operator"]


def test_another_graph_can_be_named(tmp_path: Path) -> None:
    other = written(tmp_path / "other.json", document("weaving 4"))
    assert "Weaving" in run("assess", "--graph", str(other)).output


LONG_NAMES = document(
    "a 10 20",
    "b 5.25 20000.75: a",
    roles={"maker": "b@2, a@2"},
    title="Names",
)
LONG_NAMES["skills"][0]["name"] = "The art of naming things at very great length indeed"
LONG_NAMES["skills"][1]["name"] = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk"
LONG_NAMES["roles"][0]["name"] = "Chief officer of everything that has a very long name"


@pytest.mark.parametrize("columns", [48, 60, 75, 76, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    result = run(
        "assess", *("--skill", "The art of naming things at very great length indeed:1"),
        *("--skill", "x" * 190), *("--hours-per-week", "3"), graph=LONG_NAMES, columns=columns,
    )  # fmt: skip
    assert max(map(len, result.output.splitlines())) <= columns


def test_a_narrow_terminal_gets_a_list_of_steps() -> None:
    graph = document("a 10", "b 5: a", roles={"maker": "b"})
    result = run("assess", "--hours-per-week", "4", graph=graph, columns=60)
    assert "  1. A, aware: 10 h (10 h, 2.5 weeks)\n    B, level 1, rests" in result.output


def test_wide_signs_count_twice() -> None:
    graph = document("a 10", "b 5", roles={"maker": "a, b"})
    graph["skills"][0]["name"] = "\u6a5f\u68b0"
    rows = run("assess", graph=graph).output.splitlines()
    assert "  1  B      Aware      5" in "\n".join(rows)
    assert "  2  \u6a5f\u68b0   Aware     10" in "\n".join(rows)


def test_nothing_that_a_terminal_obeys_gets_through() -> None:
    result = run("assess", "--skill", "\x1b[2J\u202ekcab\r\n")
    assert not set(result.output) & {"\x1b", "\u202e", "\r"}
    assert "\ufffd[2J\ufffdkcab" in result.output


def test_a_terminal_that_cannot_show_a_sign_gets_another() -> None:
    graph = document("a")
    graph["skills"][0]["name"] = "\u6a5f\u68b0"
    runner = CliRunner(charset="ascii")
    result = runner.invoke(cli, ["assess"], obj=partial(tools_on, graph), catch_exceptions=False)
    assert result.exit_code == 0
    assert b"  1  ??" in result.stdout_bytes


def test_all_that_can_be_asked_for_is_in_the_report() -> None:
    output = run(
        "assess", *("--target", "ai-engineer"), *("--hours-per-week", "1"),
        *("--start-date", "2026-12-01"), *("--budget-hours", "6"), *("--alternatives", "1"),
        *("--also-known", "embeddings"), columns=200,
    ).output  # fmt: skip
    assert "In the first 90 days\n" in output
    assert "Other paths\n  Python instead of Typescript: +10 h\n" in output
    assert "Within 6 h\n  Readiness goes from 0 % to " in output
    assert "What the supposed knowledge changes\n  62 h without it, 59 h with it" in output
    assert "Keeping every role open\n" in output


def test_a_resume_joins_the_skills_that_are_named(tmp_path: Path) -> None:
    resume = tmp_path / "resume.json"
    resume.write_text('{"skills": [{"name": "Docker"}]}')
    output = run("assess", "--skill", "python", "--resume", str(resume)).output
    assert [line.split()[0] for line in output.splitlines()[1:3]] == ["python", "Docker"]


@pytest.mark.parametrize("content", ["no json", "[]"])
def test_a_resume_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    resume = tmp_path / "resume.json"
    resume.write_text(content)
    result = run("assess", "--resume", str(resume))
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: The resume is not")


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("json", '{"graph_version":'), ("csv", "order,skill,"), ("markdown", "# Learning path to ")],
)
def test_the_same_answer_has_several_forms(form: str, beginning: str) -> None:
    assert run("assess", "--format", form).output.startswith(beginning)


def test_a_calendar_takes_dates() -> None:
    dated = ("--hours-per-week", "10", "--start-date", "2026-12-01")
    assert run("assess", "--format", "calendar", *dated).stdout_bytes.endswith(
        b"END:VCALENDAR\r\n"
    )
    refused = run("assess", "--format", "calendar")
    assert refused.exit_code == 2
    assert "A calendar takes --start-date and --hours-per-week." in refused.stderr


WRONG = {
    "dates without a pace": (("--start-date", "2026-12-01"), "--start-date: Dates take"),
    "a day that is none": (("--start-date", "2026-02-30"), "'2026-02-30' does not match"),
    "less than no time": (("--budget-hours", "-1"), "is not in the range"),
    "a form that is none": (("--format", "pdf"), "'pdf' is not one of"),
    "an unknown option": (("--colour",), "No such option '--colour'; see cli assess --help."),
    "an argument": (("python",), "Got unexpected extra argument (python)"),
    "an unknown role": (("--target", "pilot"), "it holds ai-engineer, operator."),
    "a level beyond the scale": (("--skill", "python:99"), "--skill 'python:99': A level is"),
    "hours that are no number": (("--hours-per-week", "nan"), "'nan' is not a number"),
    "hours that are a word": (("--hours-per-week", "ten"), "'ten' is not a valid float"),
    "too few hours": (("--hours-per-week", "0.5"), "0.5 is not in the range 1<=x<=80"),
    "too many hours": (("--hours-per-week", "81"), "81.0 is not in the range 1<=x<=80"),
    "infinite hours": (("--hours-per-week", "inf"), "inf is not in the range"),
    "text that is no Unicode": (("--skill", "caf\udce9"), "it is not written in UTF-8"),
    "a file that is not there": (("--graph", "nowhere.json"), "'nowhere.json' does not exist"),
    "a folder": (("--graph", "."), "'.' is a directory"),
}


@pytest.mark.parametrize(("arguments", "sentence"), WRONG.values(), ids=WRONG)
def test_wrong_usage_is_one_sentence_and_exit_2(arguments: tuple[str, ...], sentence: str) -> None:
    result = run("assess", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


def test_every_wrong_level_is_named_at_once() -> None:
    result = run("assess", *("--skill", "python:99"), *("--skill", "rag:-1"))
    assert "--skill 'python:99'" in result.stderr
    assert "--skill 'rag:-1'" in result.stderr


def test_a_defective_graph_is_refused_with_every_defect(tmp_path: Path) -> None:
    graph: Document = document("a: b", "b: a", "c: nothing-such")
    path = written(tmp_path / "graph.json", graph)
    result = run("assess", "--graph", str(path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "cycle" in result.stderr
    assert "unknown-reference" in result.stderr
    assert "Traceback" not in result.stderr


def test_ctrl_c_is_no_traceback() -> None:
    def interrupted(_: Path | None) -> UseCases:
        raise KeyboardInterrupt

    usual = tools_on(LANGUAGES)
    tools = replace(usual, build_use_cases=interrupted)
    result = CliRunner().invoke(cli, ["assess"], obj=lambda: tools)
    assert (result.exit_code, result.stderr.strip()) == (1, "Aborted!")


def test_a_pipe_that_closes_early_is_no_traceback(tmp_path: Path) -> None:
    skills = [f"skill-{number} 1" for number in range(3000)]
    roles = {"all": ", ".join(f"skill-{number}" for number in range(3000))}
    path = written(tmp_path / "graph.json", document(*skills, roles=roles))
    command = [sys.executable, "-m", "service", "graph", "show", "--graph", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaints = process.stderr.read()
        assert process.wait(30) == 1
    assert complaints == b""


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["serve"],
        ["assess"],
        ["assess-many"],
        ["verify"],
        ["graph"],
        ["graph", "check"],
        ["graph", "show"],
        ["openapi"],
    ],
    ids=" ".join,
)
def test_every_command_has_help(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage: cli" in result.output
    assert "--help" in result.output
