"""Equal cold questions at once are worked out once, or twice at most across processes.

What stands for a process here shares nothing with the others but the Redis server.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from service.adapters import redis_cache, redis_calls, redis_client
from service.application.assess import Assessment
from service.application.request import Question
from tests.faults.load import CALL_SECONDS, GRAPH, Service, eventually, is_connected
from tests.redis_server import RedisServer

PROCESSES = 4
CALLERS = 250
WORK_SECONDS = 0.02


class Slow:
    """Works out as the service does, and takes its time."""

    def __init__(self, service: Service) -> None:
        self.answer = replace(service.cases.answer, assess=self._assess)
        self._assess_at_once = service.cases.answer.assess

    def _assess(self, question: Question) -> Assessment:
        time.sleep(WORK_SECONDS)
        return self._assess_at_once(question)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_calls, "CALL_SECONDS", CALL_SECONDS)
    monkeypatch.setattr(redis_cache, "PATIENCE_SECONDS", 5.0)
    monkeypatch.setattr(redis_client, "SOCKET_SECONDS", CALL_SECONDS)


def test_a_thousand_equal_questions_are_worked_out_twice_at_most(
    redis_server: RedisServer,
) -> None:
    redis_server.client().flushall()
    services = [Service(redis_server.url) for _ in range(PROCESSES)]
    assert eventually(lambda: all(map(is_connected, services)))
    (question, *_) = services[0].cases.answer.common.of_profiles()
    processes = [Slow(service) for service in services]

    with ThreadPoolExecutor(100) as threads:
        asked = [
            threads.submit(process.answer, question)
            for _ in range(CALLERS)
            for process in processes
        ]
        answers = {one.result(30) for one in asked}

    assert GRAPH.common_knowledge
    assert len(answers) == 1
    assert 1 <= sum(service.meter.computations for service in services) <= 2
    for service in services:
        service.close()
