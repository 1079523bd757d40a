"""An answer checked at the command line."""

import json
from pathlib import Path

from tests.entrypoints.cli.running import run


def answer(tmp_path: Path) -> Path:
    path = tmp_path / "answer.json"
    path.write_bytes(run("assess", "--json", "--target", "ai-engineer").stdout_bytes)
    return path


def test_a_right_answer_is_exit_0(tmp_path: Path) -> None:
    result = run("verify", str(answer(tmp_path)))
    assert result.exit_code == 0
    assert result.stdout == (
        "The answer is right: its path can be walked and meets its aim. "
        "Its landmarks prove that no path is shorter.\n"
    )


def test_what_only_a_search_proved_is_not_called_proven(tmp_path: Path) -> None:
    path = answer(tmp_path)
    document = json.loads(path.read_text())
    document["path"]["certificate"] |= {"proof": "search", "landmarks": []}
    path.write_text(json.dumps(document))
    result = run("verify", str(path))
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "Its landmarks prove that no path is shorter than 0 h; that none is shorter than itself "
        "rests on a search, not repeated here.\n"
    )


def test_every_fault_of_a_wrong_answer_is_listed_and_exit_1(tmp_path: Path) -> None:
    path = answer(tmp_path)
    document = json.loads(path.read_text())
    document["path"]["hours"]["likely"] = 1.0
    document["path"]["certificate"]["gap"] = 0.25
    path.write_text(json.dumps(document))
    result = run("verify", str(path))
    assert result.exit_code == 1
    assert "/path/hours: The steps add up to" in result.stdout
    assert "/path/certificate/gap: " in result.stdout


def test_json_that_is_no_answer_is_exit_1(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text('{"graph_version": 3}')
    result = run("verify", str(path))
    assert result.exit_code == 1
    assert "/path: Missing data for required field." in result.stdout


def test_what_is_no_json_is_exit_2(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text("never")
    result = run("verify", str(path))
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: The answer is not JSON:")
    assert run("verify", str(tmp_path / "nothing.json")).exit_code == 2
