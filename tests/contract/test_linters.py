"""The contract is clean by the recommended rules of the linters that integrators use."""

import json
import os
import subprocess
from pathlib import Path

from tests.contract.node import node_tool, requires_node

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "openapi.yaml"
SECONDS = 240

UNDECIDED = {"info-license"}
"""Warnings that only the owners can settle: under which licence others may use the contract."""


def said_by(tool: str, *arguments: str, folder: Path) -> str:
    ran = subprocess.run(
        [node_tool(tool), *arguments],
        cwd=folder,
        env={**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@requires_node
def test_redocly_finds_nothing(tmp_path: Path) -> None:
    arguments = ("lint", "--extends", "recommended", "--format", "json", str(CONTRACT))
    found = json.loads(said_by("redocly", *arguments, folder=tmp_path))

    assert found["totals"]["errors"] == 0
    assert {problem["ruleId"] for problem in found["problems"]} <= UNDECIDED


@requires_node
def test_spectral_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text('extends: ["spectral:oas"]\n', encoding="utf-8")
    arguments = ("lint", "--ruleset", "rules.yaml", "--format", "json", "--fail-severity", "hint")
    said = said_by("spectral", *arguments, "--quiet", str(CONTRACT), folder=tmp_path)

    assert json.loads(said or "[]") == []
