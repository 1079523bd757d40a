"""``/v1/profiles/{profile}/assessment``: what a common background still leaves to learn."""

from typing import Final

from flask import Blueprint, Response

from service.application.request import AssessmentRequest, Claim
from service.domain.catalogue import CommonProfile
from service.entrypoints import answers
from service.entrypoints.http.context import use_cases
from service.entrypoints.http.operations import Example, Operation, declares
from service.entrypoints.http.problems import ProblemError
from service.entrypoints.http.query import load_query
from service.entrypoints.http.replies import COMMON, kept
from service.entrypoints.schemas.assessment import AssessmentSchema
from service.entrypoints.schemas.requests import ProfileAssessmentQuerySchema

bp = Blueprint("profile_assessments", __name__, url_prefix="/v1/profiles")

_QUERY: Final = ProfileAssessmentQuerySchema()


@bp.get("/<profile>/assessment")
@declares(
    Operation(
        tag="assessments",
        query=_QUERY,
        path={"profile": "Id of the profile."},
        answer=AssessmentSchema(),
        problems=("bad-request", "not-found", "invalid-request", "unknown-role"),
        example=Example("/v1/profiles/{profile}/assessment?target=either"),
    )
)
def get_profile_assessment(profile: str) -> Response:
    """Assess a common profile.

    The same answer as to a POST of the profile's skills. It is worked out before anybody asks,
    and may be kept by everybody.
    """
    cases = use_cases()
    reading = cases.understand(_request(_found(profile), load_query(_QUERY)["target"]))
    return kept(answers.with_echo(cases.answer(reading.question), reading, cases.graph), COMMON)


def _found(profile_id: str) -> CommonProfile:
    for profile in use_cases().graph.catalogue.profiles:
        if profile.id == profile_id:
            return profile
    raise ProblemError("not-found", "The graph holds no such profile; /v1/profiles lists them.")


def _request(profile: CommonProfile, target: str | None) -> AssessmentRequest:
    claims = tuple(Claim(node.skill, node.level) for node in profile.skills)
    return AssessmentRequest(claims, target)
