"""Common profiles, the comparison of roles and the role fit as plain data."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from service.domain.catalogue import CommonProfile, CompensationFact, Question, Role
from service.domain.comparison import Comparison, Part, Stretch
from service.domain.graph import SkillGraph
from service.domain.role_fit import Given, RoleFit, Tally
from service.domain.skill import Effort, RoleId
from service.entrypoints.paths import hours

Members: TypeAlias = dict[str, Any]


def profile_model(profile: CommonProfile, graph: SkillGraph) -> Members:
    """Return everything that the graph says about a common profile."""
    skills = sorted(profile.skills, key=lambda node: graph.first_position(node.skill))
    return {
        "profile": profile.id,
        "name": profile.name,
        "description": profile.description,
        "skills": [
            {"skill": node.skill, "name": graph.skills[node.skill].name, "level": node.level}
            for node in skills
        ],
    }


def comparison_model(
    comparison: Comparison, efforts: Mapping[RoleId, Effort], graph: SkillGraph
) -> Members:
    """Return roles side by side.

    Args:
        comparison: Their paths.
        efforts: What the path to each takes, in the order asked.
        graph: Where the paths lie.
    """
    catalogue = graph.catalogue
    return {
        "graph_version": catalogue.version,
        "as_of": catalogue.as_of,
        "roles": [_compared(graph.roles[role], effort) for role, effort in efforts.items()],
        "dimensions": [
            {"dimension": line.id, "name": line.name, "by_role": _words(line.by_role, efforts)}
            for line in catalogue.comparison
        ],
        "overlap": _overlap(graph, efforts),
        "shared": _part(comparison.shared, graph),
        "distinct": [{"role": role, **_part(part, graph)} for role, part in comparison.distinct],
        "compensation": _compensation(graph),
    }


def questions_model(graph: SkillGraph) -> Members:
    """Return the questions that help to choose a role."""
    return {
        "graph_version": graph.catalogue.version,
        "questions": [_question(question) for question in graph.catalogue.questions],
    }


def fit_model(fit: RoleFit, graph: SkillGraph) -> Members:
    """Return which role suits, and why."""
    return {
        "graph_version": graph.catalogue.version,
        "roles": [_tally(tally, graph) for tally in fit.ranked],
        "lead": fit.lead,
        "too_close_to_call": fit.is_too_close,
        "decided_by": [_reason(given, fit.ranked[0].role) for given in fit.decisive],
        "unanswered": [question.id for question in fit.unanswered],
        "unanswered_may_turn_it": fit.is_open,
        "summary": _summary(fit, graph),
    }


def _compared(role: Role, effort: Effort) -> Members:
    return {
        "role": role.id,
        "name": role.name,
        "layer": role.layer,
        "summary": role.summary,
        "hours": hours(effort),
    }


def _words(by_role: Iterable[tuple[RoleId, str]], asked: Mapping[RoleId, Effort]) -> list[Members]:
    said = dict(by_role)
    return [{"role": role, "text": said[role]} for role in asked if role in said]


def _overlap(graph: SkillGraph, asked: Mapping[RoleId, Effort]) -> list[Members]:
    said = {overlap.area: overlap for overlap in graph.catalogue.overlap}
    areas = [area for area in graph.catalogue.areas if area.overlap]
    areas.sort(key=lambda area: (area.leverage_rank is None, area.leverage_rank or 0))
    return [
        {
            "area": area.id,
            "name": area.name,
            "leverage_rank": area.leverage_rank,
            "summary": said[area.id].summary if area.id in said else area.description,
            "by_role": _words(said[area.id].by_role if area.id in said else (), asked),
        }
        for area in areas
    ]


def _part(part: Part, graph: SkillGraph) -> Members:
    return {
        "hours": hours(part.effort),
        "skills": [_stretch(stretch, graph) for stretch in part.stretches],
    }


def _stretch(stretch: Stretch, graph: SkillGraph) -> Members:
    skill = graph.skills[stretch.skill]
    return {
        "skill": skill.id,
        "name": skill.name,
        "area": skill.area,
        "above": stretch.above,
        "level": stretch.level,
        "hours": hours(stretch.effort),
    }


def _compensation(graph: SkillGraph) -> list[Members]:
    titles = {source.id: source.title for source in graph.catalogue.sources}
    return [_fact(fact, titles) for fact in graph.catalogue.compensation]


def _fact(fact: CompensationFact, titles: Mapping[str, str]) -> Members:
    return {
        "fact": fact.id,
        "statement": fact.statement,
        "as_of": fact.as_of,
        "region": fact.region,
        "source": titles.get(fact.source) if fact.source else None,
    }


def _question(question: Question) -> Members:
    return {
        "question": question.id,
        "text": question.text,
        "options": [{"option": option.id, "text": option.text} for option in question.options],
    }


def _tally(tally: Tally, graph: SkillGraph) -> Members:
    return {
        "role": tally.role,
        "name": graph.roles[tally.role].name,
        "points": tally.points,
        "share": tally.points / tally.most if tally.most else 0.0,
        "reasons": [_reason(given, tally.role) for given in tally.speaking],
    }


def _reason(given: Given, role: RoleId) -> Members:
    return {
        "question": given.question.id,
        "option": given.option.id,
        "answer": given.option.text,
        "points": dict(given.option.points).get(role, 0),
        "reason": given.option.reason,
    }


def _summary(fit: RoleFit, graph: SkillGraph) -> str:
    names = [graph.roles[tally.role].name for tally in fit.ranked]
    if len(names) == 1:
        return f"The only role is {names[0]}."
    if fit.lead == 0:
        verdict = f"{names[0]} and {names[1]} draw level."
    elif fit.is_too_close:
        verdict = f"{names[0]} leads {names[1]} by {fit.lead}, but a single answer decides it."
    else:
        verdict = f"{names[0]} leads {names[1]} by {fit.lead}, whichever answer is left out."
    if fit.unanswered and fit.is_open:
        return f"{verdict} The questions left out could still turn it."
    return verdict
