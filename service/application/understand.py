"""From a request as it was written to the question that it amounts to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Final, NamedTuple, TypeAlias

from service.application.request import (
    AskedGroup,
    AssessmentRequest,
    Claim,
    NotUnderstood,
    Question,
    Reading,
    Target,
    TargetKind,
    Understood,
)
from service.domain.errors import Fault, InvalidRequestError, UnknownRoleError
from service.domain.graph import SkillGraph
from service.domain.naming.evidence import Extraction
from service.domain.naming.extraction import extract_from_text
from service.domain.naming.resolver import Resolver
from service.domain.naming.results import (
    Ambiguous,
    Match,
    Resolution,
    Resolved,
    Suggestion,
    Unknown,
)
from service.domain.naming.resume import extract_from_resume
from service.domain.skill import HUNDREDTHS, Node, Requirement, SkillId

USUAL_LEVEL: Final = 2
"""The level of a claim that names none: a working knowledge."""

CLAIMS_KEPT: Final = 4096
"""Claims of which it is kept what they count as, each with one skill that it names: people write
the same few in the same few ways, and a name is no longer than the contract allows."""

_Named: TypeAlias = Mapping[str, Resolution]
"""What each name of a request was read as."""


class _Said(NamedTuple):
    """What some claims came to, each list in the order given."""

    understood: list[Understood]
    ambiguous: list[NotUnderstood]
    unknown: list[NotUnderstood]


class Understanding:
    """Reads requests against one graph.

    Args:
        graph: The graph.
        resolver: Knows what people write for its skills.
    """

    def __init__(self, graph: SkillGraph, resolver: Resolver) -> None:
        self._graph = graph
        self._resolver = resolver
        self._first = {skill: graph.first_position(skill) for skill in graph.skills}
        self._top = len(graph.catalogue.levels)
        self._usual_levels = frozenset(range(self._top + 1))
        self._targets: dict[str, Target] = {
            **{role: Target(TargetKind.ROLE, role=role) for role in graph.roles},
            **{kind: Target(kind) for kind in (TargetKind.EITHER, TargetKind.BOTH)},
        }
        self._understood = lru_cache(maxsize=CLAIMS_KEPT)(self._counted)

    def read(self, request: AssessmentRequest) -> Reading:
        """Return what a request amounts to.

        Raises:
            UnknownRoleError: The target is no role, and nothing else is wrong.
            InvalidRequestError: Members cannot be used; it holds every fault.
        """
        faults: list[Fault] = []
        named = self._resolver.resolve_all(_names(request))
        levels = self._levels(request.claims, "/skills", faults)
        requirements = self._requirements(request.requirements or (), named, faults)
        supposed = self._levels(request.also_known or (), "/also_known", faults)
        budget = _budget(request, faults)
        target = self._target(request, requirements, faults)
        if faults:
            raise InvalidRequestError(tuple(faults))
        claimed = self._said(request.claims, levels, named)
        self._documented(request, claimed)
        besides = self._said(request.also_known or (), supposed, named)
        claims = self._highest(claimed.understood)
        question = Question(
            claims,
            target,
            request.assume_prerequisites,
            request.hours_per_week,
            request.start_date,
            budget,
            request.alternatives,
            request.highest_leverage,
            None if request.also_known is None else self._beyond(claims, besides.understood),
        )
        return Reading(
            question,
            tuple(claimed.understood + besides.understood),
            tuple(claimed.ambiguous + besides.ambiguous),
            tuple(claimed.unknown + besides.unknown),
        )

    def _said(self, claims: Sequence[Claim], levels: Sequence[int | None], named: _Named) -> _Said:
        """Return what some claims were understood as, and what was not."""
        said = _Said([], [], [])
        for claim, level in zip(claims, levels, strict=True):
            resolution = named[claim.skill]
            if isinstance(resolution, Resolved):  # several times as fast as `match`, and the usual
                for match in resolution.matches:
                    said.understood.append(self._understood(claim.skill, level, match))
            elif isinstance(resolution, Ambiguous):
                candidates = resolution.candidates
                said.ambiguous.append(NotUnderstood(claim.skill, candidates=candidates))
            else:
                said.unknown.append(_unknown(claim.skill, resolution.suggestions))
        return said

    def _counted(self, text: str, level: int | None, match: Match) -> Understood:
        """Return one skill that a claim names as it counts; the same for the same claim."""
        counts_at = self._within(match.skill, level, match.level)
        return Understood(text, match.skill, counts_at, match.kind)

    def _documented(self, request: AssessmentRequest, said: _Said) -> None:
        """Add what the documents of a request say to what its claims say."""
        for found in self._documents(request):
            said.understood.extend(self._mentioned(found))
            said.ambiguous.extend(
                {
                    item.text: NotUnderstood(item.text, candidates=item.candidates)
                    for item in found.ambiguous
                }.values()
            )
            said.unknown.extend(_unknown(item.text, item.suggestions) for item in found.unknown)

    def _beyond(
        self, claims: tuple[Node, ...], supposed: Iterable[Understood]
    ) -> tuple[Node, ...]:
        """Return what is supposed beyond the claims: what they hold already makes no question."""
        claimed = dict(claims)
        return tuple(
            node for node in self._highest(supposed) if node.level > claimed.get(node.skill, 0)
        )

    def _documents(self, request: AssessmentRequest) -> Iterator[Extraction]:
        if request.resume is not None:
            yield extract_from_resume(self._resolver, request.resume)
        if request.text is not None:
            yield extract_from_text(self._resolver, request.text)

    def _mentioned(self, found: Extraction) -> Iterable[Understood]:
        """Return one entry for each spelling and skill of a document, at its highest level."""
        best: dict[tuple[str, SkillId], Understood] = {}
        for item in found.mentions:
            level = self._within(item.skill, None, item.level)
            known = best.get((item.text, item.skill))
            if known is None or level > known.level:
                best[item.text, item.skill] = Understood(item.text, item.skill, level, "text")
        return best.values()

    def _highest(self, understood: Iterable[Understood]) -> tuple[Node, ...]:
        """Return one claim a skill, at its highest level, in catalogue order."""
        first, nodes = self._first, self._graph.nodes
        positions = sorted([first[one.skill] + one.level - 1 for one in understood if one.level])
        # Levels ascend, so the highest of each skill stays.
        return tuple({(node := nodes[position]).skill: node for position in positions}.values())

    def _within(self, skill: SkillId, asked: int | None, written: int | None) -> int:
        """Return the level that a claim counts at: as said, as written in its name, or usual."""
        level = asked if asked is not None else written
        if level is None:
            level = USUAL_LEVEL
        return min(level, self._graph.skills[skill].top_level)

    def _levels(
        self, claims: Sequence[Claim], pointer: str, faults: list[Fault]
    ) -> list[int | None]:
        return [
            claim.level
            if claim.level is None or claim.level in self._usual_levels
            else self._level(claim.level, f"{pointer}/{index}/level", faults)
            for index, claim in enumerate(claims)
        ]

    def _level(self, level: int | str | None, pointer: str, faults: list[Fault]) -> int | None:
        if isinstance(level, str):
            number = self._resolver.level(level)
            if number is None:
                names = ", ".join(known.id for known in self._graph.catalogue.levels)
                faults.append(Fault(pointer, f"No such level; the levels are {names}."))
            return number
        if level is not None and not 0 <= level <= self._top:
            faults.append(Fault(pointer, f"A level is a whole number from 0 to {self._top}."))
        return level

    def _target(
        self, request: AssessmentRequest, own: tuple[Requirement, ...], faults: list[Fault]
    ) -> Target:
        if request.requirements is None:
            return self._role_target(
                TargetKind.EITHER if request.target is None else request.target, faults
            )
        if request.target is not None:
            faults.append(Fault("/requirements", "Give a target or requirements, not both."))
        return Target(TargetKind.REQUIREMENTS, requirements=own)

    def _role_target(self, target: str, faults: list[Fault]) -> Target:
        if not self._graph.roles:
            detail = "This graph holds no role: say what is required."
            faults.append(Fault("/requirements", detail))
        elif target not in self._targets:
            error = UnknownRoleError(tuple(self._graph.roles), "/target")
            if not faults:
                raise error
            faults.append(Fault("/target", str(error)))
        # With a fault there is no question, and so no target that matters.
        return self._targets.get(target, self._targets[TargetKind.EITHER])

    def _requirements(
        self, asked: tuple[AskedGroup, ...], named: _Named, faults: list[Fault]
    ) -> tuple[Requirement, ...]:
        return tuple(
            self._requirement(group, f"/requirements/{index}", named, faults)
            for index, group in enumerate(asked)
        )

    def _requirement(
        self, group: AskedGroup, pointer: str, named: _Named, faults: list[Fault]
    ) -> Requirement:
        options: list[Node] = []
        for index, option in enumerate(group.options):
            place = pointer if group.is_single else f"{pointer}/of/{index}"
            node = self._option(option, place, named, faults)
            if node is not None:
                options.append(node)
        distinct = len({node.skill for node in options})
        if len(options) == len(group.options) and group.at_least > distinct:
            detail = "It asks for more distinct skills than it lists."
            faults.append(Fault(f"{pointer}/at_least", detail))
        weight = Fraction(str(group.weight))
        return Requirement(tuple(options), at_least=group.at_least, weight=weight)

    def _option(
        self, option: Claim, pointer: str, named: _Named, faults: list[Fault]
    ) -> Node | None:
        level = self._level(option.level, f"{pointer}/level", faults)
        resolution = named[option.skill]
        if not isinstance(resolution, Resolved) or len(resolution.matches) != 1:
            faults.append(Fault(f"{pointer}/skill", _unclear(resolution)))
            return None
        skill = resolution.matches[0].skill
        top = self._graph.skills[skill].top_level
        if level is None:
            level = min(USUAL_LEVEL, top)
        if not 1 <= level <= top:
            detail = f"This skill has the levels 1 to {top}."
            if all(fault.pointer != f"{pointer}/level" for fault in faults):
                faults.append(Fault(f"{pointer}/level", detail))
            return None
        return self._graph.nodes[self._first[skill] + level - 1]


def _names(request: AssessmentRequest) -> list[str]:
    """Return every name that is to be read."""
    return [
        claim.skill
        for claims in (
            request.claims,
            request.also_known or (),
            *(group.options for group in request.requirements or ()),
        )
        for claim in claims
    ]


def _unclear(resolution: Resolution) -> str:
    """Return why a name is none of one skill, without repeating it, and what may be meant."""
    match resolution:
        case Resolved(matches):
            return f"It names several skills: {_listed(match.skill for match in matches)}."
        case Ambiguous(candidates):
            return f"It may mean several skills: {_listed(candidates)}."
        case Unknown(suggestions):
            like = _listed(suggestion.skill for suggestion in suggestions)
            return f"It names no skill of the graph{f'; near it: {like}' if like else ''}."


def _listed(skills: Iterable[SkillId]) -> str:
    return ", ".join(skills)


def _unknown(text: str, suggestions: Iterable[Suggestion]) -> NotUnderstood:
    return NotUnderstood(text, suggestions=tuple((s.skill, s.score) for s in suggestions))


def _budget(request: AssessmentRequest, faults: list[Fault]) -> int | None:
    """Return what there is time for in hundredths of an hour; dates and weeks take a pace."""
    hours, pace = request.budget_hours, request.hours_per_week
    if pace is None:
        if request.start_date is not None:
            faults.append(Fault("/start_date", "Dates take `hours_per_week`."))
        if request.budget_weeks is not None:
            faults.append(Fault("/budget_weeks", "Weeks take `hours_per_week`."))
            return None
    if request.budget_weeks is not None and pace is not None:
        if hours is not None:
            faults.append(Fault("/budget_weeks", "Give the budget in hours or weeks, not both."))
        return floor(Fraction(str(request.budget_weeks)) * Fraction(str(pace)) * HUNDREDTHS)
    return None if hours is None else floor(Fraction(str(hours)) * HUNDREDTHS)
