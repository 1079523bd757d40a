"""``/v1/roles``: the jobs to aim for."""

from flask import Blueprint, Response

from service.domain.skill import RoleId
from service.entrypoints.catalogue import role_model
from service.entrypoints.http.context import use_cases
from service.entrypoints.http.operations import Example, Operation, declares
from service.entrypoints.http.problems import ProblemError
from service.entrypoints.http.replies import json_of, kept
from service.entrypoints.schemas.catalogue import RoleListSchema, RoleSchema

bp = Blueprint("roles", __name__, url_prefix="/v1/roles")


@bp.get("")
@declares(Operation(tag="catalogue", answer=RoleListSchema(), example=Example("/v1/roles")))
def list_roles() -> Response:
    """List the roles, each in full."""
    graph = use_cases().graph
    roles = [role_model(role, graph) for role in graph.roles.values()]
    return kept(json_of({"graph_version": graph.catalogue.version, "roles": roles}))


@bp.get("/<role>")
@declares(
    Operation(
        tag="catalogue",
        answer=RoleSchema(),
        path={"role": "Id of the role."},
        problems=("not-found",),
        example=Example("/v1/roles/{role}"),
    )
)
def get_role(role: str) -> Response:
    """Describe a role: its day, its marks, its stack, and what it asks for."""
    graph = use_cases().graph
    found = graph.roles.get(RoleId(role))
    if found is None:
        raise ProblemError("not-found", "The graph holds no such role; /v1/roles lists them.")
    return kept(json_of(role_model(found, graph)))
