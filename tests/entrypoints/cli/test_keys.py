"""``skills-gap keys new``."""

import pytest

from service.application.access import Scope, read_keys
from tests.entrypoints.cli.running import run


def test_a_new_key_and_its_line_belong_together() -> None:
    result = run("keys", "new", "--client", "acme", "--scope", "assess", "--scope", "batch")
    token = next(line for line in result.stdout.splitlines() if line.startswith("sg_"))
    line = result.stdout.splitlines()[-1]
    key = read_keys(line, "keys").find(token)

    assert result.exit_code == 0
    assert key is not None
    assert (key.client, set(key.scopes)) == ("acme", {Scope.ASSESS, Scope.BATCH})


def test_no_two_keys_are_the_same() -> None:
    assert run("keys", "new", "--client", "a").stdout != run("keys", "new", "--client", "a").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--client", "a b"),
        ("--client", "a", "--scope", "all"),
        ("--client", "a", "--per-minute", "0"),
    ],
)
def test_wrong_usage_is_exit_2(arguments: tuple[str, ...]) -> None:
    result = run("keys", "new", *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
