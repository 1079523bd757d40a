"""What the reader takes, what it refuses and why, and that it never fails otherwise."""

import json
import math
import pickle
from collections.abc import Callable, Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.strict_json import (
    MAX_DIGITS,
    MAX_POINTER_LENGTH,
    JsonValue,
    MalformedJsonError,
    read_json,
)
from tests.clock import seconds_of_work

MEBIBYTE = 1 << 20


def read(data: bytes) -> JsonValue:
    return read_json(data, max_bytes=MEBIBYTE)


def refusal(data: bytes) -> MalformedJsonError:
    with pytest.raises(MalformedJsonError) as caught:
        read(data)
    return caught.value


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"{}", {}, id="an empty object"),
        pytest.param(b"null", None, id="a bare constant"),
        pytest.param(b"[true, false]", [True, False], id="both truth values"),
        pytest.param(b" \t\r\n[1]\n\r\t ", [1], id="whitespace around the text"),
        pytest.param('"né 漢 😀"'.encode(), "né 漢 😀", id="unescaped text beyond ASCII"),
        pytest.param(rb'"\ud83d\ude00\ud83d\ude00"', "😀😀", id="escaped surrogate pairs"),
        pytest.param(rb'"\\ud800"', "\\ud800", id="an escaped backslash before ud800"),
        pytest.param(rb'"\\\\b\\u0000"', "\\\\b\\u0000", id="escaped backslashes before b, u0000"),
        pytest.param(rb'"\t\n\r\u0009\u000a\u000D"', "\t\n\r\t\n\r", id="escaped tabs and lines"),
        pytest.param(rb'"\"\/\u0020\u007f"', '"/ \x7f', id="the other escapes"),
        pytest.param(rb'{"\"\/\u00e9": 1}', {'"/é': 1}, id="harmless escapes in a key"),
        pytest.param(
            b'{"a": {"a": 1}, "b": {"a": 1}}',
            {"a": {"a": 1}, "b": {"a": 1}},
            id="a key in several objects",
        ),
        pytest.param(b'{"a": 1, "A": 2}', {"a": 1, "A": 2}, id="keys that differ by case"),
        pytest.param(b'["NaN", "1e999"]', ["NaN", "1e999"], id="numbers' names in strings"),
        pytest.param(
            b'["1234567890123456789"]', ["1234567890123456789"], id="19 digits in a string"
        ),
        pytest.param(
            rb'["\"1234567890123456789\\"]',
            ['"1234567890123456789\\'],
            id="19 digits among escaped quotes",
        ),
        pytest.param(
            b"[1e308, -1E+308, 1e-400]", [1e308, -1e308, 0.0], id="the range of a double"
        ),
        pytest.param(b"[1e00000000000000000000002]", [100.0], id="a long exponent of small value"),
        pytest.param(b"[-0.00000000000000000000025]", [-2.5e-22], id="leading zeros do not count"),
    ],
)
def test_reads_what_is_json(data: bytes, expected: JsonValue) -> None:
    assert read(data) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \r\n\t", "empty", id="only whitespace"),
        pytest.param(b"\xef\xbb\xbf{}", "byte-order-mark", id="a byte order mark"),
        pytest.param("{}".encode("utf-16"), "encoding", id="UTF-16 with its mark"),
        pytest.param("{}".encode("utf-16-le"), "encoding", id="UTF-16, little end first"),
        pytest.param("{}".encode("utf-16-be"), "encoding", id="UTF-16, big end first"),
        pytest.param("1".encode("utf-32"), "encoding", id="UTF-32 with its mark"),
        pytest.param("1".encode("utf-32-be"), "encoding", id="UTF-32, big end first"),
        pytest.param('"é"'.encode("latin-1"), "encoding", id="Latin-1"),
        pytest.param(b'"\xc0\xaf"', "encoding", id="an overlong sequence"),
        pytest.param(b'"\xed\xa0\x80"', "encoding", id="a surrogate put into UTF-8"),
        pytest.param(b'"\xf4\x90\x80\x80"', "encoding", id="a code point past the last"),
        pytest.param(b'{"a": 1', "syntax", id="a text that breaks off"),
        pytest.param(b"{} {}", "syntax", id="a second value"),
        pytest.param(b"[1,]", "syntax", id="a trailing comma"),
        pytest.param(b"{'a': 1}", "syntax", id="single quotes"),
        pytest.param(b"{1: 2}", "syntax", id="a key that is a number"),
        pytest.param(b"[01]", "syntax", id="a leading zero"),
        pytest.param(b"[+1]", "syntax", id="a plus sign"),
        pytest.param(b"[1] // x", "syntax", id="a comment"),
        pytest.param(rb'"\x41"', "syntax", id="an escape of another language"),
        pytest.param(b"[1\xc2\xa0]", "syntax", id="whitespace that is not JSON's"),
        pytest.param(b"<html>", "syntax", id="a page instead of JSON"),
        pytest.param(b'{"a": 1, "a": 1}', "duplicate-key", id="a key twice"),
        pytest.param(rb'{"a": 1, "\u0061": 2}', "duplicate-key", id="a key twice, once escaped"),
        pytest.param(b'{"": 1, "": 2}', "duplicate-key", id="the empty key twice"),
        pytest.param(b"NaN", "not-a-number", id="NaN"),
        pytest.param(b"[Infinity]", "not-a-number", id="Infinity"),
        pytest.param(b'{"a": -Infinity}', "not-a-number", id="negative Infinity"),
        pytest.param(b"1e400", "number-too-large", id="too large for a double"),
        pytest.param(b"[-1E+309]", "number-too-large", id="too large and negative"),
        pytest.param(b"[" + b"9" * 5000 + b"]", "number-too-long", id="past Python's own limit"),
        pytest.param(b"[0.10000000000000000001]", "number-too-long", id="20 digits of a fraction"),
        pytest.param(b"[1234567890.123456789]", "number-too-long", id="19 digits about the point"),
        pytest.param(b"[1234567890123456789e1]", "number-too-long", id="19 digits, an exponent"),
        pytest.param(
            rb'["\\", 1234567890123456789]',
            "number-too-long",
            id="19 digits after an escaped backslash",
        ),
        pytest.param(b"[" * 32 + b"[]", "depth", id="too deep and never closed"),
        pytest.param(rb'"\ud800"', "surrogate", id="a high half alone"),
        pytest.param(rb'"\uDFFF"', "surrogate", id="a low half alone"),
        pytest.param(rb'"\ud800\ud800\udc00"', "surrogate", id="a high half before a pair"),
        pytest.param(rb'"\ud800\udc00\udc00"', "surrogate", id="a low half after a pair"),
        pytest.param(rb'"\udc00\ud800"', "surrogate", id="two halves in the wrong order"),
        pytest.param(rb'"\ud800\\\udc00"', "surrogate", id="two halves parted by a backslash"),
        pytest.param(rb'"\ud800" "\udc00"', "surrogate", id="two halves in two strings"),
        pytest.param(rb'{"\udbff": 1}', "surrogate", id="half a pair in a key"),
        pytest.param(b'"a\nb"', "control-character", id="an unescaped line break in a string"),
        pytest.param(b'"1\x00"', "control-character", id="an unescaped NUL in a string"),
        pytest.param(rb'"\b"', "control-character", id="an escaped backspace"),
        pytest.param(rb'"\f"', "control-character", id="an escaped form feed"),
        pytest.param(rb'"\\\b"', "control-character", id="a backspace after a backslash"),
        pytest.param(rb'{"a\tb": 1}', "control-character", id="a tab in a key"),
        pytest.param(rb'[{"a\u000a": 1}]', "control-character", id="a line break in a key"),
        pytest.param(rb'{"": {"\r": 1}}', "control-character", id="a carriage return in a key"),
    ],
)
def test_refuses_what_is_not_json(data: bytes, reason: str) -> None:
    assert refusal(data).reason == reason


@pytest.mark.parametrize("code", [c for c in range(0x20) if chr(c) not in "\t\n\r"])
@pytest.mark.parametrize("form", ["%04x", "%04X"])
def test_every_other_control_character_is_refused_even_when_escaped(code: int, form: str) -> None:
    assert refusal(rf'"\u{form % code}"'.encode()).reason == "control-character"


def nested(depth: int) -> bytes:
    """Return `depth` objects and arrays inside one another."""
    return (
        (b'{"a":[' * depth)[: depth // 2 * 6]
        + b"[" * (depth % 2)
        + (b"]" * (depth % 2) + b"]}" * (depth // 2))
    )


def digits(count: int) -> bytes:
    return (b"1234567890" * 2)[:count]


@pytest.mark.parametrize(
    ("at", "over", "reason"),
    [
        pytest.param(
            b'"' + b"a" * (MEBIBYTE - 2) + b'"', b" " * (MEBIBYTE + 1), "too-large", id="bytes"
        ),
        pytest.param(nested(32), nested(33), "depth", id="depth, of arrays in objects"),
        pytest.param(b"[" * 32 + b"]" * 32, b"[" * 33 + b"]" * 33, "depth", id="depth, of arrays"),
        pytest.param(
            b"[[]," + nested(31) + b"]",
            b"[[]," + nested(32) + b"]",
            "depth",
            id="depth, not at the first child",
        ),
        pytest.param(
            rb'["\"[[{",' + nested(31) + b"]",
            rb'["]]}\\",' + nested(32) + b"]",
            "depth",
            id="depth, about brackets in strings",
        ),
        pytest.param(digits(MAX_DIGITS), digits(MAX_DIGITS + 1), "number-too-long", id="digits"),
        pytest.param(
            b"-0." + digits(MAX_DIGITS),
            b"-0." + digits(MAX_DIGITS + 1),
            "number-too-long",
            id="digits after the point",
        ),
        pytest.param(
            b"1" + b"0" * (MAX_DIGITS - 1),
            b"1" + b"0" * MAX_DIGITS,
            "number-too-long",
            id="digits, trailing zeros counted",
        ),
        pytest.param(
            b"1.7976931348623157e308",
            b"1.7976931348623159e308",
            "number-too-large",
            id="the largest double",
        ),
    ],
)
def test_a_limit_may_be_reached_but_not_passed(at: bytes, over: bytes, reason: str) -> None:
    assert read(at) == json.loads(at)
    assert refusal(over).reason == reason


def test_the_caller_sets_the_limits() -> None:
    assert read_json(b"[[]]", max_bytes=4, max_depth=2) == [[]]
    with pytest.raises(MalformedJsonError, match="longer than 3 bytes"):
        read_json(b"[[]]", max_bytes=3, max_depth=1)
    with pytest.raises(MalformedJsonError, match="deeper than 1 level"):
        read_json(b"[[]]", max_bytes=4, max_depth=1)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'["' + b"[" * 100 + b'"]', id="in a string"),
        pytest.param(rb'["\"' + b"[" * 100 + b'"]', id="after an escaped quote"),
        pytest.param(rb'["\\", "' + b"{" * 100 + b'"]', id="after an escaped backslash"),
        pytest.param(rb'["\\\"' + b"[" * 100 + b'"]', id="after both"),
        pytest.param(b"[" + b"[],{}," * 100 + b"0]", id="beside each other"),
        pytest.param(b"[" + b'{"a":[{}]},' * 100 + b"0]", id="beside each other, four deep"),
    ],
)
def test_brackets_that_do_not_nest_are_not_depth(data: bytes) -> None:
    assert read(data) == json.loads(data)


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        pytest.param(b'{"a": 1, "b": 2, "b": 3, "a": 4}', "/a", id="the first key that repeats"),
        pytest.param(b'[1, {"s": [{}, {"x": 1, "x": 2}]}]', "/1/s/1/x", id="at any depth"),
        pytest.param(b'[{"a": 1, "a": 2}, {"b": 1, "b": 2}]', "/0/a", id="the first object"),
        pytest.param(b'{"a": {"b": 1, "b": 2}, "a": 3}', "/a", id="the object that stays"),
        pytest.param(b'{"a/b~": {"~1": 1, "~1": 2}}', "/a~1b~0/~01", id="tokens are escaped"),
        pytest.param(b'{"": 1, "": 2}', "/", id="an empty key is a token"),
        pytest.param(b'{"a": 1, "a": 2} x', "", id="no place in a text that is broken further on"),
    ],
)
def test_the_pointer_leads_to_the_repeated_key(data: bytes, pointer: str) -> None:
    assert (refusal(data).reason, refusal(data).pointer) == ("duplicate-key", pointer)


def test_the_pointer_stops_at_the_last_container_it_has_room_for() -> None:
    fits = "k" * (MAX_POINTER_LENGTH - len("/a/"))

    def repeated(key: str) -> bytes:
        return f'{{"a": {{"{key}": 1, "{key}": 2}}}}'.encode()

    assert refusal(repeated(fits)).pointer == f"/a/{fits}"
    assert refusal(repeated(fits + "k")).pointer == "/a"


@pytest.mark.parametrize(
    ("data", "position"),
    [
        pytest.param(b"[1 2]", (1, 4), id="syntax"),
        pytest.param('["é",\n "é" 1]'.encode(), (2, 6), id="syntax, counted in characters"),
        pytest.param('{\n"é": "\xe9'.encode() + b"\xff", (2, 8), id="encoding"),
        pytest.param(b'[\n"a\x01"]', (2, 3), id="a control character"),
        pytest.param(b'[\n"\\\\\\b"]', (2, 4), id="an escaped control character"),
        pytest.param(b'["\\\\\\\\",\n\n "\\ud800"]', (3, 3), id="half a surrogate pair"),
        pytest.param(b"[NaN]", None, id="unknown for a number"),
    ],
)
def test_the_position_is_where_reading_stopped(
    data: bytes, position: tuple[int, int] | None
) -> None:
    assert refusal(data).position == position


@pytest.mark.parametrize(
    "data",
    [
        b'{"canary": 1, "canary": 2}',
        b'"canary',
        b'"canary\x01"',
        rb'"canary\ud800"',
        rb'{"canary\n": 1}',
        b'["canary"] canary',
        b'"canary\xff"',
        b'["canary", 1e999]',
    ],
)
def test_the_detail_is_a_sentence_that_never_repeats_the_text(data: bytes) -> None:
    error = refusal(data)

    assert "canary" not in str(error)
    assert str(error) == error.detail
    assert error.detail.endswith(".")
    assert error.__suppress_context__ or error.__context__ is None  # it would hold the text


def test_a_refusal_survives_pickling() -> None:
    error = refusal(b'[{"a": 1, "a": 2}]')
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - made in the line itself
    placed = pickle.loads(pickle.dumps(refusal(b"[1 2]")))  # noqa: S301 - as above

    assert isinstance(copy, MalformedJsonError)
    assert vars(copy) == vars(error)
    assert placed.position == (1, 4)


def filled(unit: bytes, before: bytes = b"[", after: bytes = b"0]") -> bytes:
    return before + unit * ((MEBIBYTE - len(before) - len(after)) // len(unit)) + after


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(filled(b"[", b"", b""), id="opening brackets"),
        pytest.param(filled(b'{"a":', b"", b""), id="opening objects"),
        pytest.param(filled(b"[" * 31 + b"]" * 31 + b","), id="the deepest arrays"),
        pytest.param(filled(b'{"":0},', b'["\\n",'), id="many objects and one escape"),
        pytest.param(filled(b'{"a":0},', after=b'{"a":0,"a":0}]'), id="a repeated key at the end"),
        pytest.param(filled(b'{"a":0,"a":0},'), id="repeated keys all over"),
        pytest.param(filled(b'"a":0,', b"{", b'"a":0}'), id="one key repeated"),
        pytest.param(filled(b"1" * 18 + b",", b'["' + b"1" * 19 + b'",'), id="longest numbers"),
        pytest.param(filled(b"1", b"", b""), id="one endless number"),
        pytest.param(filled(b"0", b"0.", b"1"), id="one endless fraction"),
        pytest.param(filled(b"0", b"1e", b"1"), id="one endless exponent"),
        pytest.param(filled(b'\\"', b'"', b""), id="escaped quotes that never close"),
        pytest.param(filled(b"\\\\", b'"', b'"'), id="escaped backslashes"),
        pytest.param(filled(b"\\ud83d\\ude00", b'"', b'"'), id="surrogate pairs"),
        pytest.param(filled(b"\\n", b'"', b'"'), id="escaped line breaks"),
        pytest.param(filled(b" ", b"", b"x"), id="whitespace"),
    ],
)
@pytest.mark.alone
def test_the_worst_mebibyte_is_read_or_refused_in_linear_time(data: bytes) -> None:
    # Linear is a tenth of a second, quadratic is minutes: the bound has room for slow machines.
    assert seconds_of_work(lambda: outcome_of(read, data)) < 2


def outcome_of(reader: Callable[[bytes], JsonValue], data: bytes) -> JsonValue | ValueError:
    try:
        return reader(data)
    except ValueError as error:
        return error


numbers = st.integers(1 - 10**MAX_DIGITS, 10**MAX_DIGITS - 1) | st.floats(
    allow_nan=False, allow_infinity=False
)
keys = st.text(st.characters(exclude_categories=["Cs", "Cc"]))
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r"))
values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner) | st.dictionaries(keys, inner),
)


@given(values, st.booleans(), st.sampled_from([None, 2]))
def test_what_is_written_within_the_limits_reads_back_equal(
    value: JsonValue,
    ascii_only: bool,  # noqa: FBT001 - Hypothesis passes it by position
    indent: int | None,
) -> None:
    written = json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    assert read_json(written.encode(), max_bytes=MEBIBYTE, max_depth=100) == value


fragments = st.lists(
    st.sampled_from(
        [
            *rb"""{ } [ ] : , " \ \\ \" \n \b \u \ud800 \udc00 \u0061 \u0000 a "a" "a":1 {"a":
            0 1 - . e E + 1e400 123456789 NaN Infinity null true""".split(),
            *(b" ", b"\n", b"\x00", b"\xff", b"\xc3\xa9", b"\xed\xa0\x80", b"\xef\xbb\xbf"),
        ]
    ),
    max_size=40,
).map(b"".join)


@given(st.binary() | fragments | values.map(lambda value: json.dumps(value).encode()))
@example(b"[" * 100_000)
@example(b"9" * 5000)
@example(b'"\\' + b'\\"' * 3 + b"[" * 40)
def test_any_bytes_are_read_as_json_loads_reads_them_or_refused(data: bytes) -> None:
    outcome = outcome_of(read, data)

    assert type(outcome) is MalformedJsonError or outcome == json.loads(data)


@given(fragments.map(lambda data: b"[" + data + b"]"))
def test_nothing_that_is_read_holds_what_the_reader_promises_to_keep_out(data: bytes) -> None:
    outcome = outcome_of(read, data)

    if not isinstance(outcome, ValueError):
        json.dumps(outcome, ensure_ascii=False, allow_nan=False).encode()
        assert all(is_clean(part) for part in parts_of(outcome))


def parts_of(value: JsonValue) -> list[JsonValue]:
    """Return the value and every value inside it."""
    inner: Iterable[JsonValue] = ()
    if isinstance(value, dict):
        inner = value.values()
    elif isinstance(value, list):
        inner = value
    return [value, *(part for member in inner for part in parts_of(member))]


def is_clean(part: JsonValue) -> bool:
    if isinstance(part, dict):
        return not any(character < " " for key in part for character in key)
    if isinstance(part, str):
        return not any(character < " " and character not in "\t\n\r" for character in part)
    if isinstance(part, int):
        return abs(part) < 10**MAX_DIGITS
    return not isinstance(part, float) or math.isfinite(part)
