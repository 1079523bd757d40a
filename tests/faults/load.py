"""Load on a service whose answers all have to be right, whatever its Redis does."""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient
from redis import Redis

from service.adapters.answer_cache import AnswerCache
from service.adapters.redis_cache import RedisCache
from service.application.common import CommonQuestions
from service.application.request import Question
from service.bootstrap import create_app, use_cases_of
from service.settings import Settings
from tests.builders import graph
from tests.fakes import CountingMeter

THREADS: Final = 4
PACES = 10_000
"""Paces from one hour a week to the next: more questions than any load gets to ask."""

STORED: Final = 40
"""Questions whose answers Redis holds before a fault begins, so that it can lie about them."""

PATIENCE_SECONDS: Final = 10.0
CALL_SECONDS: Final = 0.5
REST_SECONDS: Final = 0.5
"""What tests give a call to Redis, and Redis after a failure: a busy machine is no fault."""

MOST_SECONDS: Final = 3.0
"""What a request may take at most, on a busy machine."""

SKILLS: Final = [{"skill": "docker", "level": 1}, {"skill": "python", "level": 2}]
GRAPH: Final = graph(
    "python 10 20 40",
    "docker 8 16",
    "rag 6 8 20: python@2",
    roles={"ai-engineer": "rag@3, docker@2", "ml-engineer": "python@3"},
    profiles=[{"id": "veteran", "name": "Veteran", "skills": SKILLS}],
)
SETTINGS: Final = Settings(graph_path=Path("not-read.json"), cache_secret="of the tests")  # noqa: S106


@dataclass(frozen=True)
class Served:
    """One request as it went."""

    number: int
    status: int
    body: bytes
    seconds: float


class AllCommon(CommonQuestions):
    """Takes every question for a common one, so that each new one looks into Redis."""

    def __contains__(self, question: Question) -> bool:
        return True


class Service:
    """A process of the service, as far as its caches go, with its meter in view.

    Args:
        redis_url: None for a service that no fault of Redis can reach.
    """

    def __init__(self, redis_url: str | None) -> None:
        self.meter = CountingMeter()
        settings = replace(SETTINGS, redis_url=redis_url)
        cases = use_cases_of(GRAPH, settings, self.meter)
        self.cases = replace(cases, answer=replace(cases.answer, common=AllCommon(GRAPH)))
        self._app = create_app(self.cases, settings)
        self._clients = threading.local()

    def ask(self, number: int) -> Served:
        """Ask one of many questions; each looks into Redis when it is new."""
        if not hasattr(self._clients, "own"):
            self._clients.own = self._app.test_client()
        client: FlaskClient = self._clients.own
        body = {"skills": SKILLS, "hours_per_week": 1 + number / PACES}
        began = time.perf_counter()
        answer = client.post("/v1/assessments", json=body)
        return Served(number, answer.status_code, answer.data, time.perf_counter() - began)

    def readiness(self) -> tuple[int, bool]:
        """Return the status of its readiness, and whether it calls itself degraded."""
        answer = self._app.test_client().get("/readyz")
        return answer.status_code, answer.get_json()["degraded"]

    def close(self) -> None:
        if self.cases.answer.shared:
            self.cases.answer.shared.close()


class Load:
    """Threads that ask new questions all the time."""

    def __init__(self, service: Service) -> None:
        self.served: list[Served] = []
        self._service = service
        self._numbers = count()
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._work) for _ in range(THREADS)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)

    def _work(self) -> None:
        while not self._ended.wait(0.005):
            self.served.append(self._service.ask(next(self._numbers)))


def eventually(holds: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Return whether something comes true in a while."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.01)
    return holds()


def store(admin: "Redis") -> None:
    """Fill a server with the first answers, as another process would have left them."""
    for key, value in _stored().items():
        admin.set(key, value, ex=3600)


@cache
def _stored() -> Mapping[str, bytes]:
    """Return what a process puts into Redis for the first questions, sealed."""
    service = Service("redis://127.0.0.1:1/0")
    for number in range(STORED):
        service.ask(number)
    shared, own = service.cases.answer.shared, service.cases.answer.own
    assert isinstance(shared, RedisCache)
    assert isinstance(own, AnswerCache)
    service.close()
    kept = {**own._asked._probation.entries, **own._asked._protected.entries}  # noqa: SLF001
    assert len(kept) == STORED
    return {key: shared._seal.sealed(key, value) for key, (value, _) in kept.items()}  # noqa: SLF001


def is_connected(service: Service) -> bool:
    """Return whether a service has its client of Redis; that is made behind the first call."""
    shared = service.cases.answer.shared
    assert isinstance(shared, RedisCache)
    return shared.check() and shared._calls._client is not None  # noqa: SLF001


def all_at_once(*work: Callable[[], object]) -> list[object]:
    """Return what several calls at the same time return."""
    with ThreadPoolExecutor(len(work)) as threads:
        return [call.result(PATIENCE_SECONDS) for call in [threads.submit(w) for w in work]]
