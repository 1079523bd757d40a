"""Short ways to write test data: `graph("python 10 20", "ml 40: python@2")`.

One line a skill: its id, the likely hours of its levels (one level of 10 hours where none are
given), and after a colon what the levels require: ``;`` between levels, ``,`` between
requirements, ``|`` between alternatives, ``2 of`` before them where it takes several.
A skill stands at level 1 unless ``@`` says otherwise.

    "rag 6 8 20: embeddings, python@2 | typescript; ; 2 of ragas | langfuse | phoenix"

A role's line is written like one level, each requirement with its weight after ``*``:

    {"ai-engineer": "rag@3 *3, aws | gcp"}
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from service.adapters.graph_file import building, parse_graph
from service.domain.graph import SkillGraph
from service.domain.skill import Requirement

Document: TypeAlias = dict[str, Any]

LEVEL_IDS = ("aware", "working", "proficient", "expert", "fifth", "sixth", "seventh", "eighth")
USUAL_SCALE = 4


def graph(*skills: str, roles: Mapping[str, str] | None = None, **members: object) -> SkillGraph:
    """Return the graph that the loader makes of `document` with the same arguments."""
    return parse_graph(as_bytes(document(*skills, roles=roles, **members)), "test")


def document(*skills: str, roles: Mapping[str, str] | None = None, **members: object) -> Document:
    """Return a graph document.

    Args:
        skills: One line a skill.
        roles: One line a role, by id; by default one role, ``target``, that asks for the last
            skill at its top level.
        members: Further top-level members, or others in place of the usual ones.
    """
    entries = [_skill(line) for line in skills]
    top = max((len(entry["levels"]) for entry in entries), default=1)
    return {
        "schema_version": 1,
        "version": "2026.1.1",
        "as_of": "2026-01-01",
        "title": "A small graph",
        "levels": [_scale_level(level) for level in range(1, max(top, USUAL_SCALE) + 1)],
        "areas": [{"id": "general", "name": "General"}],
        "skills": entries,
        "roles": [_role(*item) for item in (roles or _last_skill(entries)).items()],
        **members,
    }


def graph_of(raw: Document) -> SkillGraph:
    """Return the graph that the loader makes of a raw document."""
    return parse_graph(as_bytes(raw), "test")


def requirements_of(groups: Sequence[Document]) -> tuple[Requirement, ...]:
    """Return raw groups as the requirements that the loader makes of them."""
    return tuple(building.requirement(dict(group)) for group in groups)


def as_bytes(value: object) -> bytes:
    """Return the bytes of a graph file."""
    return json.dumps(value, ensure_ascii=False).encode()


def _skill(line: str) -> Document:
    head, _, tail = line.partition(":")
    name, *hours = head.split()
    requires = [_requirements(level) for level in tail.split(";")]
    levels = [_level(float(likely)) for likely in hours or ["10"]]
    for level, required in zip(levels, requires, strict=False):
        level["requires"] = required
    return {"id": name, "name": _name(name), "area": "general", "levels": levels}


def _level(likely: float) -> Document:
    return {"effort_hours": {"low": likely, "likely": likely, "high": likely}}


def _role(role_id: str, line: str) -> Document:
    return {"id": role_id, "name": _name(role_id), "requires": _requirements(line)}


def _requirements(line: str) -> list[Document]:
    return [_requirement(text) for text in line.split(",") if text.strip()]


def _requirement(text: str) -> Document:
    asked, _, weight = text.partition("*")
    count, separator, alternatives = asked.rpartition(" of ")
    options = [_node(option) for option in alternatives.split("|")]
    is_group = bool(separator) or len(options) > 1
    required = {"at_least": int(count or 1), "of": options} if is_group else options[0]
    return {**required, "reason": "So it is."} | ({"weight": float(weight)} if weight else {})


def _node(text: str) -> Document:
    skill, _, level = text.strip().partition("@")
    return {"skill": skill, "level": int(level or 1)}


def _scale_level(level: int) -> Document:
    return {"level": level, "id": LEVEL_IDS[level - 1], "name": LEVEL_IDS[level - 1].title()}


def _last_skill(entries: list[Document]) -> Mapping[str, str]:
    return {"target": f"{entries[-1]['id']}@{len(entries[-1]['levels'])}"} if entries else {}


def _name(entry_id: str) -> str:
    return entry_id.replace("-", " ").capitalize()
