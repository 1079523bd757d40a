"""The one reader of JSON from outside: HTTP bodies, NDJSON lines, graph files.

Python's own parser, set to refuse what RFC 8259 leaves open or what would hurt further in:
repeated keys, NaN, numbers no float holds, lone surrogates, control characters, deep nesting.
What the parser could not survive, depth and endless digits, is looked for in the bytes first.
Every check is linear in the size of the text, and the price of a rare check is paid only by
texts that could fail it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from json import JSONDecodeError, JSONDecoder
from math import isinf
from typing import Final, Literal, NoReturn, TypeAlias

JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None
_Pairs: TypeAlias = list[tuple[str, JsonValue]]

Reason: TypeAlias = Literal[
    "byte-order-mark",
    "control-character",
    "depth",
    "duplicate-key",
    "empty",
    "encoding",
    "not-a-number",
    "number-too-large",
    "number-too-long",
    "surrogate",
    "syntax",
    "too-large",
]

MAX_DIGITS: Final = 18
MAX_POINTER_LENGTH: Final = 200

_WHITESPACE: Final = " \t\n\r"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_CONTAINERS: Final = (dict, list)
_OPENING: Final = ord("[")
_BRACES_TO_BRACKETS: Final = bytes.maketrans(b"{}", b"[]")
_NEITHER_BRACKET_NOR_QUOTE: Final = bytes(set(range(256)) - set(b'[]{}"'))
_DIGITS_TO_ZERO: Final = bytes(ord("0") if c in b"0123456789." else c for c in range(256))
_TOO_MANY_ZEROS: Final = b"0" * (MAX_DIGITS + 1)
# From the start of a number: its leading zeros, then one significant digit too many.
_LONG_NUMBER: Final = re.compile(rb"(?<![0-9.])[0.]*+[1-9](?:\.?[0-9]){%d}" % MAX_DIGITS)
_CONTROL: Final = re.compile(r"[\x00-\x1f]")
# Tab, newline and carriage return (09, 0a, 0d) pass: free text needs them.
_CONTROL_ESCAPE: Final = re.compile(r"\\(?:[bf]|u00(?:0[0-8bcefBCEF]|1))")
# A high half that no low half follows, or a low half that no high half precedes.
_LONE_SURROGATE: Final = re.compile(
    r"\\u[dD](?:[89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..\\u[dD])[c-fC-F])"
)


class MalformedJsonError(ValueError):
    """The bytes are not JSON that this service reads.

    Attributes:
        reason: Which rule is broken; a stable slug.
        detail: One sentence for people; it never repeats the text that was read.
        pointer: JSON pointer to a repeated key, or to the nearest container around it
            whose pointer has at most `MAX_POINTER_LENGTH` characters; "" for the whole
            text and wherever the place is unknown.
        position: Line and column where reading stopped, in characters counted from 1;
            None where unknown.
    """

    def __init__(
        self,
        reason: Reason,
        detail: str,
        pointer: str = "",
        position: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(reason, detail, pointer, position)  # raw data: the error pickles
        self.reason = reason
        self.detail = detail
        self.pointer = pointer
        self.position = position

    def __str__(self) -> str:
        return self.detail


def read_json(data: bytes, *, max_bytes: int, max_depth: int = 32) -> JsonValue:
    r"""Return the value of a JSON text, or refuse it with the reason.

    Args:
        data: The text: UTF-8 without a byte order mark.
        max_bytes: How many bytes the text may have; looked at before anything else.
        max_depth: How many arrays and objects may stand inside one another. The parser
            recurses once for each, so keep it in the hundreds at most.

    Returns:
        What `json.loads` returns: objects have distinct keys without control characters,
        strings are encodable and hold no control characters but tab, newline and carriage
        return, numbers are finite and have at most `MAX_DIGITS` significant digits (all
        digits that are written, but for leading zeros). O(bytes) time and memory.

    Raises:
        MalformedJsonError: The text breaks a rule; the only error, whatever the bytes.

    Example:
        >>> read_json(b'{"skill": "rag", "level": 2}', max_bytes=1024)
        {'skill': 'rag', 'level': 2}
        >>> read_json(b'{"a": 1, "\\u0061": 2}', max_bytes=1024)
        Traceback (most recent call last):
        service.strict_json.MalformedJsonError: A key stands twice in one object.
    """
    if len(data) > max_bytes:
        raise MalformedJsonError("too-large", f"The text is longer than {max_bytes} bytes.")
    text = _decode(data)
    _refuse_deep_nesting(data, max_depth)
    _refuse_long_numbers(data)
    if "\\" not in text:
        return _parse(text, _DECODER)
    _refuse_escapes(text)
    return _parse(text, _DECODER_OF_ESCAPES)


def _decode(data: bytes) -> str:
    if data.startswith(_BYTE_ORDER_MARK):
        raise MalformedJsonError("byte-order-mark", "The text starts with a byte order mark.")
    if b"\x00" in data[:2]:  # JSON starts in ASCII, so UTF-8 has no NUL there (RFC 4627, 3)
        raise MalformedJsonError("encoding", "The text is in UTF-16 or UTF-32, not in UTF-8.")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        position = _position(data[: error.start].decode(), error.start)
        raise MalformedJsonError(
            "encoding", "The text is not in UTF-8.", position=position
        ) from None
    if not text.strip(_WHITESPACE):
        raise MalformedJsonError("empty", "The text is empty.")
    return text


def _refuse_deep_nesting(data: bytes, max_depth: int) -> None:
    if data.count(b"[") + data.count(b"{") <= max_depth:
        return
    marks = _without_escaped_quotes(data).translate(
        _BRACES_TO_BRACKETS, _NEITHER_BRACKET_NOR_QUOTE
    )
    brackets = _outside_strings(marks.replace(b'""', b""))
    if len(brackets.replace(b"[]", b"")) < max_depth:  # the usual list of flat objects
        return
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket == _OPENING else -1
        if depth > max_depth:
            raise MalformedJsonError("depth", f"The nesting is deeper than {max_depth} levels.")


def _refuse_long_numbers(data: bytes) -> None:
    if _TOO_MANY_ZEROS not in data.translate(_DIGITS_TO_ZERO):
        return
    if _LONG_NUMBER.search(_outside_strings(_without_escaped_quotes(data))):
        raise MalformedJsonError(
            "number-too-long", f"A number has more than {MAX_DIGITS} significant digits."
        )


def _without_escaped_quotes(data: bytes) -> bytes:
    return data.replace(b"\\\\", b"").replace(b'\\"', b"")


def _outside_strings(data: bytes) -> bytes:
    return b"".join(data.split(b'"')[::2])


def _refuse_escapes(text: str) -> None:
    # With escaped backslashes blanked out, every backslash left starts an escape.
    escapes = text.replace("\\\\", "  ")
    if found := _CONTROL_ESCAPE.search(escapes):
        raise _control_character(_position(text, found.start()))
    if found := _LONE_SURROGATE.search(escapes):
        raise MalformedJsonError(
            "surrogate",
            "A string holds half of a surrogate pair.",
            position=_position(text, found.start()),
        )


def _parse(text: str, decoder: JSONDecoder) -> JsonValue:
    try:
        value: JsonValue = decoder.decode(text)
    except JSONDecodeError as error:
        raise _syntax_error(error) from None
    except _RepeatedKeyError:
        raise MalformedJsonError(
            "duplicate-key", "A key stands twice in one object.", _pointer_to_repeated_key(text)
        ) from None
    return value


class _RepeatedKeyError(Exception):
    """An object was read that has a key twice; where it stands is not known yet."""


def _distinct(pairs: _Pairs) -> dict[str, JsonValue]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RepeatedKeyError
    return members


def _distinct_and_printable(pairs: _Pairs) -> dict[str, JsonValue]:
    members = _distinct(pairs)
    keys = "".join(members)
    if not keys.isprintable() and _CONTROL.search(keys):  # the first is far cheaper
        raise _control_character(None)
    return members


def _finite(literal: str) -> float:
    value = float(literal)
    if isinf(value):
        raise MalformedJsonError("number-too-large", "A number is too large for a double.")
    return value


def _refuse_constant(_: str) -> NoReturn:
    raise MalformedJsonError("not-a-number", "NaN and Infinity are not JSON.")


_DECODER: Final = JSONDecoder(
    object_pairs_hook=_distinct, parse_float=_finite, parse_constant=_refuse_constant
)
_DECODER_OF_ESCAPES: Final = JSONDecoder(
    object_pairs_hook=_distinct_and_printable,
    parse_float=_finite,
    parse_constant=_refuse_constant,
)


def _control_character(position: tuple[int, int] | None) -> MalformedJsonError:
    return MalformedJsonError(
        "control-character", "A string holds a control character.", position=position
    )


def _syntax_error(error: JSONDecodeError) -> MalformedJsonError:
    position = (error.lineno, error.colno)
    if error.msg.startswith("Invalid control character"):
        return _control_character(position)
    detail = f"{error.msg}: line {error.lineno}, column {error.colno}."
    return MalformedJsonError("syntax", detail, position=position)


def _position(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _pointer_to_repeated_key(text: str) -> str:
    """Return where the first object with a repeated key stands, and that key.

    A second reading, so that texts without such keys pay nothing for it.
    """
    repeats: list[tuple[dict[str, JsonValue], _Pairs]] = []

    def note_repeats(pairs: _Pairs) -> dict[str, JsonValue]:
        members = dict(pairs)
        if len(members) != len(pairs):
            repeats.append((members, pairs))
        return members

    try:
        value: JsonValue = JSONDecoder(object_pairs_hook=note_repeats).decode(text)
    except JSONDecodeError:  # further on the text breaks off: no whole to point into
        return ""
    # `repeats` keeps its objects alive, so their ids are theirs alone.
    return _pointer(_path_to_repeat(value, {id(members): pairs for members, pairs in repeats}))


def _path_to_repeat(value: JsonValue, repeats: dict[int, _Pairs]) -> tuple[str, ...]:
    """Return the tokens down to the first object in `repeats` and its key; () if none."""
    if pairs := repeats.get(id(value)):
        counts = Counter(key for key, _ in pairs)
        return (next(key for key, count in counts.items() if count > 1),)
    for token, child in _members(value):
        if isinstance(child, _CONTAINERS) and (path := _path_to_repeat(child, repeats)):
            return (str(token), *path)
    return ()


def _members(value: JsonValue) -> Iterable[tuple[object, JsonValue]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _pointer(path: tuple[str, ...]) -> str:
    pointer = ""
    for token in path:
        longer = f"{pointer}/{token.replace('~', '~0').replace('/', '~1')}"
        if len(longer) > MAX_POINTER_LENGTH:
            break
        pointer = longer
    return pointer
