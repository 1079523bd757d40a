"""What is the same for everyone is made once, as long as there is room for it."""

import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from service.adapters.memory_cache import MemoryCache
from service.application.made_once import MadeOnce
from service.bootstrap import build_use_cases, create_app
from service.entrypoints.http.context import install, made_once
from service.settings import Settings
from tests.fakes import CountingMeter, DictCache, Maker

KIBIBYTE = 1024
ROOM = 10 * KIBIBYTE


@pytest.fixture
def room() -> Iterator[MemoryCache[str, bytes]]:
    room = MemoryCache[str, bytes](ROOM, len, largest_share=1)
    app = Flask("made")
    install(app, build_use_cases(Settings.from_environ({})), room)
    with app.app_context():
        yield room


def test_it_is_made_by_the_first_who_asks(room: MemoryCache[str, bytes]) -> None:
    make = Maker(bytes(KIBIBYTE))

    assert made_once().here("a", make) == made_once().here("a", make) == bytes(KIBIBYTE)
    assert (make.times, "a" in room) == (1, True)


def test_what_many_ask_takes_no_more_than_the_room(room: MemoryCache[str, bytes]) -> None:
    make = Maker(bytes(KIBIBYTE))
    for number in range(100):
        made_once().here(str(number), make)

    assert 0 < room.size <= ROOM
    assert made_once().here("0", make) == bytes(KIBIBYTE)
    assert make.times == 101


def test_pictures_in_many_ways_and_codings_take_no_more_than_their_room() -> None:
    settings = Settings.from_environ({"CACHE_MEBIBYTES": "1"})
    client = create_app(build_use_cases(settings), settings).test_client()
    app = client.application
    (room,) = (each.own for each in app.extensions.values() if isinstance(each, MadeOnce))
    assert isinstance(room, MemoryCache)
    for skill in ("python", "rag", "docker", "sql"):
        for coding in ("gzip", "br", "zstd"):
            answer = client.get(f"/v1/graph?skill={skill}", headers={"Accept-Encoding": coding})
            assert answer.headers["Content-Encoding"] == coding

    assert 0 < room.size <= settings.cache_bytes // 4


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/v1/graph", True),
        ("/v1/graph?format=dot&levels=true", True),
        ("/v1/comparison", True),
        ("/v1/graph?skill=python", False),
        ("/v1/graph?role=ai-engineer", False),
        ("/v1/comparison?roles=ml-engineer,ai-engineer", False),
        ("/v1/skills?q=vect", False),
    ],
)
def test_only_what_everybody_asks_for_leaves_the_process(path: str, *, kept: bool) -> None:
    settings, shared = Settings.from_environ({}), DictCache()
    cases = build_use_cases(settings)
    cases = replace(cases, answer=replace(cases.answer, shared=shared))
    answer = create_app(cases, settings).test_client().get(path)

    assert answer.status_code == 200
    assert [*map(zlib.decompress, shared.entries.values())] == [answer.data] * kept


@pytest.mark.parametrize("members", [{}, {"target": "both"}, {"alternatives": 2}])
def test_the_smallest_cache_holds_an_answer(members: dict[str, object]) -> None:
    settings, meter = Settings.from_environ({"CACHE_MEBIBYTES": "1"}), CountingMeter()
    client = create_app(build_use_cases(settings, meter=meter), settings).test_client()
    for name in ("Python", "python"):
        answer = client.post("/v1/assessments", json={"skills": [{"skill": name}], **members})

    assert len(answer.data) > 50 * KIBIBYTE
    assert meter.computations == 1
