"""Clients that generators make of the contract: their types hold, and they get a path."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from service.entrypoints.http.samples import PYTHON, SAMPLE_SERVER, TYPESCRIPT
from tests.contract.node import NODE_MODULES, node_tool, requires_node

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "openapi.yaml"
CLIENTS = ROOT / "tests/clients"
SECONDS = 240

EXPECTED = {
    "suggestion": "python",
    "code": "unknown-role",
    "kinds": {"skill", "choice"},
    "role": "AI engineer",
    "listed": 2,
}


def run(*command: str | Path, cwd: Path, **environ: str) -> str:
    """Return what a command prints; fail with all it says if it fails."""
    ran = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def assert_did_more_jobs(printed: str) -> None:
    did = json.loads(printed)
    assert {**did, "kinds": set(did["kinds"])} == EXPECTED


def assert_is_path(printed: str) -> None:
    steps = printed.splitlines()
    assert len(steps) > 5
    assert all("level" in step and "hours" in step for step in steps)


@pytest.fixture(scope="module")
def python_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("python")
    # The contract as YAML is for people who download it; the generator knows JSON and text.
    config = {"post_hooks": [], "content_type_overrides": {"application/yaml": "text/plain"}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    generator = Path(sys.executable).with_name("openapi-python-client")
    said = run(
        *(generator, "generate", "--path", CONTRACT, "--config", "config.json", "--meta", "none"),
        *("--output-path", "skills_gap_client", "--fail-on-warning"),
        cwd=folder,
    )
    assert "WARNING" not in said
    return folder


def test_the_python_client_has_types_that_hold_and_gets_a_path(
    python_client: Path, service_address: str
) -> None:
    for name, program in (
        ("main_job.py", PYTHON),
        ("more_jobs.py", (CLIENTS / "more_jobs.py").read_text(encoding="utf-8")),
    ):
        source = program.replace(SAMPLE_SERVER, service_address)
        (python_client / name).write_text(source, encoding="utf-8")

    mypy = (sys.executable, "-m", "mypy", "--strict", "--cache-dir", os.devnull)
    run(*mypy, "main_job.py", "more_jobs.py", cwd=python_client, MYPYPATH=str(python_client))
    assert_is_path(run(sys.executable, "main_job.py", cwd=python_client))
    assert_did_more_jobs(run(sys.executable, "more_jobs.py", cwd=python_client))


@requires_node
def test_the_typescript_client_has_types_that_hold_and_gets_a_path(
    tmp_path: Path, service_address: str
) -> None:
    (tmp_path / "node_modules").symlink_to(NODE_MODULES)
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    shutil.copy(CLIENTS / "tsconfig.json", tmp_path)
    for name, program in (
        ("main-job.ts", TYPESCRIPT),
        ("more-jobs.ts", (CLIENTS / "more-jobs.ts").read_text(encoding="utf-8")),
    ):
        source = program.replace(SAMPLE_SERVER, service_address)
        (tmp_path / name).write_text(source, encoding="utf-8")

    run(node_tool("openapi-typescript"), CONTRACT, "-o", "skills-gap.d.ts", cwd=tmp_path)
    run(node_tool("tsc"), "--project", ".", cwd=tmp_path)
    assert_is_path(run("node", "built/main-job.js", cwd=tmp_path))
    assert_did_more_jobs(run("node", "built/more-jobs.js", cwd=tmp_path))
