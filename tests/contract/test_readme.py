"""What the README says is so: its programs are the contract's, and its settings are all there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from service.entrypoints.http.samples import MAIN_JOB, SAMPLE_SERVER
from tests.contract.service_under_contract import APP

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "service/settings.py").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize("sample", MAIN_JOB, ids=lambda sample: sample.label)
def test_the_programs_are_those_of_the_contract(sample: object) -> None:
    assert sample.source in [source for _, source in BLOCKS]  # type: ignore[attr-defined]


def test_the_contract_shows_the_programs() -> None:
    document = APP.test_client().get("/openapi.json").get_json()
    shown = document["paths"]["/v1/assessments"]["post"]["x-codeSamples"]

    assert [sample["source"] for sample in shown] == [sample.source for sample in MAIN_JOB]


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.parametrize(
    "command", [block for language, block in BLOCKS if language == "sh" and "curl" in block]
)
def test_what_is_typed_with_curl_is_answered(service_address: str, command: str) -> None:
    typed = command.replace(SAMPLE_SERVER, service_address).replace("curl -s", "curl -s --fail")
    ran = subprocess.run(["sh", "-ec", typed], capture_output=True, check=False, timeout=60)  # noqa: S607

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(b"{")


def test_every_setting_is_in_the_table_and_nothing_else() -> None:
    read = set(re.findall(r'"([A-Z]+_[A-Z_]+)"', SETTINGS))
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", README, flags=re.MULTILINE))

    assert read <= listed
    assert listed - read <= {"PROMETHEUS_MULTIPROC_DIR"}  # the library for metrics reads it


def test_every_route_below_v1_is_in_the_table() -> None:
    listed = set(re.findall(r"`(?:GET|POST) (/[^`?]*)", README))
    paths = APP.test_client().get("/openapi.json").get_json()["paths"]

    assert {path for path in paths if path.startswith("/v1")} <= listed
