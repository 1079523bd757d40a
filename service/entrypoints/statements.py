"""An answer read back, so that it can be checked by whoever got it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final, TypeAlias

from marshmallow import ValidationError

from service.application.request import TargetKind
from service.domain.errors import Fault
from service.domain.graph import SkillGraph
from service.domain.skill import HUNDREDTHS, Effort, Node, Requirement, RoleId
from service.domain.statement import (
    StatedPath,
    StatedProof,
    StatedSpending,
    StatedStep,
    StatedTogether,
    Statement,
)
from service.entrypoints.http.faults import faults_of
from service.entrypoints.schemas.assessment import AssessmentSchema

Members: TypeAlias = dict[str, Any]

MOST_HOURS: Final = 1e12
"""More than any sum over a graph; what goes beyond is read as this, and so differs from it."""

_SCHEMA: Final = AssessmentSchema()


class NotAnAnswerError(ValueError):
    """A document does not have the form of an answer.

    Attributes:
        faults: Every member at fault.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults


def statement_of(document: Any, graph: SkillGraph) -> Statement:  # noqa: ANN401  any JSON
    """Return what an answer states.

    Args:
        document: The JSON of an answer.
        graph: Says what its roles ask for.

    Raises:
        NotAnAnswerError: It has not the form of an answer, or names a role that is not there.
    """
    try:
        answer: Members = _SCHEMA.load(document)
    except ValidationError as error:
        raise NotAnAnswerError(tuple(faults_of(error.messages))) from None
    target, profile = answer["target"], answer["profile"]
    roles = target["roles"]
    return Statement(
        answer["graph_version"],
        tuple(map(_node, profile["known"])),
        tuple(map(_node, profile["credited"])),
        tuple(_requirements(target, graph)),
        _path(answer["path"], "/path"),
        _proof(answer["path"]["certificate"]),
        tuple(_alternatives(answer)),
        tuple(
            (RoleId(each["role"]), _hundredths(each["hours"]["likely"]))
            for each in answer["roles"]
        ),
        RoleId(roles[0]) if len(roles) == 1 else None,
        target["kind"] == TargetKind.EITHER,
        tuple((RoleId(each["role"]), each["readiness"]) for each in answer["roles"]),
        tuple(answer["path"]["learnable_now"]),
        _together(answer["both"], is_path=target["kind"] == TargetKind.BOTH),
        _spending(answer.get("within_budget")),
    )


def _requirements(target: Members, graph: SkillGraph) -> Iterator[Requirement]:
    if faults := tuple(_faults_of_target(target, graph)):
        raise NotAnAnswerError(faults)
    for role in target["roles"]:
        yield from graph.roles[role].requires
    for asked in target["requirements"]:
        options = tuple(map(_node, asked["of"]))
        yield Requirement(options, asked["at_least"], weight=Fraction(str(asked["weight"])))


def _faults_of_target(target: Members, graph: SkillGraph) -> Iterator[Fault]:
    """Yield where a target does not ask for what its kind says: who asks nothing, meets it."""
    place, roles, own = "/target/roles", target["roles"], target["requirements"]
    is_own = target["kind"] == TargetKind.REQUIREMENTS
    if any(role not in graph.roles for role in roles):
        yield Fault(place, "The graph holds no such role.")
    elif target["kind"] == TargetKind.BOTH:
        if sorted(roles) != sorted(graph.roles):
            yield Fault(place, "It is every role of the graph, each once.")
    elif len(roles) != (0 if is_own else 1):
        yield Fault(place, "Requirements have no role." if is_own else "It is one role.")
    if bool(own) != is_own:
        detail = "It is one or more." if is_own else "A role has its own requirements."
        yield Fault("/target/requirements", detail)
    for index, asked in enumerate(own):
        yield from _faults_of_requirement(asked, f"/target/requirements/{index}")


def _faults_of_requirement(asked: Members, place: str) -> Iterator[Fault]:
    skills = {option["skill"] for option in asked["of"]}
    if not 1 <= asked["at_least"] <= len(skills):
        yield Fault(f"{place}/at_least", "It is from 1 to the number of the skills.")
    if asked["weight"] <= 0:
        yield Fault(f"{place}/weight", "It is greater than 0.")


def _alternatives(answer: Members) -> Iterator[StatedPath]:
    for index, path in enumerate(answer["alternatives"]):
        yield _path(path, f"/alternatives/{index}")


def _together(both: Members | None, *, is_path: bool) -> StatedTogether | None:
    if both is None:
        return None
    effort = _hundredths(both["hours"]["likely"])
    return StatedTogether(effort, _hundredths(both["extra_hours_after_nearest"]), is_path)


def _spending(spent: Members | None) -> StatedSpending | None:
    if spent is None:
        return None
    most = _hundredths(spent["budget_hours"])
    return StatedSpending(
        _path(spent["path"], "/within_budget/path", is_whole=False, most=most),
        spent["readiness_before"],
        spent["readiness_after"],
        tuple(map(_node, spent["left"]["steps"])),
        _effort(spent["left"]["hours"]),
    )


def _path(
    path: Members, place: str, *, is_whole: bool = True, most: int | None = None
) -> StatedPath:
    steps = tuple(
        StatedStep(
            step["order"], _node(step), _effort(step["hours"]), _hundredths(step["hours_so_far"])
        )
        for step in path["steps"]
    )
    return StatedPath(place, steps, _effort(path["hours"]), is_whole, most)


def _proof(certificate: Members) -> StatedProof:
    return StatedProof(
        certificate["status"] == "optimal",
        _hundredths(certificate["lower_bound_hours"]),
        certificate["gap"],
        certificate["proof"] == "landmarks",
        tuple(
            (_hundredths(mark["hours"]), tuple(map(_node, mark["any_of"])))
            for mark in certificate["landmarks"]
        ),
    )


def _node(entry: Members) -> Node:
    return Node(entry["skill"], entry["level"])


def _effort(hours: Members) -> Effort:
    return Effort(*(_hundredths(hours[name]) for name in Effort._fields))


def _hundredths(hours: float) -> int:
    return round(min(max(hours, -MOST_HOURS), MOST_HOURS) * HUNDREDTHS)
