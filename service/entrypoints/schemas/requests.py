"""What clients send."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from service.application.request import (
    MAX_ALTERNATIVES,
    MAX_BUDGET,
    AskedGroup,
    AssessmentRequest,
    Claim,
)
from service.entrypoints.schemas.fields import (
    MAX_GROUPS,
    MAX_NAME,
    MAX_NAMES,
    MAX_OPTIONS,
    MAX_SKILLS,
    Claims,
    Either,
    amount,
    day,
    hours_per_week,
    length,
    level,
    resume,
    running_text,
    skill_name,
    text,
    truth,
    weight,
    whole_number,
)

MAX_LISTED = 200
MAX_OFFSET = 1_000_000
MAX_LEVERAGE = 1000


class RequestSchema(Schema):
    """Something a client sends; unknown members are refused, so a typo is never ignored."""

    error_messages = {  # noqa: RUF012  marshmallow reads it from the class
        "type": "Must be an object.",
        "unknown": "There is no such member.",
    }


class ClaimSchema(RequestSchema):
    """A skill that the person has."""

    skill = skill_name("Id, name or alias of the skill, or any usual spelling of it.")
    level = level(
        "How well: a number from 0 (not at all) to the top of the scale, or the id or an alias of "
        "a level. Left out it is the level written in the name, if there is one, or else 2. A "
        "level above the skill's own top counts as its top."
    )

    @post_load
    def to_claim(self, data: dict[str, Any], **_: object) -> Claim:
        """Return the application's own type."""
        return Claim(**data)


class RequiredSkillSchema(RequestSchema):
    """A requirement of one skill."""

    skill = skill_name("Id, name or alias of the skill; it must name exactly one.")
    level = level("The level that is asked, from 1; 2 if left out.")
    weight = weight("Importance for readiness, beside the weights of the others.")

    @post_load
    def to_group(self, data: dict[str, Any], **_: object) -> AskedGroup:
        """Return the application's own type."""
        option = Claim(data["skill"], data.get("level"))
        return AskedGroup((option,), weight=data["weight"])


class OptionSchema(RequestSchema):
    """One skill of a requirement that any of several can meet."""

    skill = skill_name("Id, name or alias of the skill; it must name exactly one.")
    level = level("The level that is asked, from 1; 2 if left out.")

    @post_load
    def to_claim(self, data: dict[str, Any], **_: object) -> Claim:
        """Return the application's own type."""
        return Claim(**data)


class RequiredGroupSchema(RequestSchema):
    """A requirement that some of several skills meet."""

    at_least = whole_number("How many of the skills it takes.", 1, MAX_OPTIONS, default=1)
    of = Claims(
        fields.Nested(OptionSchema),
        required=True,
        metadata={"description": "The skills of which any will do."},
        **length(1, MAX_OPTIONS),
    )
    weight = weight("Importance for readiness, beside the weights of the others.")

    @post_load
    def to_group(self, data: dict[str, Any], **_: object) -> AskedGroup:
        """Return the application's own type."""
        return AskedGroup(tuple(data["of"]), data["at_least"], data["weight"], is_single=False)


class AssessmentRequestSchema(RequestSchema):
    """What a person knows and where they want to go."""

    skills = Claims(
        fields.Nested(ClaimSchema),
        load_default=list,
        metadata={
            "description": "What the person knows, in any order; left out: nothing. A skill named "
            "more than once counts at its highest level."
        },
        **length(0, MAX_SKILLS),
    )
    target = text(
        "Where to go: a role's id, `either` (the nearest role; the default) or `both` (every role "
        "of the graph, planned jointly).",
    )
    requirements = fields.List(
        Either((RequiredSkillSchema(), RequiredGroupSchema()), lambda value: "of" in value),
        metadata={"description": "A role of the caller's own, instead of `target`: all of these."},
        **length(1, MAX_GROUPS),
    )
    assume_prerequisites = truth(
        "Whether a claimed skill credits what it compulsorily rests on.", default=True
    )
    hours_per_week = hours_per_week("Hours of study a week; given, the answer counts weeks.")
    resume = resume(
        "A JSON Resume; its skills join `skills`: names and keywords at the level that stands "
        "with them, and what summaries and highlights name."
    )
    text = running_text(
        "Plain text, such as a CV; the skills that it names join `skills`, at the level that "
        "stands with them or else at 2."
    )
    start_date = day("The first day of study; given, the answer has dates. It takes a pace.")
    budget_hours = amount("Hours there is time for: adds `within_budget`.", MAX_BUDGET)
    budget_weeks = amount("The same in weeks, which take `hours_per_week`.", MAX_BUDGET)
    alternatives = whole_number(
        "How many further paths to give, in order of effort.", 0, MAX_ALTERNATIVES, default=0
    )
    highest_leverage = whole_number(
        "How many skills to list in `highest_leverage`, exactly; left out, those of the first "
        "five that a short look finds.",
        0,
        MAX_LEVERAGE,
    )
    also_known = Claims(
        fields.Nested(ClaimSchema),
        metadata={
            "description": "What if the person knew this too? The answer is the one with it, and "
            "`difference` says what it changes."
        },
        **length(0, MAX_SKILLS),
    )

    @post_load
    def to_request(self, data: dict[str, Any], **_: object) -> AssessmentRequest:
        """Return the application's own type: past this line nothing knows of JSON."""
        return assessment_request(data)


def assessment_request(data: dict[str, Any]) -> AssessmentRequest:
    """Return the request that some loaded members make; any of them may be missing."""
    requirements, also_known = data.get("requirements"), data.get("also_known")
    return AssessmentRequest(
        tuple(data.get("skills", ())),
        data.get("target"),
        None if requirements is None else tuple(requirements),
        data.get("assume_prerequisites", True),
        data.get("hours_per_week"),
        resume=data.get("resume"),
        text=data.get("text"),
        start_date=data.get("start_date"),
        budget_hours=data.get("budget_hours"),
        budget_weeks=data.get("budget_weeks"),
        alternatives=data.get("alternatives", 0),
        highest_leverage=data.get("highest_leverage"),
        also_known=None if also_known is None else tuple(also_known),
    )


class AssessmentQuerySchema(RequestSchema):
    """The parameters of an assessment that is asked for by GET."""

    skill = fields.List(
        fields.String(metadata={"minLength": 1, "maxLength": MAX_NAME}),
        metadata={
            "description": "A skill that the person has; repeat it for more. A level may follow "
            "after a colon (`python:3`, `rag:working`): what follows the last colon is a level if "
            "it is a whole number or the id or an alias of a level, else it belongs to the name.",
            "maxItems": MAX_SKILLS,
        },
    )
    target = text("A role's id, `either` (the default) or `both`.")
    hours_per_week = hours_per_week("Hours of study a week; given, the answer counts weeks.")
    assume_prerequisites = truth(
        "Whether a claimed skill credits what it compulsorily rests on.", default=True
    )
    start_date = day("The first day of study; given, the answer has dates. It takes a pace.")
    budget_hours = amount("Hours there is time for: adds `within_budget`.", MAX_BUDGET)
    budget_weeks = amount("The same in weeks, which take `hours_per_week`.", MAX_BUDGET)
    alternatives = whole_number(
        "How many further paths to give, in order of effort.", 0, MAX_ALTERNATIVES, default=0
    )
    highest_leverage = whole_number(
        "How many skills to list in `highest_leverage`, exactly; left out, those of the first "
        "five that a short look finds.",
        0,
        MAX_LEVERAGE,
    )
    also_known = fields.List(
        fields.String(metadata={"minLength": 1, "maxLength": MAX_NAME}),
        metadata={
            "description": "What if the person knew this too? Written like `skill`; `difference` "
            "says what it changes.",
            "maxItems": MAX_SKILLS,
        },
    )


class ExportFormSchema(RequestSchema):
    """The form in which a path is taken along."""

    format = text(
        "The form; left out, the `Accept` header decides.",
        validate=validate.OneOf(("markdown", "csv", "calendar")),
    )


class ExportQuerySchema(AssessmentQuerySchema, ExportFormSchema):
    """The parameters of an export that is asked for by GET."""


class ResolutionRequestSchema(RequestSchema):
    """Names of skills, as people write them."""

    names = fields.List(
        skill_name("A name, or a string that names several, with or without a level."),
        required=True,
        metadata={"description": "The names, in any order."},
        **length(1, MAX_NAMES),
    )


class DocumentSchema(RequestSchema):
    """A document to look for skills in: either of the two."""

    text = running_text("Plain text, such as a job posting or a CV.")
    resume = resume("A JSON Resume.")

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def is_one(self, _: dict[str, Any], given: object, **__: object) -> None:
        """Refuse none and both."""
        if isinstance(given, dict) and ("text" in given) == ("resume" in given):
            raise ValidationError("Give either a text or a resume.")


class ProfileAssessmentQuerySchema(RequestSchema):
    """Where the people of a common profile want to go."""

    target = text("A role's id, `either` (the default) or `both`.", load_default=None)


class PageQuerySchema(RequestSchema):
    """Which part of a list to give."""

    limit = whole_number("How many entries to list at most.", 1, MAX_LISTED, default=50)
    offset = whole_number("How many entries to leave out first.", 0, MAX_OFFSET, default=0)


class SkillsQuerySchema(PageQuerySchema):
    """Which skills to list."""

    q = skill_name("The beginning of a name, to complete; best matches first.", required=False)
