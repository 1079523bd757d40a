"""What the schemas of answers are made of.

Answers are built as plain data and sent as ready bytes; these schemas declare them, and the
tests prove that what is sent is what is declared.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import Schema, fields, validate


class AnswerSchema(Schema):
    """Something the service sends. Members may be added; none is taken away within a version."""


def text(description: str, **more: Any) -> fields.String:  # noqa: ANN401  passed through
    """Return a member that is text."""
    return fields.String(required=True, metadata={"description": description}, **more)


def one_of(description: str, *choices: str) -> fields.String:
    """Return a member that is one of some words."""
    return text(description, validate=validate.OneOf(choices))


def whole(
    description: str,
    *,
    required: bool = True,
    **more: Any,  # noqa: ANN401  passed through
) -> fields.Integer:
    """Return a member that is a whole number."""
    return fields.Integer(
        strict=True, required=required, metadata={"description": description}, **more
    )


def number(description: str, **more: Any) -> fields.Float:  # noqa: ANN401  passed through
    """Return a member that is a number."""
    return fields.Float(required=True, metadata={"description": description}, **more)


def share(description: str) -> fields.Float:
    """Return a member that is a number between 0 and 1."""
    return number(description, validate=validate.Range(0, 1))


def texts(description: str) -> fields.List[str]:
    """Return a member that is a list of texts."""
    return fields.List(fields.String(), required=True, metadata={"description": description})


def date(description: str, **more: Any) -> fields.Date:  # noqa: ANN401  passed through
    """Return a member that is a day of the calendar."""
    return fields.Date(required=True, metadata={"description": description}, **more)


def truth(description: str) -> fields.Boolean:
    """Return a member that is true or false."""
    return fields.Boolean(required=True, metadata={"description": description})


def nested(
    schema: type[Schema],
    description: str,
    *,
    required: bool = True,
    **more: Any,  # noqa: ANN401  passed through
) -> fields.Nested:
    """Return a member that is an object."""
    return fields.Nested(schema, required=required, metadata={"description": description}, **more)


def items(
    schema: type[Schema],
    description: str,
    *,
    required: bool = True,
    data_key: str | None = None,
) -> fields.List[Any]:
    """Return a member that is a list of objects."""
    return fields.List(
        fields.Nested(schema),
        required=required,
        data_key=data_key,
        metadata={"description": description},
    )


class HoursSchema(AnswerSchema):
    """Study time in hours, as a range."""

    low = number("Hours of study if it goes well.")
    likely = number("Hours of study to plan with; paths are the shortest by these.")
    high = number("Hours of study if it goes slowly.")


class SkillLevelSchema(AnswerSchema):
    """A skill at a level."""

    skill = text("Id of the skill.")
    level = whole("1 and up.")


class NamedSkillSchema(AnswerSchema):
    """A skill with its name."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")


class NamedSkillLevelSchema(AnswerSchema):
    """A skill with its name, at a level."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    level = whole("1 and up.")


class UnionSchema(AnswerSchema):
    """One of several shapes, told apart by a member that all of them have.

    Attributes:
        by: The member.
        shapes: By its value.
    """

    by: ClassVar[str]
    shapes: ClassVar[Mapping[str, type[Schema]]]

    def shape_of(self, value: Mapping[str, Any]) -> Schema:
        """Return the shape that an object has."""
        return self.shapes[value[self.by]]()

    def load(self, data: Any, **more: Any) -> Any:  # noqa: ANN401  as marshmallow has it
        """Load an object by its shape."""
        return self.shape_of(data).load(data, **more)

    def dump(self, obj: Any, **more: Any) -> Any:  # noqa: ANN401  as marshmallow has it
        """Dump an object by its shape."""
        return self.shape_of(obj).dump(obj, **more)
