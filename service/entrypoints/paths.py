"""Paths as plain data: steps with hours, weeks, dates and reasons, projects, proofs."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import nextafter
from typing import Any, Final, TypeAlias

from service.application.extras import Detour, Spending
from service.domain.graph import SkillGraph
from service.domain.learning_path import Decision, LearningPath, Proof, Step, in_hours
from service.domain.schedule import Pace, Placement, finish
from service.domain.skill import Effort, Node
from service.entrypoints import wording

Members: TypeAlias = dict[str, Any]

BELOW_ONE: Final = nextafter(1.0, 0.0)
_RANGE: Final = ("low", "likely", "high")


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


def date_text(day: date | None) -> str | None:
    """Return a day as JSON has it."""
    return None if day is None else day.isoformat()


def overview(effort: Effort, pace: Pace | None) -> Members:
    """Return how long a path takes: in hours, and at a pace in weeks and by dates."""
    if pace is None:
        return {"hours": hours(effort), "weeks": None, "finish_date": None, "finish": None}
    done = finish(effort, pace)
    return {
        "hours": hours(effort),
        "weeks": done.weeks[1],
        "finish_date": date_text(done.days[1]),
        "finish": {
            "weeks": dict(zip(_RANGE, done.weeks, strict=True)),
            "dates": _dates(done.days),
            "range": wording.RANGE,
        },
    }


def _dates(days: Sequence[date | None]) -> Members | None:
    if None in days:
        return None
    return dict(zip(_RANGE, map(date_text, days), strict=True))


def steps(steps: Iterable[Step], pace: Pace | None, graph: SkillGraph) -> list[Members]:
    """Return steps in full, with what they add up to."""
    before = 0
    written = []
    for order, step in enumerate(steps, start=1):
        after = before + step.effort.likely
        skill = graph.skills[step.node.skill]
        weeks, dates = (None, None) if pace is None else _when(before, after, pace)
        members: Members = {
            "order": order,
            "skill": skill.id,
            "name": skill.name,
            "level": step.node.level,
            "area": skill.area,
            "hours": hours(step.effort),
            "hours_so_far": in_hours(after),
            "weeks": weeks,
            "dates": dates,
            "needed_for": [
                {"role": need.role, "requirement": need.requirement} for need in step.needed_for
            ],
            "because": wording.because(step, graph),
        }
        if step.decision:
            members["choice"] = _choice(step.decision)
        members["unlocks"] = step.unlocks
        members["serves_roles"] = step.serves_roles
        members["basis"] = skill.levels[step.node.level - 1].basis
        written.append(members)
        before = after
    return written


def _when(before: int, after: int, pace: Pace) -> tuple[list[float], list[str] | None]:
    """Return the weeks and the days on which a step begins and ends."""
    first, last = pace.day_after(before), pace.last_day(after)
    weeks = [pace.weeks(before), pace.weeks(after)]
    if first is None or last is None:
        return weeks, None
    return weeks, [first.isoformat(), max(first, last).isoformat()]


def _choice(decision: Decision) -> Members:
    return {
        "instead_of": bare(decision.instead_of),
        "saves_hours": in_hours(decision.saves),
    }


def bare(nodes: Iterable[Node]) -> list[Members]:
    """Return nodes as skills with their levels."""
    return [{"skill": node.skill, "level": node.level} for node in nodes]


def project(placed: Placement) -> Members:
    """Return a project in its place on a path."""
    effort = placed.project.effort
    return {
        "project": placed.project.id,
        "name": placed.project.name,
        "summary": placed.project.summary,
        "after_step": placed.after_step,
        "hours": None if effort is None else hours(effort),
    }


def alternative(detour: Detour, pace: Pace | None, graph: SkillGraph) -> Members:
    """Return a further path, and what it does differently."""
    return {
        "difference": wording.difference(detour, graph),
        "extra_hours": in_hours(detour.extra),
        "steps_more": bare(detour.gained),
        "steps_less": bare(detour.spared),
        **overview(detour.effort, pace),
        "steps": steps(detour.steps, pace, graph),
    }


def spending(spent: Spending, pace: Pace | None, graph: SkillGraph) -> Members:
    """Return what a budget is best spent on, and what is left after it."""
    return {
        "budget_hours": in_hours(spent.budget),
        "readiness_before": readiness(spent.before),
        "readiness_after": readiness(spent.after),
        "scope": "all" if spent.is_best_of_all else "path",
        "path": {**overview(spent.effort, pace), "steps": steps(spent.steps, pace, graph)},
        "left": {"hours": hours(spent.left), "steps": bare(spent.left_nodes)},
    }


def certificate(path: LearningPath) -> Members:
    """Return how good a path is known to be."""
    proof = path.proof
    return {
        "status": "optimal" if proof.is_optimal else "feasible",
        "lower_bound_hours": in_hours(proof.lower_bound),
        "gap": _gap(path.effort.likely, proof),
        "proof": "landmarks" if proof.by_landmarks else "search",
        "landmarks": [
            {"hours": in_hours(price), "any_of": bare(nodes)} for price, nodes in proof.landmarks
        ],
    }


def _gap(likely: int, proof: Proof) -> float:
    """Return how far the path may be from the best, as a share of its own hours."""
    return (likely - proof.lower_bound) / likely if likely else 0.0
