"""API keys: made once, kept as digests, found in constant time."""

import pytest

from service.application.access import (
    ID_BYTES,
    SECRET_BYTES,
    KeyRing,
    NewKey,
    Scope,
    key_line,
    make_key,
    read_keys,
)
from service.domain.errors import UnreadableKeysError


def made(seed: int, *scopes: Scope, per_minute: int | None = None) -> NewKey:
    random = bytes([seed] * (ID_BYTES + SECRET_BYTES))
    return make_key("acme", scopes or [Scope.ASSESS], per_minute, random)


def test_a_key_is_found_again_from_the_line_that_is_kept_of_it() -> None:
    first, second = made(1, Scope.BATCH, Scope.ASSESS, per_minute=600), made(2)
    text = f"# of acme\n\n{key_line(first.key)}\n  {key_line(second.key)}  # the new one\n"
    ring = read_keys(text, "keys")

    assert ring.find(first.token) == first.key
    assert ring.find(second.token) == second.key
    assert len(ring) == 2


def test_what_is_kept_does_not_tell_the_key() -> None:
    new = made(1)

    assert new.token.rpartition("_")[2] not in key_line(new.key)
    assert new.token not in repr(new.key)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda token: token[:-1], id="cut"),
        pytest.param(lambda token: f"{token}A", id="longer"),
        pytest.param(str.upper, id="in capitals"),
        pytest.param(lambda token: token.replace("01", "02", 1), id="under another id"),
        pytest.param(lambda token: token[:-1] + "\ud800", id="with a lone surrogate"),
        pytest.param(lambda _: "", id="empty"),
        pytest.param(lambda _: "sg_ffffffff_" + "A" * 43, id="made up"),
    ],
)
def test_anything_but_the_key_itself_is_no_key(spoil: object) -> None:
    new = made(1)

    assert callable(spoil)
    assert KeyRing([new.key]).find(spoil(new.token)) is None


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("00000001 acme assess - sha256:abc", "a digest that is too short"),
        ("00000001 acme assess sha256:" + "0" * 64, "a word too few"),
        ("0000001g acme assess - sha256:" + "0" * 64, "an id that is none"),
        ("00000001 ac/me assess - sha256:" + "0" * 64, "a client that is none"),
        ("00000001 acme assess,all - sha256:" + "0" * 64, "a scope that is none"),
        ("00000001 acme assess 0 sha256:" + "0" * 64, "no requests at all"),
        ("sg_00000001_" + "A" * 43, "the key itself"),
    ],
    ids=lambda value: value if " " in value and len(value) < 30 else "",
)
def test_every_bad_line_is_numbered_and_none_repeated(line: str, wrong: str) -> None:
    del wrong
    good = key_line(made(1).key)
    with pytest.raises(UnreadableKeysError) as refused:
        read_keys(f"{good}\n{line}\n{good}\n", "keys.txt")

    assert refused.value.lines == (2, 3)  # the third repeats the id of the first
    assert line not in str(refused.value)
