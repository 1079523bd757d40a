"""Answers in the coding that a client likes best, each with an ETag of its own."""

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from flask.testing import FlaskClient

from service.entrypoints.answers import Answer
from service.entrypoints.http.encoding import LARGEST_ENDING, LEAST_BYTES, coding_of, encoded

DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompress(data),
}
LONG = b" " * LEAST_BYTES
JSON = "application/json"


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "identity"),
        ("identity", "identity"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("gzip; q=0.2, br ; q=0.1", "gzip"),
        ("*", "zstd"),
        ("zstd;q=0, *", "br"),
        ("gzip;q=0", "identity"),
        ("*;q=0", "identity"),
        ("identity;q=1, gzip;q=0.5", "identity"),
        ("identity;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=high", "identity"),
        ("deflate, compress", "identity"),
        (";;,,q=1", "identity"),
    ],
)
def test_the_coding_that_is_liked_best_is_taken(accepted: str, expected: str) -> None:
    assert coding_of(accepted, LONG, JSON) == expected


@pytest.mark.parametrize(
    ("body", "media_type"), [(LONG[:-1], JSON), (LONG, "image/png"), (b"", JSON)]
)
def test_what_would_not_shrink_is_left_as_it_is(body: bytes, media_type: str) -> None:
    assert coding_of("gzip", body, media_type) == "identity"


@pytest.mark.parametrize("coding", DECODERS)
@pytest.mark.parametrize("own", [b"", b"a", b"b" * 100_000])
@pytest.mark.parametrize("ending", [b"", b"z" * 2 * LARGEST_ENDING, bytes(range(256)) * 300])
def test_an_answer_put_together_is_the_whole_in_every_coding(
    own: bytes, ending: bytes, coding: str
) -> None:
    answer = Answer(own, b"not this" + ending, len(b"not this"))
    sent = encoded(answer, coding)

    assert DECODERS[coding](sent) == bytes(answer) == own + ending
    assert len(answer) == len(bytes(answer))
    if coding == "gzip":  # one stream, with its check at the very end: not every client reads two
        unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        assert unpacker.decompress(sent) == own + ending
        assert unpacker.eof
        assert not unpacker.unused_data


def test_answers_are_sent_as_gzip_where_that_is_liked_as_well() -> None:
    answer = Answer(LONG, LONG, 0)

    assert coding_of("gzip, deflate, br, zstd", answer, JSON) == "gzip"
    assert coding_of("gzip;q=0.5, br", answer, JSON) == "br"
    assert coding_of("br, zstd", answer, JSON) == "zstd"
    assert encoded(answer, "identity") == LONG + LONG


@pytest.mark.parametrize("coding", DECODERS)
@pytest.mark.parametrize("path", ["/v1/skills", "/v1/assessments?skill=python", "/docs/start.js"])
def test_an_answer_is_the_same_in_every_coding(
    client: FlaskClient, path: str, coding: str
) -> None:
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": coding})

    if len(plain.data) >= LEAST_BYTES:
        assert packed.headers["Content-Encoding"] == coding
        assert DECODERS[coding](packed.data) == plain.data
        assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept, Accept-Encoding"
    assert packed.content_length == len(packed.data)


def test_a_post_is_packed_too(client: FlaskClient) -> None:
    plain = client.post("/v1/assessments", json={})
    packed = client.post("/v1/assessments", json={}, headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.data) == plain.data


@pytest.mark.parametrize("held", ["", "gzip", "br", "zstd"])
@pytest.mark.parametrize("asked", ["", "gzip", "br", "zstd"])
def test_whoever_holds_an_answer_has_it_in_the_coding_that_its_etag_names(
    client: FlaskClient, held: str, asked: str
) -> None:
    etag = client.get("/v1/problems", headers={"Accept-Encoding": held}).headers["ETag"]
    again = client.get(
        "/v1/problems", headers={"Accept-Encoding": asked, "If-None-Match": f'"x", W/{etag}'}
    )

    assert again.headers["Vary"] == "Accept, Accept-Encoding"
    if held == asked:
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == etag
        assert "Content-Encoding" not in again.headers
    else:
        assert again.status_code == 200
        assert again.headers["ETag"] != etag
        assert again.headers.get("Content-Encoding", "") == asked
