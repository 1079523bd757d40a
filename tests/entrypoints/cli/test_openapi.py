"""The contract at a terminal."""

from pathlib import Path

import yaml

from tests.entrypoints.cli.running import run


def contract() -> str:
    result = run("openapi")
    assert result.exit_code == 0
    return result.stdout


def test_the_contract_is_printed_as_yaml() -> None:
    assert yaml.safe_load(contract())["openapi"].startswith("3.1")


def test_a_file_that_says_the_same_passes(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_bytes(contract().encode())
    result = run("openapi", "--check", str(path))
    assert (result.exit_code, result.output) == (0, "")


def test_the_first_line_that_differs_is_named(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    first, second, rest = contract().split("\n", 2)
    path.write_bytes(f"{first}\nsomething: else\n{rest}".encode())
    result = run("openapi", "--check", str(path))
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: {path} is not what the service does; the first difference is line 2: "
        f"'something: else' should be '{second.strip()}'.\n"
    )


def test_a_file_that_is_cut_differs(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_bytes("".join(contract().splitlines(keepends=True)[:-1]).encode())
    result = run("openapi", "--check", str(path))
    assert result.exit_code == 1
    assert ": nothing should be '" in result.stderr


def test_a_file_that_is_longer_differs(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_bytes(contract().encode() + b"more: true\n")
    result = run("openapi", "--check", str(path))
    assert result.exit_code == 1
    assert "'more: true' should be nothing." in result.stderr


def test_a_file_that_is_no_text_differs(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_bytes(b"\xff\xfe")
    assert run("openapi", "--check", str(path)).exit_code == 1
