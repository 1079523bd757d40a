"""The same job on FastAPI and pydantic, with the service's own resolver and planner.

Pydantic reads the request and writes the answer, as in any FastAPI application; answers are cached
in a dict by the validated request.
"""

import os
from collections.abc import Callable
from typing import Any

import orjson
from fastapi import FastAPI, Response
from pydantic import BaseModel, ConfigDict, Field

from service.application.request import AssessmentRequest, Claim
from service.bootstrap import build_use_cases
from service.entrypoints import answers
from service.settings import Settings


class ClaimModel(BaseModel):
    """A skill that the person has."""

    model_config = ConfigDict(extra="forbid")
    skill: str = Field(min_length=1, max_length=200)
    level: int | str | None = None


class RequestModel(BaseModel):
    """What a person knows and where they want to go."""

    model_config = ConfigDict(extra="forbid")
    skills: list[ClaimModel] = Field(default_factory=list, max_length=500)
    target: str | None = None
    hours_per_week: float | None = Field(default=None, ge=1, le=80)


class HoursModel(BaseModel):
    """Study time."""

    low: float
    likely: float
    high: float


class StepModel(BaseModel):
    """One step of a path."""

    model_config = ConfigDict(extra="allow")
    order: int
    skill: str
    name: str
    level: int
    area: str
    hours: HoursModel
    hours_so_far: float
    because: str
    needed_for: list[dict[str, str | None]]
    unlocks: list[str]
    serves_roles: list[str]
    basis: str


class PathModel(BaseModel):
    """A learning path."""

    model_config = ConfigDict(extra="allow")
    hours: HoursModel
    steps: list[StepModel]
    learnable_now: list[str]


class GapModel(BaseModel):
    """A missing skill."""

    skill: str
    name: str
    have: int
    need: int
    weight: float
    area: str


class RoleModel(BaseModel):
    """Where a person stands towards a role."""

    role: str
    name: str
    readiness: float
    hours: HoursModel
    gaps: list[GapModel]
    areas: list[dict[str, Any]]


class AnswerModel(BaseModel):
    """The answer."""

    model_config = ConfigDict(extra="allow")
    graph_version: str
    as_of: str
    target: dict[str, Any]
    profile: dict[str, Any]
    roles: list[RoleModel]
    path: PathModel


_cases = build_use_cases(Settings.from_environ(os.environ))
_kept: dict[str, bytes] = {}

app = FastAPI()


@app.get("/")
async def hello() -> str:
    """Say hello."""
    return "hello"


@app.post("/v1/assessments", response_model=AnswerModel)
async def assess(asked: RequestModel) -> Any:  # noqa: ANN401
    """Assess without a cache."""
    return _answered(asked)


@app.post("/cached")
async def assess_cached(asked: RequestModel) -> Response:
    """Assess from a cache."""
    key = asked.model_dump_json()
    if key not in _kept:
        _kept[key] = AnswerModel.model_validate(_answered(asked)).model_dump_json().encode()
    return Response(_kept[key], media_type="application/json")


def _answered(asked: RequestModel) -> Any:  # noqa: ANN401
    claims = tuple(Claim(one.skill, one.level) for one in asked.skills)
    request = AssessmentRequest(claims, asked.target, hours_per_week=asked.hours_per_week)
    reading = _cases.understand(request)
    rendered = answers.render(_cases.assess(reading.question), _cases.graph)
    read: Callable[[bytes], Any] = orjson.loads
    return read(answers.with_echo(rendered, reading, _cases.graph))
