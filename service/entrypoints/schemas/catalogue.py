"""Roles and skills."""

from marshmallow import fields

from service.entrypoints.schemas.answer import (
    AnswerSchema,
    HoursSchema,
    NamedSkillLevelSchema,
    items,
    nested,
    number,
    one_of,
    text,
    texts,
    whole,
)


class RoleRequirementSchema(AnswerSchema):
    """Skills of which a role asks for some or all."""

    at_least = whole("How many of the skills it takes.")
    of = items(NamedSkillLevelSchema, "One skill, or the alternatives.")
    reason = text("Why; may be empty.")
    weight = number("Importance for the role, beside the weights of the others.")


class RoleSchema(AnswerSchema):
    """A role in full."""

    role = text("Id of the role.")
    name = text("Name of the role.")
    aliases = texts("Other names.")
    layer = text("Where in the stack the role works; may be empty.")
    summary = text("What the role is; may be empty.")
    day = texts("What a day holds.")
    characteristics = texts("What marks the role.")
    stack = texts("The tools of the role.")
    requires = items(RoleRequirementSchema, "All of these.")


class RoleListSchema(AnswerSchema):
    """Every role of the graph."""

    graph_version = text("Version of the graph.")
    roles = items(RoleSchema, "In the graph's order.")


class SkillEntrySchema(AnswerSchema):
    """A skill in a list."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    area = text("Id of the skill's area.")
    description = text("What the skill is; may be empty.")
    top_level = whole("The highest level that the skill has.")


class SkillListSchema(AnswerSchema):
    """A part of the skills of the graph."""

    graph_version = text("Version of the graph.")
    skills = items(SkillEntrySchema, "In the graph's order; with `q`, best matches first.")
    next_offset = whole("The `offset` of the next part; null at the end.", allow_none=True)


class PrerequisiteSchema(AnswerSchema):
    """Skills of which a level needs some or all."""

    at_least = whole("How many of the skills it takes.")
    of = items(NamedSkillLevelSchema, "One skill, or the alternatives.")
    reason = text("Why; may be empty.")


class LevelOfSkillSchema(AnswerSchema):
    """One level of a skill."""

    level = whole("1 and up.")
    name = text("Name of the level.")
    outcome = text("What a person at this level can do; may be empty.")
    hours = nested(HoursSchema, "What it takes from the level below.")
    basis = one_of("Where the hours come from.", "estimate", "measured", "derived")
    sources = texts("Ids of the sources of the hours.")
    requires = items(PrerequisiteSchema, "All of these come first, besides the level below.")


class UnlockedSchema(AnswerSchema):
    """A skill that lists this one among its prerequisites."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    level = whole("The level that lists it.")
    with_level = whole("The highest level of this skill that it lists.")


class RoleNeedSchema(AnswerSchema):
    """A role that needs the skill."""

    role = text("Id of the role.")
    name = text("Name of the role.")
    level = whole("The level it needs.")
    how = one_of(
        "Whether the role asks for it, lists it as one of several, or rests on it all the same.",
        "required",
        "alternative",
        "prerequisite",
    )


class SkillSchema(AnswerSchema):
    """A skill in full."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    area = text("Id of the skill's area.")
    description = text("What the skill is; may be empty.")
    top_level = whole("The highest level that the skill has.")
    aliases = texts("Other names.")
    tools = texts("Products whose use is evidence for the skill.")
    same_as = fields.Dict(
        keys=fields.String(),
        values=fields.String(allow_none=True),
        required=True,
        metadata={"description": "Codes in other taxonomies; null where there is none."},
    )
    levels = items(LevelOfSkillSchema, "From level 1 up.")
    unlocks = items(UnlockedSchema, "What rests on it directly, in the graph's order.")
    needed_by = items(RoleNeedSchema, "The roles that need it.")
