"""Broken HTTP that gets through a server."""

import pytest

from service.entrypoints.http.framing import MOST_OF_A_HEADER, refuse_broken_http

SOUND = {
    "REQUEST_METHOD": "GET",
    "PATH_INFO": "/v1/roles",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_HOST": "careers.example.com",
}


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({}, id="a name"),
        pytest.param({"HTTP_HOST": "localhost:8000"}, id="a name and a port"),
        pytest.param({"HTTP_HOST": "192.0.2.1"}, id="an address"),
        pytest.param({"HTTP_HOST": "[2001:db8::1]:80"}, id="an address of IPv6"),
        pytest.param({"HTTP_HOST": "skills_gap"}, id="a name as Compose makes them"),
        pytest.param({"HTTP_HOST": "", "SERVER_PROTOCOL": "HTTP/1"}, id="none, before HTTP/1.1"),
        pytest.param({"HTTP_TRANSFER_ENCODING": "Chunked"}, id="chunks"),
        pytest.param({"CONTENT_LENGTH": "2"}, id="a length"),
        pytest.param({"REQUEST_METHOD": "M-SEARCH"}, id="another method"),
        pytest.param({"HTTP_X_LONG": "x" * MOST_OF_A_HEADER}, id="a header of 8 KiB"),
        pytest.param({"LONG_SETTING": "x" * 99_999}, id="what is no header"),
    ],
)
def test_sound_requests_pass(environ: dict[str, str]) -> None:
    assert refuse_broken_http(SOUND | environ).refusal is None


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        pytest.param({"REQUEST_METHOD": "get"}, "bad-request", id="a method in small letters"),
        pytest.param({"REQUEST_METHOD": "Post"}, "bad-request", id="a method in mixed letters"),
        pytest.param({"PATH_INFO": "//v1/roles"}, "not-found", id="two strokes before a path"),
        pytest.param({"HTTP_HOST": ""}, "bad-request", id="no host"),
        pytest.param({"HTTP_HOST": "a,b"}, "bad-request", id="two hosts"),
        pytest.param({"HTTP_HOST": "user@a"}, "bad-request", id="a user at a host"),
        pytest.param({"HTTP_HOST": "a/b"}, "bad-request", id="a path in a host"),
        pytest.param({"HTTP_HOST": "a:b"}, "bad-request", id="a port that is no number"),
        pytest.param({"HTTP_HOST": "\xe9"}, "bad-request", id="a host that is no ASCII"),
        pytest.param(
            {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": "2"},
            "bad-request",
            id="chunks and a length",
        ),
        pytest.param(
            {"HTTP_TRANSFER_ENCODING": "gzip, chunked"}, "bad-request", id="compressed chunks"
        ),
        pytest.param({"HTTP_TRANSFER_ENCODING": ""}, "bad-request", id="no transfer coding"),
        pytest.param(
            {"HTTP_X_LONG": "x" * (MOST_OF_A_HEADER + 1)},
            "header-too-large",
            id="a header of more than 8 KiB",
        ),
    ],
)
def test_broken_requests_are_refused(environ: dict[str, str], code: str) -> None:
    refusal = refuse_broken_http(SOUND | environ).refusal

    assert refusal is not None
    assert refusal.code == code
