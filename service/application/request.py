"""What is asked of the service: the request as it was written, and the question it amounts to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from service.domain.skill import Node, Requirement, RoleId, SkillId

MAX_ALTERNATIVES: Final = 5
"""Further paths that may be asked for."""

MAX_BUDGET: Final = 1_000_000
"""Hours or weeks that there may be time for."""


class TargetKind(StrEnum):
    """What a path should lead to."""

    ROLE = "role"
    EITHER = "either"
    BOTH = "both"
    REQUIREMENTS = "requirements"


@dataclass(frozen=True, slots=True)
class Claim:
    """A skill as a person wrote it.

    Attributes:
        skill: Id, name, alias, tool, or any spelling that the resolver knows.
        level: Number, or id or alias of a level; None leaves it to the resolver.
    """

    skill: str
    level: int | str | None = None


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """A requirement of the caller's own, as it was written.

    Attributes:
        options: Skills of which some number is asked.
        at_least: How many of them.
        weight: Importance for readiness, > 0.
        is_single: Whether it was written as one skill and not as a group.
    """

    options: tuple[Claim, ...]
    at_least: int = 1
    weight: float = 1
    is_single: bool = True


class AssessmentRequest(NamedTuple):
    """A request as it was written.

    Attributes:
        claims: What the person says they know.
        target: A role id, ``either`` or ``both``; None when left out.
        requirements: A role of the caller's own, instead of a target; None when left out.
        assume_prerequisites: Whether a claim credits what it compulsorily rests on.
        hours_per_week: Hours of study a week, 1 to 80; None leaves weeks out.
        resume: A JSON Resume, parsed; its skills join `claims`. None when left out.
        text: Plain text; the skills that it names join them, too. None when left out.
        start_date: The first day of study; None leaves dates out. It takes `hours_per_week`.
        budget_hours: What there is time for; None asks for no such view.
        budget_weeks: The same in weeks of `hours_per_week`.
        alternatives: How many further paths are wanted.
        highest_leverage: How many skills of the highest leverage are wanted, however long it
            takes; None for what a short look finds.
        also_known: What is assumed to be known besides; None where nothing is asked about it.
    """

    claims: tuple[Claim, ...] = ()
    target: str | None = None
    requirements: tuple[AskedGroup, ...] | None = None
    assume_prerequisites: bool = True
    hours_per_week: float | None = None
    resume: Mapping[str, object] | None = None
    text: str | None = None
    start_date: date | None = None
    budget_hours: float | None = None
    budget_weeks: float | None = None
    alternatives: int = 0
    highest_leverage: int | None = None
    also_known: tuple[Claim, ...] | None = None


class Target(NamedTuple):
    """What to reach.

    Attributes:
        role: The role, for a target of kind ``role``.
        requirements: The caller's own, for a target of kind ``requirements``.
    """

    kind: TargetKind
    role: RoleId | None = None
    requirements: tuple[Requirement, ...] = ()


class Question(NamedTuple):
    """What a request amounts to: equal questions have equal answers.

    Attributes:
        claims: One node a skill, at the highest level claimed, in catalogue order.
        budget: What there is time for, in hundredths of an hour.
        also_known: What is assumed to be known beyond the claims, in the same form; None
            where nothing is asked about it.
    """

    claims: tuple[Node, ...]
    target: Target
    assume_prerequisites: bool = True
    hours_per_week: float | None = None
    start_date: date | None = None
    budget: int | None = None
    alternatives: int = 0
    highest_leverage: int | None = None
    also_known: tuple[Node, ...] | None = None


class Understood(NamedTuple):
    """One claim that was understood; a claim that names several skills gives several."""

    text: str
    skill: SkillId
    level: int
    match: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """One claim that was not credited.

    Attributes:
        candidates: What it may mean; empty when it means nothing known.
        suggestions: What may have been meant, with a score between 0 and 1, best first.
    """

    text: str
    candidates: tuple[SkillId, ...] = ()
    suggestions: tuple[tuple[SkillId, float], ...] = ()


class Reading(NamedTuple):
    """A request as it was read.

    Attributes:
        question: What it amounts to.
        understood: In the order given.
        ambiguous: In the order given.
        unknown: In the order given.
    """

    question: Question
    understood: tuple[Understood, ...]
    ambiguous: tuple[NotUnderstood, ...]
    unknown: tuple[NotUnderstood, ...]
