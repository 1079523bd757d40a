"""What names and documents were read as, as plain data."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from service.domain.graph import SkillGraph
from service.domain.naming.evidence import Extraction, Mention
from service.domain.naming.results import Ambiguous, Match, Resolution, Resolved, Suggestion
from service.domain.skill import SkillId

Members: TypeAlias = dict[str, Any]


def resolution_model(name: str, resolution: Resolution, graph: SkillGraph) -> Members:
    """Return what one name was read as."""
    match resolution:
        case Resolved(matches):
            skills = [_match(match, graph) for match in matches]
            several = {"skills": skills} if len(skills) > 1 else {}
            return {"input": name, "status": "resolved", **skills[0], **several}
        case Ambiguous(candidates):
            return {
                "input": name,
                "status": "ambiguous",
                "candidates": _named_all(candidates, graph),
            }
        case _:
            return {
                "input": name,
                "status": "unknown",
                "suggestions": _suggestions(resolution.suggestions, graph),
            }


def extraction_model(found: Extraction, graph: SkillGraph) -> Members:
    """Return what a document says about skills: each skill once, with all its evidence."""
    mentions: dict[SkillId, list[Mention]] = {}
    for mention in found.mentions:
        mentions.setdefault(mention.skill, []).append(mention)
    return {
        "graph_version": graph.catalogue.version,
        "skills": [
            {
                **_named(skill, graph),
                "level": _highest(skill, evidence, graph),
                "mentions": [_place(m.text, m.start, m.end, m.pointer) for m in evidence],
            }
            for skill, evidence in mentions.items()
        ],
        "ambiguous": [
            {
                **_place(item.text, item.start, item.end, item.pointer),
                "candidates": _named_all(item.candidates, graph),
            }
            for item in found.ambiguous
        ],
        "unknown": [
            {
                "text": item.text,
                "pointer": item.pointer,
                "suggestions": _suggestions(item.suggestions, graph),
            }
            for item in found.unknown
        ],
    }


def _match(match: Match, graph: SkillGraph) -> Members:
    return {
        **_named(match.skill, graph),
        "match": match.kind,
        "level": _within(match.skill, match.level, graph),
        "score": match.score,
    }


def _highest(skill: SkillId, evidence: Iterable[Mention], graph: SkillGraph) -> int | None:
    levels = [mention.level for mention in evidence if mention.level is not None]
    return _within(skill, max(levels, default=None), graph)


def _within(skill: SkillId, level: int | None, graph: SkillGraph) -> int | None:
    """Return a level on the skill's own scale: above its top it counts as its top."""
    return None if level is None else min(level, graph.skills[skill].top_level)


def _place(text: str, start: int, end: int, pointer: str) -> Members:
    return {"text": text, "start": start, "end": end, "pointer": pointer}


def _suggestions(suggestions: Iterable[Suggestion], graph: SkillGraph) -> list[Members]:
    return [{**_named(found.skill, graph), "score": found.score} for found in suggestions]


def _named_all(skills: Iterable[SkillId], graph: SkillGraph) -> list[Members]:
    return [_named(skill, graph) for skill in skills]


def _named(skill: SkillId, graph: SkillGraph) -> Members:
    return {"skill": skill, "name": graph.skills[skill].name}
