"""Fields that take what the contract says and nothing like it: no coercion, bounded work."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, Final
from unicodedata import normalize

from marshmallow import Schema, ValidationError, fields, validate

from service.application.request import Claim

MAX_SKILLS: Final = 500
MAX_GROUPS: Final = 64
MAX_OPTIONS: Final = 64
MAX_NAME: Final = 200
MAX_NAMES: Final = 1000
MAX_TEXT: Final = 50_000
"""Characters of a text, or of all texts of a resume: some twenty pages."""
MAX_TEXTS: Final = 1000
"""Texts in a resume."""
MAX_LEVEL: Final = 8
MAX_WEIGHT: Final = 1000
MAX_DECIMALS: Final = 2

UNREADABLE: Final = Claim("")
"""Stands where a claim cannot be read, so that the others keep their places."""

_TOO_LONG_TO_NORMALISE: Final = 10 * MAX_NAME
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
CLAIMS_KEPT: Final = 4096
"""Claims that were read before: people write the same few in the same few ways."""

_NAME_FAULT: Final = f"Must have 1 to {MAX_NAME} characters, not all of them spaces."
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FAULT: Final = "Must be a day of the calendar, like 2026-12-01."
_LEVEL_FAULT: Final = "Must be a whole number, or the id or an alias of a level."


def _whole(value: object) -> object:
    """Let integral floats pass as integers: JSON Schema calls 3.0 an integer."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value % 1:
        raise ValidationError("Not a whole number.")
    return int(value)


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValidationError("Not a number.")
    return value


def _day(value: object) -> object:
    """Let one form of writing pass: Python reads several more."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValidationError(_DAY_FAULT)
    return value


def _truth(value: object) -> object:
    if not isinstance(value, bool):
        raise ValidationError("Must be true or false.")
    return value


def is_name(text: str) -> bool:
    """Return whether a text has a length that names have: counted after NFKC and casefold."""
    if len(text) > _TOO_LONG_TO_NORMALISE:
        return False
    if not text.isascii():
        text = normalize("NFKC", text).casefold()
    return len(text) <= MAX_NAME and bool(text.strip())


def _name(text: str) -> None:
    if not is_name(text):
        raise ValidationError(_NAME_FAULT)
    if _CONTROL.search(text):
        raise ValidationError("Must not hold control characters.")


def _resume(document: object) -> None:
    if not isinstance(document, dict):
        raise ValidationError("Must be an object.")
    lengths = list(_lengths_of_texts(document))
    if len(lengths) > MAX_TEXTS or sum(lengths) > MAX_TEXT:
        raise ValidationError(
            f"Must hold at most {MAX_TEXTS:,} texts with {MAX_TEXT:,} characters in all."
        )


def _lengths_of_texts(document: object) -> Iterator[int]:
    """Yield the length of every text in a document, however deep."""
    left = [document]
    while left:
        value = left.pop()
        if isinstance(value, str):
            yield len(value)
        elif isinstance(value, dict):
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)


def _level(value: object) -> object:
    """Read a level: a whole number, also written as text, or a level's id or alias."""
    if isinstance(value, str):
        text = value.strip()
        if text.isascii() and text.isdecimal() and len(text) <= MAX_NAME:
            return int(text)
        _name(text)
        return text
    try:
        return _whole(value)
    except ValidationError:
        raise ValidationError(_LEVEL_FAULT) from None


def _length_first(limits: validate.Length, value: object) -> object:
    """Check a list's length before its entries are looked at."""
    if isinstance(value, list):
        limits(value)
    return value


def _weight(value: float) -> None:
    if not 0 < value <= MAX_WEIGHT:
        raise ValidationError(f"Must be greater than 0 and at most {MAX_WEIGHT}.")
    if -int(Decimal(repr(value)).as_tuple().exponent) > MAX_DECIMALS:
        raise ValidationError(f"Has more than {MAX_DECIMALS} decimals.")


def text(description: str, **more: Any) -> fields.String:  # noqa: ANN401  passed through
    """Return a field for text of any length."""
    return fields.String(metadata={"description": description}, **more)


def skill_name(description: str, *, required: bool = True) -> fields.String:
    """Return a field for a skill as people write it."""
    limits = {"minLength": 1, "maxLength": MAX_NAME}
    return fields.String(
        required=required, validate=_name, metadata={"description": description, **limits}
    )


def running_text(description: str) -> fields.String:
    """Return a field for text that names skills among other words."""
    return fields.String(
        validate=validate.Length(max=MAX_TEXT), metadata={"description": description}
    )


def resume(description: str) -> fields.Raw:
    """Return a field for a JSON Resume; what is in it is looked at later, and never refused."""
    limits = (
        f"At most {MAX_TEXTS:,} texts with {MAX_TEXT:,} characters in all; members that the "
        "format does not know are passed over."
    )
    return fields.Raw(
        validate=_resume,
        metadata={
            "description": f"{description} {limits}",
            "type": "object",
            "additionalProperties": True,
        },
    )


def level(description: str) -> fields.Raw:
    """Return a field for a level: number, id or alias."""
    shapes = [
        {"type": "integer", "minimum": 0, "maximum": MAX_LEVEL},
        {"type": "string", "minLength": 1, "maxLength": MAX_NAME},
    ]
    return fields.Raw(pre_load=_level, metadata={"description": description, "anyOf": shapes})


def whole_number(
    description: str,
    least: int,
    most: int,
    default: int | None = None,
    **more: Any,  # noqa: ANN401
) -> fields.Integer:
    """Return a field for a whole number within limits; without a default it may be left out."""
    if default is not None:
        more["load_default"] = default
    return fields.Integer(
        strict=True,
        pre_load=_whole,
        validate=validate.Range(least, most),
        metadata={"description": description},
        **more,
    )


def hours_per_week(description: str) -> fields.Float:
    """Return a field for hours of study a week."""
    return fields.Float(
        pre_load=_number, validate=validate.Range(1, 80), metadata={"description": description}
    )


def amount(description: str, most: int) -> fields.Float:
    """Return a field for an amount of time, from 0 on."""
    return fields.Float(
        pre_load=_number, validate=validate.Range(0, most), metadata={"description": description}
    )


def day(description: str) -> fields.Date:
    """Return a field for a calendar day."""
    return fields.Date(
        pre_load=_day,
        error_messages={"invalid": _DAY_FAULT},
        metadata={"description": description},
    )


def weight(description: str) -> fields.Float:
    """Return a field for the importance of a requirement."""
    return fields.Float(
        pre_load=_number,
        load_default=1.0,
        validate=_weight,
        metadata={"description": description, "exclusiveMinimum": 0, "maximum": MAX_WEIGHT},
    )


def truth(description: str, *, default: bool) -> fields.Boolean:
    """Return a field that is true or false."""
    return fields.Boolean(
        pre_load=_truth, load_default=default, metadata={"description": description}
    )


def length(least: int, most: int) -> dict[str, Any]:
    """Return the arguments that make a list field check its length first, and document it."""
    limits = validate.Length(least, most)
    return {"pre_load": partial(_length_first, limits), "validate": limits}


class Claims(fields.List[Claim]):
    """A list of claims or options, read by one loop: most of the time of a request was here.

    The loop knows the usual entry, a name with or without a number; any other goes through
    the schema of the entries, which also words what is wrong with it.
    """

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> list[Claim | None]:
        if not isinstance(value, list):
            return super()._deserialize(value, attr, data, **kwargs)
        claims: list[Claim | None] = []
        faults = {}
        for index, entry in enumerate(value):
            claim: Claim | None = _usual_claim(entry)
            if claim is None:
                try:
                    claim = self.inner.deserialize(entry)
                except ValidationError as error:
                    faults[index] = error.messages
                    claim = UNREADABLE
            claims.append(claim)
        if faults:
            raise ValidationError(faults, valid_data=claims)
        return claims


def _usual_claim(entry: object) -> Claim | None:
    if type(entry) is not dict:
        return None
    name, level = entry.get("skill"), entry.get("level")
    if type(name) is not str or len(name) > MAX_NAME:
        return None
    if len(entry) == (1 if level is None else 2) and (level is None or type(level) is int):
        return _plain_claim(name, level)
    return None


@lru_cache(maxsize=CLAIMS_KEPT)
def _plain_claim(name: str, level: int | None) -> Claim | None:
    return Claim(name, level) if is_name(name) and not _CONTROL.search(name) else None


class Either(fields.Field[Any]):
    """An object of one of several shapes, told apart by a member.

    Args:
        shapes: What an object may be.
        choose: Returns which of them it is, from the object itself.
    """

    def __init__(
        self,
        shapes: tuple[Schema, ...],
        choose: Callable[[Mapping[str, Any]], int],
    ) -> None:
        super().__init__()
        self.shapes = shapes
        self._choose = choose

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> Any:  # noqa: ANN401  whatever the schema makes of it
        del attr, data, kwargs
        if not isinstance(value, Mapping):
            raise ValidationError("Must be an object.")
        return self.shapes[self._choose(value)].load(value)
