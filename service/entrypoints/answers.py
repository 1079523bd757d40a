"""The answer to an assessment as bytes: a part that all equal questions share, and the echo.

The shared part can be kept and given to everyone who asks the same; only the echo, the members
of ``profile`` that repeat the caller's own words, is made for each request.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import nextafter
from typing import Any, Final, TypeAlias

import orjson

from service.application.assess import Assessment, Standing
from service.application.request import NotUnderstood, Reading
from service.domain.graph import SkillGraph
from service.domain.knowledge import KnowledgeState
from service.domain.learning_path import Decision, LearningPath, Proof, Step, in_hours
from service.domain.skill import HUNDREDTHS, Effort, Node, SkillId
from service.entrypoints import wording

Members: TypeAlias = dict[str, Any]

ECHO: Final = b"\0"
"""Where the echo goes. JSON never holds this byte: a NUL in a string is written as an escape."""

BELOW_ONE: Final = nextafter(1.0, 0.0)


def render(assessment: Assessment, graph: SkillGraph) -> bytes:
    """Return an answer with the byte `ECHO` once, at the end of ``profile``."""
    path = assessment.path
    hours_per_week = assessment.question.hours_per_week
    return orjson.dumps(
        {
            "graph_version": graph.catalogue.version,
            "as_of": graph.catalogue.as_of,
            "target": {"kind": assessment.question.target.kind, "roles": assessment.reached},
            "profile": orjson.Fragment(_profile(assessment.state, graph)),
            "roles": [_standing(standing, graph) for standing in assessment.standings],
            "path": {
                "hours": hours(path.effort),
                "weeks": _weeks(path.effort.likely, hours_per_week),
                "steps": _steps(path.steps, hours_per_week, graph),
                "learnable_now": assessment.learnable_now,
                "certificate": _certificate(path),
            },
            "sources": _sources(path.steps, graph),
        }
    )


def with_echo(rendered: bytes, reading: Reading, graph: SkillGraph) -> bytes:
    """Return a rendered answer with the members that repeat the caller's own words."""
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
    before, _, after = rendered.partition(ECHO)
    return b"".join((before, b",", echo[1:-1], after))


def hours(effort: Effort) -> Members:
    """Return study time as a range in hours."""
    return {
        "low": in_hours(effort.low),
        "likely": in_hours(effort.likely),
        "high": in_hours(effort.high),
    }


def readiness(exact: Fraction) -> float:
    """Return a readiness as the nearest number, but 1 only for exactly 1.

    Example:
        >>> readiness(Fraction(10**17 - 1, 10**17))
        0.9999999999999999
    """
    return 1.0 if exact == 1 else min(float(exact), BELOW_ONE)


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
        "readiness": readiness(standing.readiness),
        "hours": hours(standing.effort),
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
        "areas": [{"area": area, "readiness": readiness(share)} for area, share in standing.areas],
    }


def _steps(
    steps: Sequence[Step], hours_per_week: float | None, graph: SkillGraph
) -> list[Members]:
    before = 0
    written = []
    for order, step in enumerate(steps, start=1):
        after = before + step.effort.likely
        pace = [_weeks(before, hours_per_week), _weeks(after, hours_per_week)]
        when = {"hours_so_far": in_hours(after), "weeks": pace if hours_per_week else None}
        written.append({"order": order, **_what(step, graph), **when, **_why(step, graph)})
        before = after
    return written


def _what(step: Step, graph: SkillGraph) -> Members:
    return {
        **_node(step.node, graph),
        "area": graph.skills[step.node.skill].area,
        "hours": hours(step.effort),
    }


def _why(step: Step, graph: SkillGraph) -> Members:
    why: Members = {
        "needed_for": [
            {"role": need.role, "requirement": need.requirement} for need in step.needed_for
        ],
        "because": wording.because(step, graph),
    }
    if step.decision:
        why["choice"] = _choice(step.decision)
    return {
        **why,
        "unlocks": step.unlocks,
        "serves_roles": step.serves_roles,
        "basis": graph.skills[step.node.skill].levels[step.node.level - 1].basis,
    }


def _choice(decision: Decision) -> Members:
    return {
        "instead_of": _bare(decision.instead_of),
        "saves_hours": in_hours(decision.saves),
    }


def _bare(nodes: Iterable[Node]) -> list[Members]:
    return [{"skill": node.skill, "level": node.level} for node in nodes]


def _weeks(hundredths: int, hours_per_week: float | None) -> float | None:
    if hours_per_week is None:
        return None
    return round(hundredths / (HUNDREDTHS * hours_per_week), 2)


def _certificate(path: LearningPath) -> Members:
    proof = path.proof
    return {
        "status": "optimal" if proof.is_optimal else "feasible",
        "lower_bound_hours": in_hours(proof.lower_bound),
        "gap": _gap(path.effort.likely, proof),
        "proof": "landmarks" if proof.by_landmarks else "search",
        "landmarks": [
            {"hours": in_hours(price), "any_of": _bare(nodes)} for price, nodes in proof.landmarks
        ],
    }


def _gap(likely: int, proof: Proof) -> float:
    """Return how far the path may be from the best, as a share of its own hours."""
    return (likely - proof.lower_bound) / likely if likely else 0.0


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
