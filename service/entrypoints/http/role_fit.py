"""``/v1/role-fit``: which role to aim for."""

from typing import Final

from flask import Blueprint, Response

from service.domain.role_fit import role_fit
from service.entrypoints.guidance import fit_model, questions_model
from service.entrypoints.http.body import load_body
from service.entrypoints.http.context import use_cases
from service.entrypoints.http.operations import BODY_PROBLEMS, Example, Operation, declares
from service.entrypoints.http.replies import fresh, json_of, kept
from service.entrypoints.schemas.guidance import (
    FitQuestionsSchema,
    RoleFitRequestSchema,
    RoleFitSchema,
)

bp = Blueprint("role_fit", __name__, url_prefix="/v1/role-fit")

_REQUEST: Final = RoleFitRequestSchema()


@bp.get("")
@declares(Operation(tag="guidance", answer=FitQuestionsSchema(), example=Example("/v1/role-fit")))
def list_fit_questions() -> Response:
    """List the questions that help to choose a role."""
    return kept(json_of(questions_model(use_cases().graph)))


@bp.post("")
@declares(
    Operation(
        tag="guidance",
        body=_REQUEST,
        answer=RoleFitSchema(),
        is_cacheable=False,
        problems=BODY_PROBLEMS,
        example=Example(
            "/v1/role-fit",
            {
                "answers": [
                    {"question": "ship", "option": "features"},
                    {"question": "moat", "option": "data"},
                    {"question": "background", "option": "product-software"},
                ]
            },
        ),
    )
)
def rank_roles() -> Response:
    """Say which role suits.

    Answers to the questions in, the roles ranked out: what speaks for each, which answers
    decided, and whether it is too close to call.
    """
    graph = use_cases().graph
    fit = role_fit(graph.catalogue, load_body(_REQUEST)["answers"])
    return fresh(json_of(fit_model(fit, graph)))
