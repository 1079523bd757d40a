"""``/v1/comparison``: roles side by side."""

from functools import partial
from typing import Final

from flask import Blueprint, Response

from service.application.request import Question, Target, TargetKind
from service.application.use_cases import UseCases
from service.domain.comparison import compare
from service.domain.errors import Fault, UnknownRoleError
from service.domain.graph import SkillGraph
from service.domain.skill import RoleId
from service.entrypoints.guidance import comparison_model
from service.entrypoints.http.context import made_once, use_cases
from service.entrypoints.http.operations import Example, Operation, declares
from service.entrypoints.http.problems import unusable
from service.entrypoints.http.query import load_query
from service.entrypoints.http.replies import json_of, kept
from service.entrypoints.schemas.guidance import (
    MAX_ROLES,
    MIN_ROLES,
    ComparisonQuerySchema,
    ComparisonSchema,
)

bp = Blueprint("comparison", __name__, url_prefix="/v1/comparison")

_QUERY: Final = ComparisonQuerySchema()


@bp.get("")
@declares(
    Operation(
        tag="guidance",
        query=_QUERY,
        answer=ComparisonSchema(),
        problems=("bad-request", "invalid-request", "unknown-role"),
        example=Example("/v1/comparison?roles={roles}"),
    )
)
def compare_roles() -> Response:
    """Compare roles.

    What separates them and where they meet, which skills the shortest paths to them share and
    which only one of them holds, each with its hours, and what is known about pay.
    """
    cases = use_cases()
    return kept(compared(cases, _asked(load_query(_QUERY).get("roles"), cases.graph)))


def _asked(written: str | None, graph: SkillGraph) -> tuple[RoleId, ...]:
    asked = tuple(graph.roles) if written is None else tuple(map(RoleId, written.split(",")))
    if any(role not in graph.roles for role in asked):
        raise UnknownRoleError(tuple(graph.roles), "/roles")
    if not MIN_ROLES <= len(asked) <= MAX_ROLES or len(set(asked)) < len(asked):
        detail = f"Must be {MIN_ROLES} to {MAX_ROLES} different roles."
        raise unusable([Fault("/roles", detail)])
    return asked


def compared(cases: UseCases, roles: tuple[RoleId, ...]) -> bytes:
    """Return 2 or more roles side by side, as the answer's bytes."""
    is_usual = roles == tuple(cases.graph.roles)  # other comparisons are many
    make = made_once().everywhere if is_usual else made_once().here
    return make(f"comparison {','.join(roles)}", partial(_comparison, cases, roles))


def _comparison(cases: UseCases, roles: tuple[RoleId, ...]) -> bytes:
    paths = {
        role: cases.assess(Question((), Target(TargetKind.ROLE, role=role))).path for role in roles
    }
    comparison = compare(
        cases.graph,
        {role: frozenset(step.position for step in path.steps) for role, path in paths.items()},
    )
    efforts = {role: path.effort for role, path in paths.items()}
    return json_of(comparison_model(comparison, efforts, cases.graph))
