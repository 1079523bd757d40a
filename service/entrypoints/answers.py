"""The answer to an assessment as bytes: a part that all equal questions share, and the echo.

The shared part can be kept and given to everyone who asks the same; only the echo, the members
of ``profile`` that repeat the caller's own words, is made for each request.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import orjson

from service.application.assess import Assessment, Standing
from service.application.extras import Difference, Lever
from service.application.request import NotUnderstood, Reading
from service.domain.graph import SkillGraph
from service.domain.knowledge import KnowledgeState
from service.domain.learning_path import Step, in_hours
from service.domain.optionality import Optionality
from service.domain.skill import Node, SkillId, highest_levels
from service.entrypoints import paths, wording

Members: TypeAlias = dict[str, Any]

ECHO: Final = b"\0"
"""Where the echo goes. JSON never holds this byte: a NUL in a string is written as an escape."""


def render(assessment: Assessment, graph: SkillGraph) -> bytes:
    """Return an answer with the byte `ECHO` once, at the end of ``profile``."""
    path, pace = assessment.path, assessment.pace
    answer: Members = {
        "graph_version": graph.catalogue.version,
        "as_of": graph.catalogue.as_of,
        "target": _target(assessment),
        "profile": orjson.Fragment(_profile(assessment.state, graph)),
        "roles": [_standing(standing, graph) for standing in assessment.standings],
        "path": {
            **paths.overview(path.effort, pace),
            "steps": paths.steps(path.steps, pace, graph),
            "learnable_now": assessment.learnable_now,
            "projects": [paths.project(placed) for placed in assessment.projects],
            "certificate": paths.certificate(path),
        },
        "first_90_days": _first_days(assessment, graph),
        "highest_leverage": [_lever(lever, graph) for lever in assessment.levers.top],
        "highest_leverage_exact": assessment.levers.is_exact,
        "both": _together(assessment.together),
        "alternatives": [
            paths.alternative(detour, pace, graph) for detour in assessment.detours.paths
        ],
        "alternatives_complete": assessment.detours.is_complete,
    }
    if assessment.spending:
        answer["within_budget"] = paths.spending(assessment.spending, pace, graph)
    if assessment.difference:
        answer["difference"] = _difference(assessment.difference)
    return orjson.dumps({**answer, "sources": _sources(path.steps, graph)})


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer: the caller's own beginning, then what all equal questions share.

    Attributes:
        own: Up to the end of ``profile``.
        common: The rendered answer, of which the rest is taken.
        begins: Where in it that begins.
    """

    own: bytes
    common: bytes
    begins: int

    def __len__(self) -> int:
        """Return the number of bytes."""
        return len(self.own) + len(self.common) - self.begins

    def __bytes__(self) -> bytes:
        """Return the whole."""
        return b"".join((self.own, memoryview(self.common)[self.begins :]))


def with_echo(rendered: bytes, reading: Reading, graph: SkillGraph) -> bytes:
    """Return a rendered answer with the members that repeat the caller's own words."""
    return bytes(answer_to(rendered, reading, graph))


def answer_to(rendered: bytes, reading: Reading, graph: SkillGraph) -> Answer:
    """Return the same in the pieces that it is made of."""
    echo = orjson.dumps(
        {
            "inputs": [
                {
                    "input": claim.text,
                    "skill": claim.skill,
                    "level": claim.level,
                    "match": claim.match,
                }
                for claim in reading.understood
            ],
            "ambiguous": [_ambiguous(claim, graph) for claim in reading.ambiguous],
            "unknown": [_unknown(claim, graph) for claim in reading.unknown],
            "notice": wording.notice(reading),
        }
    )
    place = rendered.index(ECHO)
    return Answer(b"".join((rendered[:place], b",", echo[1:-1])), rendered, place + len(ECHO))


def _target(assessment: Assessment) -> Members:
    target = assessment.question.target
    return {
        "kind": target.kind,
        "roles": assessment.reached,
        "requirements": [
            {
                "at_least": asked.at_least,
                "of": paths.bare(asked.options),
                "weight": float(asked.weight),
            }
            for asked in target.requirements
        ],
    }


def _profile(state: KnowledgeState, graph: SkillGraph) -> bytes:
    credited = [
        {**_node(credit.node, graph), "because": credit.because} for credit in state.credited
    ]
    known = [_node(node, graph) for node in state.known]
    return orjson.dumps({"known": known, "credited": credited})[:-1] + ECHO + b"}"


def _node(node: Node, graph: SkillGraph) -> Members:
    return {**_named(node.skill, graph), "level": node.level}


def _named(skill: SkillId, graph: SkillGraph) -> Members:
    return {"skill": skill, "name": graph.skills[skill].name}


def _ambiguous(claim: NotUnderstood, graph: SkillGraph) -> Members:
    return {
        "input": claim.text,
        "candidates": [_named(skill, graph) for skill in claim.candidates],
    }


def _unknown(claim: NotUnderstood, graph: SkillGraph) -> Members:
    return {
        "input": claim.text,
        "suggestions": [
            {**_named(skill, graph), "score": score} for skill, score in claim.suggestions
        ],
    }


def _standing(standing: Standing, graph: SkillGraph) -> Members:
    return {
        "role": standing.role.id,
        "name": standing.role.name,
        "readiness": paths.readiness(standing.readiness),
        "hours": paths.hours(standing.effort),
        "gaps": [
            {
                **_named(gap.skill, graph),
                "have": gap.have,
                "need": gap.need,
                "weight": float(gap.weight),
                "area": graph.skills[gap.skill].area,
            }
            for gap in standing.gaps
        ],
        "areas": [
            {"area": area, "readiness": paths.readiness(share)} for area, share in standing.areas
        ],
    }


def _first_days(assessment: Assessment, graph: SkillGraph) -> Members | None:
    if assessment.first_days is None:
        return None
    first, reached = assessment.first_days
    return {
        "days": first.days,
        "last_date": paths.date_text(first.last_day),
        "hours": in_hours(first.time),
        "steps_done": len(first.done),
        "skills": [_node(node, graph) for node in _highest(first.done)],
        "begun": None if first.begun is None else _node(first.begun.node, graph),
        "projects": [placed.project.id for placed in first.projects],
        "readiness_after": paths.readiness(reached),
    }


def _highest(steps: Iterable[Step]) -> list[Node]:
    """Return each skill once, at the highest level that some steps lead to."""
    return list(map(Node._make, highest_levels(step.node for step in steps).items()))


def _lever(lever: Lever, graph: SkillGraph) -> Members:
    return {
        **_node(lever.node, graph),
        "saves_hours": {role: in_hours(saved) for role, saved in lever.saves},
        "saves_path_hours": in_hours(lever.saves_path),
    }


def _together(together: Optionality | None) -> Members | None:
    if together is None:
        return None
    return {
        "hours": paths.hours(together.effort),
        "shared_hours": in_hours(together.shared),
        "extra_hours_after_nearest": in_hours(together.extra),
        "common_start": {
            "hours": in_hours(together.common_effort),
            "steps": paths.bare(together.common_start),
        },
    }


def _difference(difference: Difference) -> Members:
    return {
        "roles_before": difference.reached_before,
        "hours_before": paths.hours(difference.effort_before),
        "saves_hours": in_hours(difference.saved),
        "readiness_before": paths.readiness(difference.readiness_before),
        "readiness_after": paths.readiness(difference.readiness),
        "steps_less": paths.bare(difference.spared),
        "steps_more": paths.bare(difference.gained),
    }


def _sources(steps: Iterable[Step], graph: SkillGraph) -> list[Members]:
    used = Counter(
        source
        for step in steps
        for source in graph.skills[step.node.skill].levels[step.node.level - 1].sources
    )
    return [
        {"id": source.id, "title": source.title, "used_for": used[source.id]}
        for source in graph.catalogue.sources
        if used[source.id]
    ]
