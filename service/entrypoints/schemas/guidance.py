"""What helps to choose: common profiles, the roles side by side, and which of them fits."""

from typing import Any

from marshmallow import fields, post_load

from service.domain.role_fit import Answer
from service.entrypoints.schemas.answer import (
    AnswerSchema,
    HoursSchema,
    NamedSkillLevelSchema,
    items,
    nested,
    number,
    text,
    texts,
    whole,
)
from service.entrypoints.schemas.fields import MAX_NAME, length
from service.entrypoints.schemas.requests import RequestSchema

MIN_ROLES = 2
MAX_ROLES = 16
MAX_ANSWERS = 64


class CommonProfileSchema(AnswerSchema):
    """What a person of a common background usually knows."""

    profile = text("Id of the profile.")
    name = text("Name of the profile.")
    description = text("Who that is; may be empty.")
    skills = items(NamedSkillLevelSchema, "What they know, in the order of the catalogue.")


class CommonProfilesSchema(AnswerSchema):
    """A part of the common profiles of the graph."""

    graph_version = text("Version of the graph.")
    profiles = items(CommonProfileSchema, "In the graph's order.")
    next_offset = whole("The `offset` of the next part; null at the end.", allow_none=True)


class ComparedRoleSchema(AnswerSchema):
    """One of the roles that are compared."""

    role = text("Id of the role.")
    name = text("Name of the role.")
    layer = text("Where in the stack the role works; may be empty.")
    summary = text("What the role is; may be empty.")
    hours = nested(HoursSchema, "What the shortest path takes somebody who knows nothing.")


class RoleWordSchema(AnswerSchema):
    """What is true of one role."""

    role = text("Id of the role.")
    words = text("What is true of it.", data_key="text")


class DimensionSchema(AnswerSchema):
    """One line of the comparison."""

    dimension = text("Id of the dimension.")
    name = text("What is compared.")
    by_role = items(RoleWordSchema, "One entry a role.")


class OverlapAreaSchema(AnswerSchema):
    """An area in which the roles meet."""

    area = text("Id of the area.")
    name = text("Name of the area.")
    leverage_rank = whole("Which overlap area pays most, from 1.", allow_none=True)
    summary = text("What they share; may be empty.")
    by_role = items(RoleWordSchema, "What each role does there.")


class StretchSchema(AnswerSchema):
    """Some levels of a skill."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    area = text("Id of the skill's area.")
    above = whole("The level that it starts from; 0 for none.")
    level = whole("The level that it leads to.")
    hours = nested(HoursSchema, "What these levels take.")


class PathPartSchema(AnswerSchema):
    """A part of a path."""

    hours = nested(HoursSchema, "All of it together.")
    skills = items(StretchSchema, "In the order of the catalogue.")


class DistinctPartSchema(AnswerSchema):
    """What the path to one role holds beyond what all share."""

    role = text("Id of the role.")
    hours = nested(HoursSchema, "All of it together.")
    skills = items(StretchSchema, "In the order of the catalogue.")


class CompensationFactSchema(AnswerSchema):
    """A fact about pay."""

    fact = text("Id of the fact.")
    statement = text("The fact, in words.")
    as_of = text("When it was true; may be empty.")
    region = text("Where it is true; may be empty.")
    source = text("What it is called where it comes from; null where unknown.", allow_none=True)


class ComparisonSchema(AnswerSchema):
    """Roles side by side."""

    graph_version = text("Version of the graph.")
    as_of = fields.Date(
        required=True, metadata={"description": "The day that the graph's content was true."}
    )
    roles = items(ComparedRoleSchema, "In the order asked.")
    dimensions = items(DimensionSchema, "In the graph's order.")
    overlap = items(OverlapAreaSchema, "Where they meet, what pays most first.")
    shared = nested(
        PathPartSchema,
        "What the shortest paths to all of them hold, for somebody who knows nothing.",
    )
    distinct = items(DistinctPartSchema, "What is left of each path; one entry a role.")
    compensation = items(CompensationFactSchema, "What is known about pay.")


class FitOptionSchema(AnswerSchema):
    """An answer to choose."""

    option = text("Id of the option.")
    words = text("The answer, in words.", data_key="text")


class FitQuestionSchema(AnswerSchema):
    """A question that helps to choose a role."""

    question = text("Id of the question.")
    words = text("The question, in words.", data_key="text")
    options = items(FitOptionSchema, "One of these.")


class FitQuestionsSchema(AnswerSchema):
    """The questions that help to choose a role."""

    graph_version = text("Version of the graph.")
    questions = items(FitQuestionSchema, "To be asked in this order.")


class FitReasonSchema(AnswerSchema):
    """An answer that speaks for a role."""

    question = text("Id of the question.")
    option = text("Id of the option that was chosen.")
    answer = text("The answer, in words.")
    points = whole("Points that it gives the role.")
    reason = text("Why; may be empty.")


class RankedRoleSchema(AnswerSchema):
    """How well one role suits."""

    role = text("Id of the role.")
    name = text("Name of the role.")
    points = whole("All points that the answers give it.")
    share = number("The points as a share of the most that these questions could give it.")
    reasons = items(
        FitReasonSchema,
        "What speaks for it rather than for its rival: for the first role rather than for the "
        "second, for every other rather than for the first.",
    )


class RoleFitSchema(AnswerSchema):
    """Which role suits, and how firmly."""

    graph_version = text("Version of the graph.")
    roles = items(RankedRoleSchema, "Best first.")
    lead = whole("Points between the first role and the second.")
    too_close_to_call = fields.Boolean(
        required=True,
        metadata={"description": "Whether one answer less would take the lead away."},
    )
    decided_by = items(
        FitReasonSchema, "The fewest answers without which the first role would not lead."
    )
    unanswered = texts("Ids of the questions that were left out.")
    unanswered_may_turn_it = fields.Boolean(
        required=True,
        metadata={"description": "Whether answers to these could take the lead away."},
    )
    summary = text("All of it in a sentence or two.")


class FitAnswerSchema(RequestSchema):
    """An answer to one question."""

    question = fields.String(
        required=True, metadata={"description": "Id of the question.", "maxLength": MAX_NAME}
    )
    option = fields.String(
        required=True, metadata={"description": "Id of the option.", "maxLength": MAX_NAME}
    )

    @post_load
    def to_answer(self, data: dict[str, Any], **_: object) -> Answer:
        """Return the domain's own type."""
        return Answer(**data)


class RoleFitRequestSchema(RequestSchema):
    """Answers to the questions of `GET /v1/role-fit`."""

    answers = fields.List(
        fields.Nested(FitAnswerSchema),
        required=True,
        metadata={"description": "One a question, in any order; questions may be left out."},
        **length(1, MAX_ANSWERS),
    )


class ComparisonQuerySchema(RequestSchema):
    """Which roles to compare."""

    roles = fields.String(
        metadata={
            "description": "Ids of two or more roles, between commas; left out: all of them.",
            "maxLength": 1024,
        }
    )
