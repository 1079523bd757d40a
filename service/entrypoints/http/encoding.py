"""Compressed answers: the coding that a client likes best, at a level that costs little.

Of an answer that many get, all but its beginning, the ending is compressed once: gzip carries
deflate, whose blocks may follow one another whoever made them.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from struct import pack
from typing import Final

import brotli
import zstandard

from service.entrypoints.answers import Answer

IDENTITY: Final = "identity"

LEAST_BYTES: Final = 1024
"""Below this compression saves no packet."""

ZSTD_LEVEL: Final = 3
BROTLI_QUALITY: Final = 1
GZIP_LEVEL: Final = 1
"""For an answer of 110 KB, the longest path there is: 0.2, 0.2 and 0.5 ms, to 13, 14 and 16 KB."""

ENDINGS_KEPT: Final = 32
LARGEST_ENDING: Final = 128 * 1024
"""Compressed endings that are kept, and bytes of an answer that is: 5 MB in all, at most."""

_GZIP_FRAME: Final = 16 + zlib.MAX_WBITS
_GZIP_HEADER: Final = b"\x1f\x8b\x08\0\0\0\0\0\x04\xff"
"""Deflate, no flags, no time, compressed in haste, on a system that does not matter (RFC 1952)."""

_TEXTUAL: Final = (
    "text/",
    "application/json",
    "application/yaml",
    "image/svg",
    "application/graphml",
)


def coding_of(accepted: str, body: bytes | Answer, media_type: str) -> str:
    """Return the coding to send a body in; of those liked equally, the one that costs least.

    Args:
        accepted: The `Accept-Encoding` header; empty where there is none.
        body: What to send.
        media_type: What it is.
    """
    if not accepted or len(body) < LEAST_BYTES or not media_type.startswith(_TEXTUAL):
        return IDENTITY
    return _preferred(accepted, _OF_ANSWERS if isinstance(body, Answer) else tuple(_ENCODERS))


def encoded(body: bytes | Answer, coding: str) -> bytes:
    """Return a body in a coding."""
    if isinstance(body, Answer):
        if coding == "gzip":
            return _gzip_of_answer(body)
        body = bytes(body)
    return body if coding == IDENTITY else _ENCODERS[coding](body)


def _zstd(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(body)


def _brotli(body: bytes) -> bytes:
    compressed: bytes = brotli.compress(body, quality=BROTLI_QUALITY)
    return compressed


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(GZIP_LEVEL, wbits=_GZIP_FRAME)
    return packer.compress(body) + packer.flush()


def _gzip_of_answer(answer: Answer) -> bytes:
    """Return the gzip of an answer from the deflate blocks of its own beginning and its ending."""
    packer = zlib.compressobj(GZIP_LEVEL, wbits=-zlib.MAX_WBITS)
    own = packer.compress(answer.own) + packer.flush(zlib.Z_FULL_FLUSH)  # up to a whole byte
    is_usual = len(answer.common) <= LARGEST_ENDING
    ending = (_deflated_once if is_usual else _deflated)(answer.common, answer.begins)
    check = zlib.crc32(memoryview(answer.common)[answer.begins :], zlib.crc32(answer.own))
    return b"".join((_GZIP_HEADER, own, ending, pack("<II", check, len(answer))))


def _deflated(common: bytes, begins: int) -> bytes:
    packer = zlib.compressobj(GZIP_LEVEL, wbits=-zlib.MAX_WBITS)
    return packer.compress(memoryview(common)[begins:]) + packer.flush()


_deflated_once: Final = lru_cache(maxsize=ENDINGS_KEPT)(_deflated)


_ENCODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "zstd": _zstd,
    "br": _brotli,
    "gzip": _gzip,
}
"""By name, those first that are taken where a client likes several equally."""

_OF_ANSWERS: Final = ("gzip", "zstd", "br")
"""The same for answers: gzip is the one that can be put together."""


@lru_cache(maxsize=256)
def _preferred(accepted: str, order: Iterable[str]) -> str:
    """Return the coding with the highest weight (RFC 9110, 12.5.3), the first of several."""
    weights = dict(_weighed(entry) for entry in accepted.lower().split(","))
    others = weights.get("*", 0.0)
    offered = {coding: weights.get(coding, others) for coding in order}
    best = max(offered, key=offered.__getitem__)
    return best if offered[best] > 0 and offered[best] >= weights.get(IDENTITY, 0.0) else IDENTITY


def _weighed(entry: str) -> tuple[str, float]:
    """Return a coding with its weight; one that cannot be read is not wanted."""
    coding, _, parameter = entry.partition(";")
    name, _, weight = parameter.replace(" ", "").partition("=")
    try:
        return coding.strip(), float(weight) if name == "q" else 1.0
    except ValueError:
        return coding.strip(), 0.0
