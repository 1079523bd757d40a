"""A checked document to the domain's values. Nothing is checked here."""

from typing import Any, TypeAlias

from service.adapters.graph_file import amounts
from service.adapters.graph_file.reading import Document
from service.domain.catalogue import (
    Advice,
    Area,
    Catalogue,
    CommonProfile,
    CompensationFact,
    Dimension,
    Level,
    Option,
    Overlap,
    Project,
    Question,
    Role,
    Source,
)
from service.domain.skill import (
    AreaId,
    Node,
    Requirement,
    RoleId,
    Skill,
    SkillId,
    SkillLevel,
    Spellings,
)

_Names: TypeAlias = tuple[str, ...]


def catalogue(document: Document, content_hash: str) -> Catalogue:
    """Return what a document without errors says."""
    return Catalogue(
        version=document["version"],
        as_of=document["as_of"],
        title=document["title"],
        content_hash=content_hash,
        levels=tuple(map(_scale_level, document["levels"])),
        areas=tuple(map(_area, document["areas"])),
        skills=tuple(map(_skill, document["skills"])),
        roles=tuple(map(_role, document["roles"])),
        sources=tuple(Source(**source) for source in document.get("sources", ())),
        profiles=tuple(map(_profile, document.get("profiles", ()))),
        comparison=tuple(map(_dimension, document.get("comparison", ()))),
        overlap=tuple(map(_overlap, document.get("overlap", ()))),
        projects=tuple(map(_project, document.get("projects", ()))),
        questions=tuple(map(_question, document.get("role_fit", {}).get("questions", ()))),
        compensation=tuple(CompensationFact(**f) for f in document.get("compensation", ())),
        advice=tuple(Advice(**advice) for advice in document.get("advice", ())),
    )


def _scale_level(entry: Document) -> Level:
    return Level(
        level=int(entry["level"]),
        id=entry["id"],
        name=entry["name"],
        aliases=_names(entry, "aliases"),
        description=entry.get("description", ""),
    )


def _area(entry: Document) -> Area:
    return Area(
        id=AreaId(entry["id"]),
        name=entry["name"],
        description=entry.get("description", ""),
        overlap=entry.get("overlap", False),
        leverage_rank=_whole(entry.get("leverage_rank")),
    )


def _skill(entry: Document) -> Skill:
    return Skill(
        id=SkillId(entry["id"]),
        name=entry["name"],
        area=AreaId(entry["area"]),
        levels=tuple(map(_skill_level, entry["levels"])),
        description=entry.get("description", ""),
        spellings=Spellings(
            aliases=_names(entry, "aliases"),
            exact_aliases=_names(entry, "exact_aliases"),
            shared_aliases=_names(entry, "shared_aliases"),
            tools=_names(entry, "tools"),
        ),
        same_as=tuple(entry.get("same_as", {}).items()),
        kept_for=entry.get("kept_for", ""),
    )


def _skill_level(entry: Document) -> SkillLevel:
    return SkillLevel(
        effort=amounts.effort(entry["effort_hours"]),
        requires=tuple(map(requirement, entry.get("requires", ()))),
        outcome=entry.get("outcome", ""),
        basis=entry.get("basis", "estimate"),
        sources=_names(entry, "sources"),
    )


def requirement(entry: Document) -> Requirement:
    """Return a checked requirement of a level or a role."""
    return Requirement(
        options=tuple(map(_node, entry.get("of", (entry,)))),
        at_least=int(entry.get("at_least", 1)),
        reason=entry.get("reason", ""),
        weight=amounts.weight(entry.get("weight", 1)),
    )


def _node(entry: Document) -> Node:
    return Node(SkillId(entry["skill"]), int(entry["level"]))


def _role(entry: Document) -> Role:
    return Role(
        id=RoleId(entry["id"]),
        name=entry["name"],
        requires=tuple(map(requirement, entry["requires"])),
        aliases=_names(entry, "aliases"),
        layer=entry.get("layer", ""),
        summary=entry.get("summary", ""),
        day=_names(entry, "day"),
        characteristics=_names(entry, "characteristics"),
        stack=_names(entry, "stack"),
    )


def _profile(entry: Document) -> CommonProfile:
    return CommonProfile(
        id=entry["id"],
        name=entry["name"],
        skills=tuple(map(_node, entry["skills"])),
        description=entry.get("description", ""),
    )


def _dimension(entry: Document) -> Dimension:
    return Dimension(entry["id"], entry["name"], _by_role(entry))


def _overlap(entry: Document) -> Overlap:
    return Overlap(AreaId(entry["area"]), entry.get("summary", ""), _by_role(entry))


def _by_role(entry: Document) -> tuple[tuple[RoleId, str], ...]:
    return tuple((RoleId(role), text) for role, text in entry.get("by_role", {}).items())


def _project(entry: Document) -> Project:
    hours = entry.get("effort_hours")
    return Project(
        id=entry["id"],
        name=entry["name"],
        summary=entry.get("summary", ""),
        roles=tuple(map(RoleId, entry.get("roles", ()))),
        order=_whole(entry.get("order")),
        effort=amounts.effort(hours) if hours else None,
        proves=tuple(map(_node, entry.get("proves", ()))),
    )


def _question(entry: Document) -> Question:
    return Question(entry["id"], entry["text"], tuple(map(_option, entry["options"])))


def _option(entry: Document) -> Option:
    return Option(
        id=entry["id"],
        text=entry["text"],
        points=tuple((RoleId(role), int(points)) for role, points in entry["points"].items()),
        reason=entry.get("reason", ""),
    )


def _names(entry: Document, member: str) -> _Names:
    return tuple(entry.get(member, ()))


def _whole(value: Any) -> int | None:  # noqa: ANN401  a JSON number, whole but perhaps 2.0
    return None if value is None else int(value)
