"""The words of a text and where they stand; web and mail addresses hold none."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from service.domain.naming.spelling import folded, word_pattern

_CHUNK: Final = re.compile(r"\S+")
_ADDRESS: Final = re.compile(r"://|www\.|@[^.@]*\.")
"""Signs of an address: its words name no skills. A bare @ is none: recall@k."""


class Token(NamedTuple):
    """A word of a text, folded, and where it stands."""

    key: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text, those of web and mail addresses left out. Linear."""
    if not any(sign in text for sign in ("://", "www.", "@")):
        yield from _tokens_between(text, 0, len(text))
        return
    for chunk in _CHUNK.finditer(text):
        if not _ADDRESS.search(chunk[0]):
            yield from _tokens_between(text, chunk.start(), chunk.end())


def _tokens_between(text: str, start: int, end: int) -> Iterator[Token]:
    if text.isascii():
        text = text.lower()  # no letter changes its length, so all keep their places
        for word in word_pattern(text).finditer(text, start, end):
            yield Token(word[0], word.start(), word.end())
        return
    for word in word_pattern(text).finditer(text, start, end):
        yield Token(folded(word[0]), word.start(), word.end())
