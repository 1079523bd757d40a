"""What names and documents were read as."""

from marshmallow import fields

from service.entrypoints.schemas.answer import (
    AnswerSchema,
    NamedSkillSchema,
    items,
    one_of,
    share,
    text,
    whole,
)
from service.entrypoints.schemas.assessment import SuggestionSchema


class NamedByInputSchema(AnswerSchema):
    """A skill that a name stands for."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    match = one_of("What gave it away.", "id", "name", "alias", "tool", "fuzzy")
    level = whole("The level that the name states; null where it states none.", allow_none=True)
    score = share("1 for a spelling that the graph lists, less for what was read into it.")


class ResolutionSchema(AnswerSchema):
    """What one name was read as: skills, or what it could mean, or what may have been meant."""

    input = text("The name as it was written.")
    status = one_of("How it was read.", "resolved", "ambiguous", "unknown")
    skill = fields.String(metadata={"description": "Resolved: id of the skill, or of the first."})
    name = fields.String(metadata={"description": "Resolved: name of that skill."})
    match = fields.String(
        metadata={"description": "Resolved: id, name, alias, tool or fuzzy: what gave it away."}
    )
    level = whole(
        "Resolved: the level that the name states; null where it states none.",
        required=False,
        allow_none=True,
    )
    score = fields.Float(
        metadata={"description": "Resolved: 1 for a spelling that the graph lists, else less."}
    )
    skills = items(
        NamedByInputSchema,
        "Resolved: all the skills, where the name stands for several; the first among them.",
        required=False,
    )
    candidates = items(
        NamedSkillSchema, "Ambiguous: the skills it may mean; none is credited.", required=False
    )
    suggestions = items(
        SuggestionSchema, "Unknown: what may have been meant, best first.", required=False
    )


class ResolutionsSchema(AnswerSchema):
    """What names were read as."""

    graph_version = text("Version of the graph.")
    results = items(ResolutionSchema, "One for each name, in the order asked.")


class MentionSchema(AnswerSchema):
    """A place that speaks for a skill."""

    words = text("The words as they were written.", data_key="text")
    start = whole("Where they start: Unicode code points from the start of the text.")
    end = whole("Where they end: Unicode code points from the start of the text.")
    pointer = text("JSON pointer of the text within the resume; empty for plain text.")


class FoundSkillSchema(AnswerSchema):
    """A skill that a document names."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    level = whole(
        "The highest level stated with it, on the skill's own scale; null where none is.",
        allow_none=True,
    )
    mentions = items(MentionSchema, "Every place, in the document's order.")


class AmbiguousMentionSchema(MentionSchema):
    """A place that could speak for several skills."""

    candidates = items(NamedSkillSchema, "The skills it may mean; none is credited.")


class UnknownNameSchema(AnswerSchema):
    """A skill of a resume that was not understood."""

    words = text("The name as it was written.", data_key="text")
    pointer = text("JSON pointer of the name within the resume.")
    suggestions = items(SuggestionSchema, "What may have been meant, best first.")


class ExtractionSchema(AnswerSchema):
    """What a document says about skills."""

    graph_version = text("Version of the graph.")
    skills = items(FoundSkillSchema, "In the order of their first mention.")
    ambiguous = items(AmbiguousMentionSchema, "What could mean several skills.")
    not_understood = items(
        UnknownNameSchema,
        "Skills listed in a resume that were not understood; none for plain text.",
        data_key="unknown",
    )
