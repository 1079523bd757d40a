import gc
import json
from collections.abc import Callable
from copy import deepcopy
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.adapters.graph_file import check_bytes, check_graph, load_graph, parse_graph
from service.adapters.graph_file.limits import MAX_SKILLS, beyond_limits
from service.adapters.graph_file.reading import MAX_BYTES
from service.domain.catalogue import (
    Advice,
    Area,
    CommonProfile,
    CompensationFact,
    Dimension,
    Level,
    Option,
    Overlap,
    Project,
    Question,
    Source,
)
from service.domain.errors import (
    Defect,
    DefectiveGraphError,
    GraphError,
    Severity,
    UnreadableGraphError,
)
from service.domain.skill import (
    AreaId,
    Effort,
    Node,
    Requirement,
    RoleId,
    Skill,
    SkillId,
    SkillLevel,
    Spellings,
)
from tests.builders import Document, as_bytes, document

Found: TypeAlias = list[tuple[str, str]]

REMOVED: Final = ...

# Every member that the layout knows, so that each can be read, broken and missed.
FULL: Final[Document] = {
    "$schema": "skills_graph.schema.json",
    "schema_version": 1,
    "version": "2026.11.1",
    "as_of": "2026-11-01",
    "title": "Two roles",
    "levels": [
        {
            "level": 1,
            "id": "aware",
            "name": "Aware",
            "aliases": ["beginner"],
            "description": "Has seen it.",
        },
        {"level": 2, "id": "working", "name": "Working"},
    ],
    "areas": [
        {
            "id": "coding",
            "name": "Coding",
            "description": "Programs.",
            "overlap": True,
            "leverage_rank": 1,
        },
        {"id": "models", "name": "Models"},
    ],
    "sources": [
        {"id": "lessons", "title": "Lessons", "url": "https://example.org", "licence": "CC0"},
        {"id": "survey", "title": "Survey"},
    ],
    "skills": [
        {
            "id": "python",
            "name": "Python",
            "area": "coding",
            "description": "A language.",
            "aliases": ["Python 3"],
            "exact_aliases": ["py"],
            "shared_aliases": ["scripting"],
            "tools": ["Jupyter"],
            "same_as": {"esco": "S1", "onet": None, "wikidata": "Q28865"},
            "levels": [
                {
                    "effort_hours": {"low": 4, "likely": 6.5, "high": 9.29},
                    "basis": "measured",
                    "sources": ["lessons"],
                    "outcome": "Writes a loop.",
                },
                {"effort_hours": {"low": 0, "likely": 0.01, "high": 2.0}},
            ],
        },
        {
            "id": "typescript",
            "name": "TypeScript",
            "area": "coding",
            "shared_aliases": ["scripting"],
            "tools": ["Jupyter"],
            "levels": [{"effort_hours": {"low": 10, "likely": 20, "high": 30}}],
        },
        {
            "id": "training",
            "name": "Training",
            "area": "models",
            "levels": [
                {
                    "effort_hours": {"low": 10, "likely": 20, "high": 30},
                    "requires": [
                        {"skill": "python", "level": 2, "reason": "It is scripted."},
                        {
                            "at_least": 2,
                            "of": [
                                {"skill": "typescript", "level": 1},
                                {"skill": "python", "level": 1},
                            ],
                            "reason": "Twice.",
                        },
                    ],
                }
            ],
        },
    ],
    "roles": [
        {
            "id": "ai-engineer",
            "name": "AI engineer",
            "aliases": ["LLM engineer"],
            "layer": "application",
            "summary": "Builds on models.",
            "day": ["Reads traces."],
            "characteristics": ["Ships."],
            "stack": ["Python"],
            "requires": [
                {"skill": "python", "level": 2.0, "weight": 2.5, "reason": "Daily."},
                {
                    "of": [{"skill": "typescript", "level": 1}, {"skill": "training", "level": 1}],
                    "weight": 1,
                    "reason": "Either.",
                },
            ],
        },
        {
            "id": "ml-engineer",
            "name": "ML engineer",
            "requires": [{"skill": "training", "level": 1, "reason": "Daily."}],
        },
    ],
    "comparison": [
        {"id": "models", "name": "Models", "by_role": {"ai-engineer": "Bought."}},
    ],
    "overlap": [
        {"area": "coding", "summary": "Both code.", "by_role": {"ml-engineer": "Training."}},
    ],
    "projects": [
        {
            "id": "classifier",
            "name": "Classifier",
            "summary": "Sorts.",
            "roles": ["ml-engineer"],
            "order": 1,
            "effort_hours": {"low": 1, "likely": 2, "high": 3},
            "proves": [{"skill": "training", "level": 1}],
        }
    ],
    "profiles": [
        {
            "id": "coder",
            "name": "Coder",
            "description": "Codes.",
            "skills": [{"skill": "python", "level": 2}],
        }
    ],
    "role_fit": {
        "questions": [
            {
                "id": "taste",
                "text": "Which?",
                "options": [
                    {
                        "id": "apps",
                        "text": "Apps",
                        "points": {"ai-engineer": 2, "ml-engineer": 0},
                        "reason": "It is so.",
                    }
                ],
            }
        ]
    },
    "compensation": [
        {
            "id": "median",
            "statement": "It pays.",
            "as_of": "2026",
            "region": "US",
            "source": "survey",
        }
    ],
    "advice": [{"id": "start", "title": "Start", "text": "Begin.", "audience": "all"}],
}


def changed(changes: dict[str, object], base: Document = FULL) -> Document:
    """Return a document with other values at some pointers; "-" appends, REMOVED takes away."""
    copy = deepcopy(base)
    for pointer, value in deepcopy(changes).items():
        *tokens, last = [_token(text) for text in pointer.split("/")[1:]]
        place: Any = copy
        for token in tokens:
            place = place[token]
        if last == "-":
            place.append(value)
        elif value is REMOVED:
            del place[last]
        else:
            place[last] = value
    return copy


def _token(text: str) -> str | int:
    return int(text) if text.isdecimal() else text


def check(raw: object) -> tuple[Defect, ...]:
    return check_bytes(as_bytes(raw), "test")


def errors_of(raw: object) -> Found:
    """Return the errors, after making sure that the loader raises exactly those."""
    defects = tuple(defect for defect in check(raw) if defect.severity is Severity.ERROR)
    raised: tuple[Defect, ...] = ()
    try:
        parse_graph(as_bytes(raw), "test")
    except DefectiveGraphError as error:
        raised = error.defects
    assert raised == defects
    return [(defect.pointer, defect.code) for defect in defects]


def warnings_of(raw: object) -> Found:
    return [(d.pointer, d.code) for d in check(raw) if d.severity is Severity.WARNING]


def message_of(raw: object) -> str:
    (defect,) = check(raw)
    return defect.message


def prose(line: str) -> list[Document]:
    """Return the requirements of the only level of a skill with this line."""
    requires: list[Document] = document(f"x: {line}")["skills"][0]["levels"][0]["requires"]
    return requires


# ---------------------------------------------------------------- what a sound file says


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "graph.json"
    file.write_bytes(as_bytes(FULL))

    catalogue = load_graph(file).catalogue

    assert (catalogue.version, catalogue.as_of, catalogue.title) == (
        "2026.11.1",
        "2026-11-01",
        "Two roles",
    )
    assert catalogue.content_hash == sha256(file.read_bytes()).hexdigest()
    assert catalogue.levels == (
        Level(1, "aware", "Aware", ("beginner",), "Has seen it."),
        Level(2, "working", "Working"),
    )
    assert catalogue.areas == (
        Area(AreaId("coding"), "Coding", "Programs.", overlap=True, leverage_rank=1),
        Area(AreaId("models"), "Models"),
    )
    assert catalogue.sources == (
        Source("lessons", "Lessons", "https://example.org", "CC0"),
        Source("survey", "Survey"),
    )
    assert check_graph(file) == ()


def test_a_skill_is_read_as_it_is_written() -> None:
    python, _, training = parse_graph(as_bytes(FULL), "test").catalogue.skills

    assert python == Skill(
        SkillId("python"),
        "Python",
        AreaId("coding"),
        (
            SkillLevel(Effort(400, 650, 929), (), "Writes a loop.", "measured", ("lessons",)),
            SkillLevel(Effort(0, 1, 200)),
        ),
        "A language.",
        Spellings(("Python 3",), ("py",), ("scripting",), ("Jupyter",)),
        (("esco", "S1"), ("onet", None), ("wikidata", "Q28865")),
    )
    assert training.levels[0].requires == (
        Requirement((Node(SkillId("python"), 2),), reason="It is scripted."),
        Requirement(
            (Node(SkillId("typescript"), 1), Node(SkillId("python"), 1)), 2, reason="Twice."
        ),
    )


def test_a_role_is_read_as_it_is_written() -> None:
    role = parse_graph(as_bytes(FULL), "test").role("ai-engineer")

    assert (role.name, role.aliases, role.layer) == (
        "AI engineer",
        ("LLM engineer",),
        "application",
    )
    assert (role.summary, role.day) == ("Builds on models.", ("Reads traces.",))
    assert (role.characteristics, role.stack) == (("Ships.",), ("Python",))
    assert role.requires == (
        Requirement((Node(SkillId("python"), 2),), 1, "Daily.", Fraction(5, 2)),
        Requirement((Node(SkillId("typescript"), 1), Node(SkillId("training"), 1)), 1, "Either."),
    )


def test_everything_beside_the_graph_is_read_as_it_is_written() -> None:
    catalogue = parse_graph(as_bytes(FULL), "test").catalogue
    ai, ml = RoleId("ai-engineer"), RoleId("ml-engineer")
    training = Node(SkillId("training"), 1)

    assert catalogue.comparison == (Dimension("models", "Models", ((ai, "Bought."),)),)
    assert catalogue.overlap == (Overlap(AreaId("coding"), "Both code.", ((ml, "Training."),)),)
    assert catalogue.projects == (
        Project(
            "classifier", "Classifier", "Sorts.", (ml,), 1, Effort(100, 200, 300), (training,)
        ),
    )
    assert catalogue.profiles == (
        CommonProfile("coder", "Coder", (Node(SkillId("python"), 2),), "Codes."),
    )
    assert catalogue.questions == (
        Question("taste", "Which?", (Option("apps", "Apps", ((ai, 2), (ml, 0)), "It is so."),)),
    )
    assert catalogue.compensation == (
        CompensationFact("median", "It pays.", "2026", "US", "survey"),
    )
    assert catalogue.advice == (Advice("start", "Start", "Begin.", "all"),)


def test_a_short_file_of_ones_own_is_enough() -> None:
    hours = {"low": 1, "likely": 1, "high": 1}
    short = {
        "schema_version": 1,
        "version": "1",
        "as_of": "2026-01-01",
        "title": "Mine",
        "levels": [{"level": 1, "id": "able", "name": "Able"}],
        "areas": [{"id": "all", "name": "All"}],
        "skills": [{"id": "a", "name": "A", "area": "all", "levels": [{"effort_hours": hours}]}],
        "roles": [{"id": "r", "name": "R", "requires": [{"skill": "a", "level": 1}]}],
    }

    assert parse_graph(as_bytes(short), "mine").likely == (100,)


@pytest.mark.parametrize(
    ("hours", "hundredths"),
    [
        pytest.param("0.29", 29, id="a float that is a little less than it says"),
        pytest.param("1.10", 110, id="a trailing zero"),
        pytest.param("2.5e1", 2500, id="an exponent"),
        pytest.param("7", 700, id="a whole number"),
        pytest.param("1000000", 100_000_000, id="the most that is allowed"),
        pytest.param("0", 0, id="nothing to learn"),
    ],
)
def test_hours_are_exact_hundredths(hours: str, hundredths: int) -> None:
    data = as_bytes(document("a 11")).replace(b"11.0", hours.encode())

    assert parse_graph(data, "test").efforts == (Effort(hundredths, hundredths, hundredths),)


@pytest.mark.parametrize(
    "skills",
    [
        pytest.param(["a: b | c", "b: a | d", "c", "d"], id="two alternatives open a circle"),
        pytest.param(["a 1 1: b", "b 1 1: ; a@2"], id="a zigzag between the levels of two"),
        pytest.param(["a: a | b", "b"], id="a skill or its own alternative"),
        pytest.param(["a: 2 of a | b | c", "b", "c"], id="two of three without itself"),
    ],
)
def test_circles_that_can_be_entered_are_legal(skills: list[str]) -> None:
    assert errors_of(document(*skills)) == []


# ---------------------------------------------------------------- one defect, one report


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"/titel": "x"}, ["/titel"], id="an unknown member"),
        pytest.param({"/a~b": 1}, ["/a~0b"], id="an unknown member whose pointer is escaped"),
        pytest.param({"/title": REMOVED}, [""], id="a missing member"),
        pytest.param({"/title": 7}, ["/title"], id="a title that is a number"),
        pytest.param({"/title": ""}, ["/title"], id="an empty title"),
        pytest.param({"/title": "x" * 201}, ["/title"], id="a title without end"),
        pytest.param({"/version": "a b"}, ["/version"], id="a version that fits no header"),
        pytest.param({"/as_of": "2026-02-30"}, ["/as_of"], id="a day that never was"),
        pytest.param({"/schema_version": 2}, ["/schema_version"], id="a layout of the future"),
        pytest.param({"/schema_version": True}, ["/schema_version"], id="a layout called true"),
        pytest.param({"/levels/1/level": 3}, ["/levels/1/level"], id="levels miscounted"),
        pytest.param({"/levels/0/id": "A B"}, ["/levels/0/id"], id="an id with a space"),
        pytest.param({"/skills/0/id": "Py"}, ["/skills/0/id"], id="an id in capitals"),
        pytest.param({"/skills/0/levels": []}, ["/skills/0/levels"], id="a skill without levels"),
        pytest.param(
            {"/skills/1/levels": FULL["skills"][1]["levels"] * 3},
            ["/skills/1/levels"],
            id="more levels than the scale has",
        ),
        pytest.param(
            {"/skills/0/levels/0/basis": "guess"},
            ["/skills/0/levels/0/basis"],
            id="an unknown basis",
        ),
        pytest.param(
            {"/skills/0/levels/0/effort_hours/low": "4"},
            ["/skills/0/levels/0/effort_hours/low"],
            id="hours in quotes",
        ),
        pytest.param({"/skills/0/aliases/-": "!?"}, ["/skills/0/aliases/1"], id="an empty alias"),
        pytest.param({"/skills/0/tools/0": " "}, ["/skills/0/tools/0"], id="an empty tool"),
        pytest.param(
            {"/skills/2/levels/0/requires/0/level": 1.5},
            ["/skills/2/levels/0/requires/0/level"],
            id="half a level",
        ),
        pytest.param(
            {"/skills/2/levels/0/requires/0/weight": 1},
            ["/skills/2/levels/0/requires/0/weight"],
            id="a prerequisite with a weight",
        ),
        pytest.param(
            {"/skills/2/levels/0/requires/1/of": []},
            ["/skills/2/levels/0/requires/1/of"],
            id="a group without options",
        ),
        pytest.param(
            {"/skills/2/levels/0/requires/1/skill": "python"},
            ["/skills/2/levels/0/requires/1/skill"],
            id="a group that is a single requirement too",
        ),
        pytest.param(
            {"/skills/2/levels/0/requires/1/at_least": 0},
            ["/skills/2/levels/0/requires/1/at_least"],
            id="none of a group",
        ),
        pytest.param({"/skills": []}, ["/skills"], id="no skills"),
        pytest.param({"/roles/1/id": "both"}, ["/roles/1/id"], id="a role id that is reserved"),
        pytest.param(
            {"/roles/0/requires/0/weight": 0}, ["/roles/0/requires/0/weight"], id="no weight"
        ),
        pytest.param(
            {"/roles/0/requires/0/weight": 0.125},
            ["/roles/0/requires/0/weight"],
            id="a weight with three decimals",
        ),
        pytest.param(
            {"/sources/0/url": "javascript:alert(1)"}, ["/sources/0/url"], id="a link that runs"
        ),
        pytest.param({"/areas/0/overlap": 1}, ["/areas/0/overlap"], id="1 for true"),
        pytest.param(
            {"/role_fit/questions/0/options/0/points/ai-engineer": "2"},
            ["/role_fit/questions/0/options/0/points/ai-engineer"],
            id="points in quotes",
        ),
    ],
)
def test_what_breaks_the_layout_is_a_schema_defect(
    changes: dict[str, object], expected: list[str]
) -> None:
    # The role id that is renamed is referred to elsewhere: no follow-up is reported.
    assert errors_of(changed(changes)) == [(pointer, "schema") for pointer in expected]


@pytest.mark.parametrize(
    "name",
    [name for name, value in FULL.items() if isinstance(value, list) and name != "overlap"],
)
def test_an_id_that_stands_twice_is_reported_once(name: str) -> None:
    raw = changed({f"/{name}/-": FULL[name][-1]})
    if name == "levels":
        raw["levels"][-1]["level"] = 3

    last = len(FULL[name])
    assert errors_of(raw) == [(f"/{name}/{last}/id", "duplicate-id")]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        pytest.param(
            {"/overlap/-": {"area": "coding"}}, "/overlap/1/area", id="an area of the overlap"
        ),
        pytest.param(
            {"/role_fit/questions/-": FULL["role_fit"]["questions"][0]},
            "/role_fit/questions/1/id",
            id="a question",
        ),
        pytest.param(
            {
                "/role_fit/questions/0/options/-": FULL["role_fit"]["questions"][0]["options"][0],
            },
            "/role_fit/questions/0/options/1/id",
            id="an option of a question",
        ),
    ],
)
def test_other_ids_that_stand_twice_are_reported_too(
    changes: dict[str, object], pointer: str
) -> None:
    assert errors_of(changed(changes)) == [(pointer, "duplicate-id")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"/skills/1/name": "PYTHON"}, ["/skills/1/name"], id="a name that is another's id"
        ),
        pytest.param(
            {"/skills/1/aliases": ["python-3"]}, ["/skills/1/aliases/0"], id="punctuation aside"
        ),
        pytest.param(
            {"/skills/1/aliases": ["\uff30\uff59"]},
            ["/skills/1/aliases/0"],
            id="width of letters aside",
        ),
        pytest.param(
            {"/skills/1/exact_aliases": ["py"]}, ["/skills/1/exact_aliases/0"], id="exact aliases"
        ),
        pytest.param(
            {"/skills/1/tools": ["Python"]}, ["/skills/1/tools/0"], id="a tool with a skill's name"
        ),
        pytest.param(
            {"/skills/0/shared_aliases": ["TypeScript"]},
            ["/skills/0/shared_aliases/0"],
            id="a shared alias that a later skill owns",
        ),
        pytest.param(
            {"/skills/1/aliases": ["C"], "/skills/2/aliases": ["C++", "C#"]}, [], id="C, C++, C#"
        ),
        pytest.param(
            {"/skills/0/tools": ["scripting"]}, [], id="a tool with the name of a shared alias"
        ),
        pytest.param(
            {"/skills/0/aliases": ["python", "PYTHON"]}, [], id="one skill says it twice"
        ),
        pytest.param({"/skills/0/aliases": ["coding"]}, [], id="an area has the same name"),
        pytest.param(
            {"/levels/1/aliases": ["Beginner"]}, ["/levels/1/aliases/0"], id="two levels"
        ),
        pytest.param(
            {"/roles/1/aliases": ["AI Engineer"]}, ["/roles/1/aliases/0"], id="two roles"
        ),
    ],
)
def test_a_spelling_means_one_thing(changes: dict[str, object], expected: list[str]) -> None:
    assert errors_of(changed(changes)) == [(pointer, "duplicate-alias") for pointer in expected]


NOWHERE: Final = {"skill": "nowhere", "level": 1}
TOO_HIGH: Final = {"skill": "typescript", "level": 2}


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        pytest.param({"/skills/0/area": "x"}, "/skills/0/area", id="the area of a skill"),
        pytest.param(
            {"/skills/0/levels/0/sources/0": "x"},
            "/skills/0/levels/0/sources/0",
            id="the source of hours",
        ),
        pytest.param(
            {"/skills/2/levels/0/requires/0": NOWHERE},
            "/skills/2/levels/0/requires/0/skill",
            id="a prerequisite",
        ),
        pytest.param(
            {"/skills/2/levels/0/requires/1/of/0": NOWHERE},
            "/skills/2/levels/0/requires/1/of/0/skill",
            id="an alternative",
        ),
        pytest.param(
            {"/skills/2/levels/0/requires/1/of/0": TOO_HIGH},
            "/skills/2/levels/0/requires/1/of/0/level",
            id="a level above the skill's top",
        ),
        pytest.param(
            {"/skills/2/levels/0/requires/0/level": 0},
            "/skills/2/levels/0/requires/0/level",
            id="level 0",
        ),
        pytest.param(
            {"/roles/0/requires/0/skill": "x"}, "/roles/0/requires/0/skill", id="of a role"
        ),
        pytest.param(
            {"/roles/0/requires/1/of/0": TOO_HIGH},
            "/roles/0/requires/1/of/0/level",
            id="a level that a role asks for",
        ),
        pytest.param(
            {"/comparison/0/by_role/x": ""}, "/comparison/0/by_role/x", id="a compared role"
        ),
        pytest.param({"/overlap/0/area": "x"}, "/overlap/0/area", id="an area of the overlap"),
        pytest.param({"/overlap/0/by_role/x": ""}, "/overlap/0/by_role/x", id="a role there"),
        pytest.param({"/projects/0/roles/-": "x"}, "/projects/0/roles/1", id="a project's role"),
        pytest.param(
            {"/projects/0/proves/0": NOWHERE}, "/projects/0/proves/0/skill", id="what it proves"
        ),
        pytest.param(
            {"/profiles/0/skills/0": TOO_HIGH}, "/profiles/0/skills/0/level", id="of a profile"
        ),
        pytest.param(
            {"/role_fit/questions/0/options/0/points/x": 1},
            "/role_fit/questions/0/options/0/points/x",
            id="a role that gets points",
        ),
        pytest.param({"/compensation/0/source": "x"}, "/compensation/0/source", id="of a fact"),
    ],
)
def test_a_reference_leads_somewhere(changes: dict[str, object], pointer: str) -> None:
    assert errors_of(changed(changes)) == [(pointer, "unknown-reference")]


@pytest.mark.parametrize(
    ("skills", "pointer", "way"),
    [
        pytest.param(["a: a"], "/skills/0/levels/0", "a level 1 -> a level 1", id="a self edge"),
        pytest.param(
            ["x", "a: x, b", "b: a"],
            "/skills/1/levels/0",
            "a level 1 -> b level 1 -> a level 1",
            id="two skills",
        ),
        pytest.param(
            ["a 1 1: ; b", "b: a@2"],
            "/skills/0/levels/1",
            "a level 2 -> b level 1 -> a level 2",
            id="a level above the first",
        ),
        pytest.param(
            ["a 1 1: a@2"],
            "/skills/0/levels/0",
            "a level 1 -> a level 2 -> a level 1",
            id="a level that needs the one above",
        ),
        pytest.param(
            ["a: b | c", "b: a", "c: a"],
            "/skills/0/levels/0",
            "a level 1 -> b level 1 -> a level 1",
            id="every alternative leads back",
        ),
        pytest.param(
            ["a: b", "b: c", "c: a, b", "d: a"],
            "/skills/1/levels/0",
            "b level 1 -> c level 1 -> b level 1",
            id="the shortest of the circle, and nothing that rests on it",
        ),
    ],
)
def test_a_closed_circle_is_named_step_by_step(skills: list[str], pointer: str, way: str) -> None:
    (defect,) = check(document(*skills, roles={"r": skills[-1][0]}))

    assert (defect.pointer, defect.code) == (pointer, "cycle")
    assert defect.message.endswith(f": {way}")


def test_of_an_endless_circle_the_middle_is_left_out() -> None:
    skills = [f"s{number}: s{(number + 1) % 200}" for number in range(200)]
    (defect,) = (d for d in check(document(*skills)) if d.code == "cycle")

    assert defect.message.endswith("-> (151 more steps) -> s0 level 1")
    assert defect.message.count(" level ") == 50


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"/skills/2/levels/0/requires/1/at_least": 3},
            ["/skills/2/levels/0/requires/1/at_least"],
            id="three of two",
        ),
        pytest.param(
            {"/skills/2/levels/0/requires/1/of/0": {"skill": "python", "level": 2}},
            ["/skills/2/levels/0/requires/1/at_least"],
            id="two of the same skill at two levels",
        ),
        pytest.param(
            {"/roles/0/requires/1/at_least": 3},
            ["/roles/0/requires/1/at_least"],
            id="in a role",
        ),
        pytest.param({"/roles/0/requires/1/at_least": 2}, [], id="two of two"),
    ],
)
def test_a_group_never_asks_for_more_than_it_offers(
    changes: dict[str, object], expected: list[str]
) -> None:
    assert errors_of(changed(changes)) == [(pointer, "unsatisfiable") for pointer in expected]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        pytest.param([-1, 2, 3], ["/low"], id="negative"),
        pytest.param([1, 2.005, 3], ["/likely"], id="three decimals"),
        pytest.param([0.1, 0.1 + 0.2, 3], ["/likely"], id="a sum of floats"),
        pytest.param([1, 2, 1e-7], ["", "/high"], id="a tiny number with an exponent"),
        pytest.param([1, 2, 1000000.01], ["/high"], id="more than a million hours"),
        pytest.param([3, 2, 3], [""], id="low above likely"),
        pytest.param([1, 4, 3], [""], id="likely above high"),
        pytest.param([3, 2, 1], [""], id="upside down: the place is reported once a pair"),
        pytest.param([0, 0, 0], [], id="nothing to learn"),
    ],
)
def test_hours_are_a_range_of_hundredths(hours: list[float], expected: list[str]) -> None:
    low, likely, high = hours
    raw = changed({"/projects/0/effort_hours": {"low": low, "likely": likely, "high": high}})

    found = errors_of(raw)

    pointers = [f"/projects/0/effort_hours{end}" for end in expected]
    assert list(dict.fromkeys(found)) == [(pointer, "effort") for pointer in pointers]


# ---------------------------------------------------------------- several defects at once


def test_every_defect_is_reported_in_one_go_and_in_file_order() -> None:
    raw = changed(
        {
            "/zzz": 1,
            "/levels/1/colour": "red",
            "/skills/0/levels/1": "none",
            "/skills/1/levels/0/effort_hours/low": 99,
            "/skills/1/levels/0/requires": prose("training"),
            "/skills/2/aliases": ["python"],
            "/skills/2/area": REMOVED,
            "/skills/2/levels/0/requires/1/at_least": 9,
            "/roles/1/requires/-": {"skill": "pyton"},
        }
    )
    raw["skills"][2]["levels"][0]["requires"][1]["of"].append(NOWHERE)

    assert errors_of(raw) == [
        ("/levels/1/colour", "schema"),
        ("/skills/0/levels/1", "schema"),
        ("/skills/1/levels/0", "cycle"),
        ("/skills/1/levels/0/effort_hours", "effort"),
        ("/skills/2", "schema"),
        ("/skills/2/levels/0/requires/1/at_least", "unsatisfiable"),
        ("/skills/2/levels/0/requires/1/of/2/skill", "unknown-reference"),
        ("/skills/2/aliases/0", "duplicate-alias"),
        ("/roles/1/requires/1", "schema"),
        ("/roles/1/requires/1/skill", "unknown-reference"),
        ("/zzz", "schema"),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"/skills/0": 7}, "/skills/0", id="an entry that is no object"),
        pytest.param({"/skills/0/id": REMOVED}, "/skills/0", id="a skill that lost its id"),
        pytest.param({"/skills/0/id": 7}, "/skills/0/id", id="an id that is a number"),
        pytest.param({"/skills/0/id": "Python!"}, "/skills/0/id", id="an id that is misspelt"),
        pytest.param({"/skills/0/levels/1": None}, "/skills/0/levels/1", id="a level of null"),
        pytest.param({"/skills/0/levels": {}}, "/skills/0/levels", id="levels that are no list"),
        pytest.param({"/skills/0/levels": REMOVED}, "/skills/0", id="levels missing"),
        pytest.param({"/skills": {}}, "/skills", id="skills that are no list"),
        pytest.param({"/skills": REMOVED}, "", id="skills missing"),
        pytest.param({"/areas": 1}, "/areas", id="areas that are no list"),
        pytest.param({"/roles/0": "ai-engineer"}, "/roles/0", id="a role that is only an id"),
        pytest.param({"/levels": 1}, "/levels", id="a scale that is no list"),
        pytest.param({"/sources": 1}, "/sources", id="sources that are no list"),
    ],
)
def test_what_is_left_out_is_not_missed_elsewhere(
    changes: dict[str, object], expected: str
) -> None:
    assert errors_of(changed(changes)) == [(expected, "schema")]


def test_an_entry_that_is_left_out_keeps_the_positions_of_the_others() -> None:
    raw = changed({"/skills/2/levels/0/requires/1/of/0": 5, "/skills/0/levels/0": 5})
    raw["skills"][2]["levels"][0]["requires"][1]["of"][1]["skill"] = "x"
    raw["skills"][0]["levels"][1]["effort_hours"]["low"] = -1

    assert errors_of(raw) == [
        ("/skills/0/levels/0", "schema"),
        ("/skills/0/levels/1/effort_hours/low", "effort"),
        ("/skills/2/levels/0/requires/1/of/0", "schema"),
        ("/skills/2/levels/0/requires/1/of/1/skill", "unknown-reference"),
    ]


def test_an_option_in_doubt_opens_a_circle() -> None:
    raw = document("a: b | ghost", "b: a", "c: 2 of b | ghost | spook")

    assert errors_of(raw) == [
        ("/skills/0/levels/0/requires/0/of/1/skill", "unknown-reference"),
        ("/skills/2/levels/0/requires/0/of/1/skill", "unknown-reference"),
        ("/skills/2/levels/0/requires/0/of/2/skill", "unknown-reference"),
    ]


def test_of_two_skills_with_one_id_either_may_be_meant() -> None:
    raw = document("a", "a 1 2 3", "b: a@3", "c: a@4")

    assert errors_of(raw) == [
        ("/skills/1/id", "duplicate-id"),
        ("/skills/3/levels/0/requires/0/level", "unknown-reference"),
    ]


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"/skills/0/alias": []}, "Unknown member 'alias'; did you mean 'aliases'?", id="typo"
        ),
        pytest.param({"/zzz": []}, "Unknown member 'zzz'.", id="nothing is near"),
        pytest.param({"/title": REMOVED}, "Member 'title' is missing.", id="missing"),
        pytest.param({"/title": None}, "This must be a string, not null.", id="wrong type"),
        pytest.param({"/title": {}}, "This must be a string, not an object.", id="an object"),
        pytest.param(
            {"/areas/0/leverage_rank": "1"},
            'This must be a whole number or null, not "1".',
            id="one of two types",
        ),
        pytest.param(
            {"/areas/0/leverage_rank": 0}, "This must not be less than 1.", id="too small"
        ),
        pytest.param(
            {"/roles/1/requires/0/weight": -1}, "This must be more than 0.", id="no weight"
        ),
        pytest.param(
            {"/skills/0/levels/0/basis": "guess"},
            "'guess' is none of 'estimate', 'measured', 'derived'.",
            id="none of the choices",
        ),
        pytest.param(
            {"/sources/0/url": "ftp://x"},
            "'ftp://x' does not fit: A link starts with http:// or https://.",
            id="the description of a pattern",
        ),
        pytest.param(
            {"/roles/0/requires/0/skill": "pyton"},
            "There is no skill 'pyton'; did you mean 'python'?",
            id="a misspelt reference",
        ),
        pytest.param(
            {"/roles/0/requires/0/level": 3},
            "Skill 'python' has levels 1 to 2, not 3.",
            id="a level above the top",
        ),
        pytest.param(
            {"/skills/1/tools": ["PYTHON"]},
            "'PYTHON' is a spelling of 'python' already.",
            id="a spelling of another skill",
        ),
        pytest.param(
            {"/areas/-": {"id": "coding", "name": "More"}},
            "The id 'coding' stands at /areas/0 already.",
            id="an id twice",
        ),
        pytest.param(
            {"/projects/0/effort_hours/low": 5},
            "'low' must not be more than 'likely': 5 is more than 2.",
            id="hours out of order",
        ),
    ],
)
def test_sentences_are_written_for_the_author(changes: dict[str, object], message: str) -> None:
    assert message_of(changed(changes)) == message


def test_a_sentence_shows_the_start_of_a_long_value_and_no_control_character() -> None:
    raw = changed({"/roles/0/requires/0/skill": "\n" + "x" * 1000})

    assert message_of(raw).startswith(r"There is no skill '\nxxx")
    assert len(message_of(raw)) < 200


def test_after_some_unknown_ids_nothing_more_is_suggested() -> None:
    raw = document("alpha", *(f"s{number}: alpna" for number in range(30)))

    messages = [defect.message for defect in check(raw) if defect.code == "unknown-reference"]

    assert len(messages) == 30
    assert messages[0] == "There is no skill 'alpna'; did you mean 'alpha'?"
    assert messages[-1] == "There is no skill 'alpna'."


# ---------------------------------------------------------------- warnings


@pytest.mark.parametrize(
    ("skills", "role", "expected"),
    [
        pytest.param(["a", "b: a", "c: a, b"], "c", ["/2/levels/0/requires/0"], id="implied"),
        pytest.param(
            ["a 1 1", "b: a@2, a@1"], "b", ["/1/levels/0/requires/1"], id="a higher level"
        ),
        pytest.param(
            ["a", "b 1 1: a; a"], "b@2", ["/1/levels/1/requires/0"], id="by the level below"
        ),
        pytest.param(["a 1 1: ; a"], "a@2", ["/0/levels/1/requires/0"], id="the level below"),
        pytest.param(["a: 1 of b", "b"], "a", ["/0/levels/0/requires/0"], id="a group of one"),
        pytest.param(
            ["a: b | b@2", "b 1 1"], "a", ["/0/levels/0/requires/0"], id="a skill at two levels"
        ),
        pytest.param(["a", "b: a", "c"], "c | c", ["/0", "/1"], id="a skill that no role needs"),
        pytest.param(["a", "b", "c: a | b"], "c", [], id="an alternative may be needed"),
    ],
)
def test_what_is_idle_is_a_warning(skills: list[str], role: str, expected: list[str]) -> None:
    raw = document(*skills, roles={"r": role})

    found = [item for item in warnings_of(raw) if item[0].startswith("/skills")]

    assert errors_of(raw) == []
    assert found == [(f"/skills{pointer}", "redundant") for pointer in expected]


@pytest.mark.parametrize(
    ("kept", "role", "expected"),
    [
        pytest.param(
            {"/skills/0/kept_for": "Profiles name it."}, "b", [], id="an excuse is heard"
        ),
        pytest.param(
            {"/skills/0/kept_for": "Profiles name it."},
            "a",
            [("/skills/0/kept_for", "redundant"), ("/skills/1", "redundant")],
            id="an excuse that is not true any more",
        ),
        pytest.param({"/roles": []}, "a", [], id="without roles any skill may be needed"),
    ],
)
def test_a_skill_may_say_what_it_is_kept_for(
    kept: dict[str, object], role: str, expected: Found
) -> None:
    raw = changed(kept, document("a", "b", roles={"r": role}))

    assert errors_of(raw) == []
    assert warnings_of(raw) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"/compensation/0/source": REMOVED}, [("/sources/1", "redundant")], id="unused source"
        ),
        pytest.param(
            {"/roles/1/requires/0/reason": " "},
            [("/roles/1/requires/0", "missing-reason")],
            id="a role's requirement without reason",
        ),
        pytest.param(
            {"/skills/2/levels/0/requires/1/reason": REMOVED},
            [("/skills/2/levels/0/requires/1", "missing-reason")],
            id="a prerequisite without reason",
        ),
        pytest.param(
            {"/profiles/0/skills/-": {"skill": "python", "level": 1}},
            [("/profiles/0/skills/1", "redundant")],
            id="a skill twice in one profile",
        ),
        pytest.param(
            {"/projects/0/proves/-": {"skill": "training", "level": 1}},
            [("/projects/0/proves/1", "redundant")],
            id="a skill twice in one project",
        ),
        pytest.param(
            {"/roles/0/requires/-": {"skill": "python", "level": 1, "reason": "Again."}},
            [("/roles/0/requires/2", "redundant")],
            id="a skill twice in one role",
        ),
        pytest.param(
            {"/roles/0/requires/-": {"skill": "training", "level": 1, "reason": "Itself."}},
            [],
            id="an alternative that a role asks for besides",
        ),
        pytest.param(
            {"/skills/1/levels/0/basis": "derived"},
            [("/skills/1/levels/0", "missing-source")],
            id="derived from nothing",
        ),
        pytest.param(
            {"/compensation/0/source": REMOVED, "/zzz": 1},
            [],
            id="nothing is called unused while something else is wrong",
        ),
    ],
)
def test_what_looks_like_a_mistake_is_a_warning(
    changes: dict[str, object], expected: Found
) -> None:
    assert warnings_of(changed(changes)) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        pytest.param([10, 10, 10, 10, 80], [], id="eight times the median"),
        pytest.param([10, 10, 10, 10, 80.01], [4], id="more than eight times"),
        pytest.param([10, 10, 10, 1.24, 80], [3], id="less than an eighth"),
        pytest.param([10, 10, 10, 1.25], [], id="an eighth"),
        pytest.param([10, 10, 10, 1000], [], id="too few to compare"),
        pytest.param([0, 0, 0, 5, 5], [3, 4], id="next to nothing, anything is far"),
    ],
)
def test_hours_far_from_like_levels_are_a_warning(hours: list[float], expected: list[int]) -> None:
    skills = [f"s{number} {likely}" for number, likely in enumerate(hours)]
    raw = document(*skills, roles={"r": ", ".join(f"s{n}" for n in range(len(hours)))})

    pointers = [f"/skills/{number}/levels/0/effort_hours/likely" for number in expected]
    assert warnings_of(raw) == [(pointer, "far-hours") for pointer in pointers]


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("at_limit", "beyond", "pointer"),
    [
        pytest.param(
            lambda: document("a" + " 1" * 8), lambda: _levels_of_scale(9), "/levels", id="levels"
        ),
        pytest.param(
            lambda: document("a" + " 1" * 8),
            lambda: changed({"/skills/0/levels": FULL["skills"][1]["levels"] * 9}),
            "/skills/0/levels",
            id="levels of a skill",
        ),
        pytest.param(
            lambda: _with_groups(64),
            lambda: _with_groups(65),
            "/skills/65/levels/0/requires",
            id="groups of a level",
        ),
        pytest.param(
            lambda: _with_options(64),
            lambda: _with_options(65),
            "/skills/65/levels/0/requires/0/of",
            id="options of a group",
        ),
        pytest.param(
            lambda: _with_role_options(64),
            lambda: _with_role_options(65),
            "/roles/0/requires/0/of",
            id="options of a role",
        ),
    ],
)
def test_up_to_the_limit_a_file_is_read_and_beyond_it_refused(
    at_limit: Callable[[], Document], beyond: Callable[[], Document], pointer: str
) -> None:
    assert errors_of(at_limit()) == []
    assert [(d.pointer, d.code) for d in check(beyond())] == [(pointer, "schema")]
    assert message_of(beyond()).startswith("The limit of '")


def test_a_hundred_thousand_skills_are_within_the_limit_and_one_more_is_not() -> None:
    assert list(beyond_limits({"skills": [{}] * MAX_SKILLS})) == []

    raw = {**FULL, "skills": [{}] * (MAX_SKILLS + 1)}
    assert message_of(raw) == "The limit of 'skills' is 100,000 entries; there are 100,001."


def test_an_unknown_layout_is_not_checked_any_further() -> None:
    raw = {"schema_version": 3, "nodes": []}

    assert message_of(raw) == "Layout 3 is not known; this service reads 1."


def _levels_of_scale(count: int) -> Document:
    return changed({"/levels": [{"level": n + 1} for n in range(count)]})


def _names(count: int) -> list[str]:
    return [f"s{number}" for number in range(count)]


def _with_groups(count: int) -> Document:
    return document(*_names(65), "top: " + ", ".join(_names(count)))


def _with_options(count: int) -> Document:
    return document(*_names(65), "top: " + " | ".join(_names(count)))


def _with_role_options(count: int) -> Document:
    return document(*_names(65), roles={"r": " | ".join(_names(count))})


# ---------------------------------------------------------------- files that cannot be read


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "It is empty.", id="empty"),
        pytest.param(b" \n", "The text is empty.", id="blank"),
        pytest.param(as_bytes(FULL)[:-100], "It is not JSON.", id="cut off"),
        pytest.param(b"[]", "its top level is not an object", id="a list"),
        pytest.param(b"null", "its top level is not an object", id="null"),
        pytest.param(b'{"title": "\xff"}', "not in UTF-8", id="bad UTF-8"),
        pytest.param(b"\n<!doctype html><p>Sign in</p>", "It is HTML or XML", id="HTML"),
        pytest.param(
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
            "It is a Git LFS pointer",
            id="a Git LFS pointer",
        ),
        pytest.param(bytes(4096), "NUL bytes", id="NULs"),
        pytest.param(b"[" * 50_000, "deeper than 32", id="50,000 deep"),
        pytest.param(b'{"a": ' * 50_000, "deeper than 32", id="50,000 objects deep"),
        pytest.param(b'{"a": 1, "a": 2}', "stands twice", id="a key twice"),
        pytest.param(b'{"a": NaN}', "NaN", id="not a number"),
        pytest.param(b'{"a": 1e999}', "too large", id="an infinite number"),
        pytest.param(b" " * (MAX_BYTES + 1), "larger than 64 MiB", id="too large"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    data: bytes, reason: str, tmp_path: Path
) -> None:
    file = tmp_path / "graph.json"
    file.write_bytes(data)

    for use in (load_graph, check_graph):
        with pytest.raises(UnreadableGraphError) as caught:
            use(file)
        assert caught.value.source == str(file)
        assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("missing.json", "There is no such file.", id="missing"),
        pytest.param(".", "It is a directory, not a file.", id="a directory"),
        pytest.param("file/graph.json", "It cannot be read: Not a directory.", id="within a file"),
        pytest.param("a\0b", "This is not the name of a file.", id="a NUL in the name"),
    ],
)
def test_a_path_that_leads_to_no_file_is_named_with_the_reason(
    name: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(UnreadableGraphError) as caught:
        load_graph(tmp_path / name)

    assert (caught.value.source, caught.value.reason) == (str(tmp_path / name), reason)


def test_an_empty_object_is_defective_and_says_what_is_missing() -> None:
    with pytest.raises(DefectiveGraphError) as caught:
        parse_graph(b"{}", "empty.json")

    assert str(caught.value).startswith("empty.json has 8 defects:")
    assert "Member 'skills' is missing." in str(caught.value)


# ---------------------------------------------------------------- whatever the file holds

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 10)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "python", "a b", "both", "-", "both", "\u200d"])
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "skill", "level", "of", "at_least", "levels", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        inner = [found for k, v in value.items() for found in _paths(v, (*path, k))]
    elif isinstance(value, list):
        inner = [found for k, v in enumerate(value) for found in _paths(v, (*path, k))]
    else:
        inner = []
    return [path, *inner] if path else inner


PATHS: Final = _paths(FULL)


def _mutated(mutations: list[tuple[tuple[str | int, ...], object]]) -> Document:
    raw = deepcopy(FULL)
    for path, value in mutations:
        place: Any = raw
        for token in path[:-1]:
            is_there = isinstance(place, dict | list) and token in (
                place if isinstance(place, dict) else range(len(place))
            )
            place = place[token] if is_there else {}
        if isinstance(place, dict):
            place[str(path[-1])] = value
        elif isinstance(place, list):
            place.insert(int(path[-1]) if isinstance(path[-1], int) else 0, value)
    return raw


@given(st.lists(st.tuples(st.sampled_from(PATHS), JSON), min_size=1, max_size=4).map(_mutated))
def test_whatever_is_changed_the_file_loads_or_its_defects_are_found(raw: Document) -> None:
    # `errors_of` fails where the loader and the check disagree, or anything else is raised.
    for pointer, _ in [*errors_of(raw), *warnings_of(raw)]:
        place: Any = raw
        for token in pointer.split("/")[1:]:
            name = token.replace("~1", "/").replace("~0", "~")
            place = place[int(name)] if isinstance(place, list) else place[name]


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_the_bytes_are_only_graph_errors_are_raised(data: bytes) -> None:
    with pytest.raises(GraphError):
        parse_graph(data, "test")


def test_a_load_leaves_the_garbage_collector_as_it_was() -> None:
    was_enabled = gc.isenabled()
    try:
        for switch in (gc.disable, gc.enable):
            switch()
            check(FULL)
            assert gc.isenabled() is (switch is gc.enable)
            with pytest.raises(GraphError):
                parse_graph(b"", "test")
            assert gc.isenabled() is (switch is gc.enable)
    finally:
        (gc.enable if was_enabled else gc.disable)()
