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
    StatedDetour,
    StatedDifference,
    StatedFirstDays,
    StatedGap,
    StatedPath,
    StatedProof,
    StatedRole,
    StatedSpending,
    StatedStep,
    StatedTime,
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
    roles, is_both = target["roles"], target["kind"] == TargetKind.BOTH
    return Statement(
        answer["graph_version"],
        tuple(map(_node, profile["known"])),
        tuple((_node(each), each["because"]) for each in profile["credited"]),
        tuple(_requirements(target, graph)),
        _path(answer["path"], "/path"),
        _proof(answer["path"]["certificate"]),
        tuple(map(_role, answer["roles"])),
        RoleId(roles[0]) if len(roles) == 1 and not is_both else None,
        target["kind"] == TargetKind.EITHER,
        tuple(answer["path"]["learnable_now"]),
        tuple(_alternatives(answer)),
        _together(answer["both"], is_path=is_both),
        _spending(answer.get("within_budget")),
        _difference(answer.get("difference")),
        _first_days(answer["first_90_days"]),
    )


def _role(standing: Members) -> StatedRole:
    return StatedRole(
        RoleId(standing["role"]),
        _effort(standing["hours"]),
        standing["readiness"],
        tuple(StatedGap(*(gap[name] for name in StatedGap._fields)) for gap in standing["gaps"]),
        tuple((each["area"], each["readiness"]) for each in standing["areas"]),
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


def _alternatives(answer: Members) -> Iterator[StatedDetour]:
    for index, path in enumerate(answer["alternatives"]):
        yield StatedDetour(
            _path(path, f"/alternatives/{index}"),
            _hundredths(path["extra_hours"]),
            tuple(map(_node, path["steps_more"])),
            tuple(map(_node, path["steps_less"])),
        )


def _together(both: Members | None, *, is_path: bool) -> StatedTogether | None:
    if both is None:
        return None
    return StatedTogether(
        _effort(both["hours"]),
        _hundredths(both["extra_hours_after_nearest"]),
        is_path,
        _hundredths(both["shared_hours"]),
        tuple(map(_node, both["common_start"]["steps"])),
        _hundredths(both["common_start"]["hours"]),
    )


def _difference(difference: Members | None) -> StatedDifference | None:
    if difference is None:
        return None
    return StatedDifference(
        _effort(difference["hours_before"]),
        _hundredths(difference["saves_hours"]),
        difference["readiness_after"],
        tuple(map(_node, difference["steps_less"])),
        tuple(map(_node, difference["steps_more"])),
    )


def _first_days(first: Members | None) -> StatedFirstDays | None:
    if first is None:
        return None
    return StatedFirstDays(
        first["days"],
        _hundredths(first["hours"]),
        first["last_date"],
        first["steps_done"],
        tuple(map(_node, first["skills"])),
        first["begun"] and _node(first["begun"]),
        first["readiness_after"],
    )


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
    effort = _effort(path["hours"])
    steps = tuple(map(_step, path["steps"]))
    return StatedPath(place, steps, effort, is_whole, most, tuple(_times(path, place, effort)))


def _step(step: Members) -> StatedStep:
    return StatedStep(
        step["order"],
        _node(step),
        _effort(step["hours"]),
        _hundredths(step["hours_so_far"]),
        frozenset(RoleId(need["role"]) for need in step["needed_for"] if need["role"] is not None),
    )


def _times(path: Members, place: str, effort: Effort) -> Iterator[StatedTime]:
    day = f"{place}/finish_date"
    yield StatedTime(f"{place}/weeks", effort.likely, path["weeks"], day, path["finish_date"])
    if done := path["finish"]:
        place_of_done, days = f"{place}/finish", done["dates"] or {}
        for name, weeks in done["weeks"].items():
            yield StatedTime(
                f"{place_of_done}/weeks/{name}",
                getattr(effort, name),
                weeks,
                f"{place_of_done}/dates/{name}",
                days.get(name),
            )
    for index, step in enumerate(path["steps"]):
        place_of_step = f"{place}/steps/{index}"
        yield StatedTime(
            f"{place_of_step}/weeks/1",
            _hundredths(step["hours_so_far"]),
            step["weeks"] and step["weeks"][1],
            f"{place_of_step}/dates/1",
            step["dates"] and step["dates"][1],
        )


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
