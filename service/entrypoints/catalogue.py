"""Roles and skills of the graph as plain data, in full and in lists."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from service.domain.catalogue import Role
from service.domain.graph import SkillGraph
from service.domain.skill import Node, Requirement, RoleId, Skill, SkillId
from service.entrypoints.paths import hours

Members: TypeAlias = dict[str, Any]


def role_model(role: Role, graph: SkillGraph) -> Members:
    """Return everything that the graph says about a role."""
    return {
        "role": role.id,
        "name": role.name,
        "aliases": role.aliases,
        "layer": role.layer,
        "summary": role.summary,
        "day": role.day,
        "characteristics": role.characteristics,
        "stack": role.stack,
        "requires": [
            {**_group(requirement, graph), "weight": float(requirement.weight)}
            for requirement in role.requires
        ],
    }


def skill_entry(skill: Skill) -> Members:
    """Return what a list says about a skill."""
    return {
        "skill": skill.id,
        "name": skill.name,
        "area": skill.area,
        "description": skill.description,
        "top_level": skill.top_level,
    }


def skill_model(skill: Skill, graph: SkillGraph) -> Members:
    """Return everything that the graph says about a skill, and what rests on it."""
    return {
        **skill_entry(skill),
        "aliases": [*skill.spellings.aliases, *skill.spellings.exact_aliases],
        "tools": skill.spellings.tools,
        "same_as": dict(skill.same_as),
        "levels": [_level(level, skill, graph) for level in range(1, skill.top_level + 1)],
        "unlocks": list(_unlocked(skill, graph)),
        "needed_by": list(_needing(skill.id, graph)),
    }


def _group(requirement: Requirement, graph: SkillGraph) -> Members:
    return {
        "at_least": requirement.at_least,
        "of": [_node(node, graph) for node in requirement.options],
        "reason": requirement.reason,
    }


def _node(node: Node, graph: SkillGraph) -> Members:
    return {"skill": node.skill, "name": graph.skills[node.skill].name, "level": node.level}


def _level(level: int, skill: Skill, graph: SkillGraph) -> Members:
    stage = skill.levels[level - 1]
    return {
        "level": level,
        "name": graph.catalogue.levels[level - 1].name,
        "outcome": stage.outcome,
        "hours": hours(stage.effort),
        "basis": stage.basis,
        "sources": stage.sources,
        "requires": [_group(requirement, graph) for requirement in stage.requires],
    }


def _unlocked(skill: Skill, graph: SkillGraph) -> Iterator[Members]:
    """Yield what lists a level of the skill among its prerequisites, in catalogue order."""
    own = graph.levels_up_to(Node(skill.id, skill.top_level))
    by_above = {above: position for position in own for above in graph.dependents[position]}
    for above in sorted(by_above):
        if above not in own:
            yield {**_node(graph.nodes[above], graph), "with_level": by_above[above] - own[0] + 1}


def _needing(skill: SkillId, graph: SkillGraph) -> Iterator[Members]:
    """Yield the roles that ask for a skill, or cannot be reached without it, in file order."""
    for role in graph.roles.values():
        yield from _needed_by(role, skill, graph)


def _needed_by(role: Role, skill: SkillId, graph: SkillGraph) -> Iterator[Members]:
    asked = False
    for requirement in role.requires:
        for node in requirement.options:
            if node.skill == skill:
                asked = True
                is_choice = requirement.at_least < len(requirement.lowest_options())
                yield _need(role, node.level, "alternative" if is_choice else "required")
    if asked:
        return
    level = max((node.level for node in _below(role.id, graph) if node.skill == skill), default=0)
    if level:
        yield _need(role, level, "prerequisite")


def _need(role: Role, level: int, how: str) -> Members:
    return {"role": role.id, "name": role.name, "level": level, "how": how}


def _below(role_id: RoleId, graph: SkillGraph) -> Iterable[Node]:
    """Return what a role compulsorily rests on, transitively; O(N + E)."""
    groups = [graph.group(requirement) for requirement in graph.roles[role_id].requires]
    frontier = [option for group in groups if group.is_compulsory for option in group.options]
    seen = set(frontier)
    while frontier:
        for below in graph.compulsory[frontier.pop()]:
            if below not in seen:
                seen.add(below)
                frontier.append(below)
    return (graph.nodes[position] for position in seen)
