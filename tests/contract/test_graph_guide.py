"""What ``docs/graph.md`` tells people to write is checked, assessed and compared as it says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.adapters.graph_file import check_bytes, check_graph, load_graph
from service.domain.errors import Severity, UnreadableGraphError
from service.domain.revision import compare
from service.domain.ways import ways_to_each_role
from service.entrypoints.cli.graph import graph
from tests.builders import Document, as_bytes, graph_of
from tests.entrypoints.cli.running import run

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "graph.md").read_text("utf-8")
EXAMPLE = ROOT / "docs" / "examples" / "data-engineer.json"
SHIPPED = ROOT / "skills_graph.json"
ENTRY = re.compile(r"<!-- into: (\w+) -->\n```json\n(.*?)```", re.DOTALL)


def entries() -> Iterator[tuple[str, Any]]:
    for found in ENTRY.finditer(GUIDE):
        yield found[1], json.loads(found[2])


@pytest.fixture
def extended() -> Document:
    """Return the shipped graph with the entries of the guide."""
    graph: Document = json.loads(SHIPPED.read_bytes())
    for name, entry in entries():
        graph[name].append(entry)
    return graph


def test_the_guide_adds_a_skill_a_profile_and_a_role() -> None:
    assert [name for name, _ in entries()] == ["skills", "profiles", "roles"]


def test_what_the_guide_adds_is_sound_and_warns_of_four_excuses(extended: Document) -> None:
    defects = check_bytes(as_bytes(extended), "guide")
    warned = [extended["skills"][int(defect.pointer.split("/")[2])]["id"] for defect in defects]

    assert {defect.severity for defect in defects} == {Severity.WARNING}
    assert all(defect.pointer.endswith("/kept_for") for defect in defects)
    assert sorted(warned) == ["cloudformation", "iac", "pulumi", "terraform"]


def test_without_these_excuses_nothing_is_found(extended: Document) -> None:
    for skill in extended["skills"]:
        if skill["id"] in {"cloudformation", "iac", "pulumi", "terraform"}:
            del skill["kept_for"]

    assert check_bytes(as_bytes(extended), "guide") == ()


def test_what_the_guide_adds_changes_no_other_path(extended: Document) -> None:
    revision = compare(load_graph(SHIPPED), graph_of(extended))

    assert [entry.id for entry in revision.skills.added] == ["capacity-planning"]
    assert [entry.id for entry in revision.roles.added] == ["ml-platform-engineer"]
    assert [entry.id for entry in revision.profiles.added] == ["release-engineer"]
    assert revision.ways == ()


def test_the_third_role_can_be_aimed_for_from_every_profile(extended: Document) -> None:
    ways = [
        way
        for way in ways_to_each_role(graph_of(extended))
        if way.roles == ("ml-platform-engineer",)
    ]
    hours = {way.start: way.effort.likely for way in ways}

    assert all(way.plan.is_least for way in ways)
    assert 0 < hours["devops-engineer"] < hours["frontend-engineer"] < hours[None]


def test_the_small_graph_of_ones_own_has_no_defects_and_answers() -> None:
    assert check_graph(EXAMPLE) == ()

    answer = run("assess", "--graph", str(EXAMPLE), "--skill", "SQL: independent", "--json")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["target"]["roles"] == ["data-engineer"]


def test_every_command_of_the_guide_exists() -> None:
    named = set(re.findall(r"skills-gap graph (\w+)", GUIDE))

    assert named == set(graph.commands)


def test_every_code_of_the_guide_is_one_that_a_check_can_find() -> None:
    adapter = ROOT / "service" / "adapters" / "graph_file"
    source = "\n".join(path.read_text("utf-8") for path in adapter.glob("*.py"))
    tables = GUIDE.partition("## What `graph check` finds")[2]
    first_cells = re.findall(r"^\|[^|]*\|", tables, re.MULTILINE)
    told = re.findall(r"`([a-z-]+)`", "".join(first_cells))

    assert len(told) == len(set(told)) == 12
    assert [code for code in told if f'"{code}"' not in source] == [UnreadableGraphError.code]
