"""What is held before anything is timed: each server answers right in each way that it is asked.

Right is what the domain works out anew in this process, without any cache, to the byte.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.load import Answer, Connections, get, post
from service.adapters.graph_file import load_graph
from service.application.assess import Assessor
from service.application.understand import Understanding
from service.domain.naming.resolver import Resolver
from service.entrypoints import answers
from service.entrypoints.http.body import MAX_BODY_BYTES
from service.entrypoints.http.reading import read_assessment
from service.strict_json import read_json
from tests.redis_server import RedisServer

ASSESSMENTS: Final = "/v1/assessments"
GZIP: Final = "Accept-Encoding: gzip\r\n"
"""What browsers and HTTP libraries send; without it an answer of 70 KB goes over the wire."""

OK: Final = 200
NOT_MODIFIED: Final = 304

COMPUTED: Final = "skills_gap_computations_total"
REDIS_MISSES: Final = 'skills_gap_cache_lookups_total{result="miss",tier="redis"}'
REDIS_UP: Final = "redis_up"


class Domain:
    """Works answers out, and keeps none.

    Args:
        path: The graph file.
    """

    def __init__(self, path: Path) -> None:
        self._graph = load_graph(path)
        self._understand = Understanding(self._graph, Resolver(self._graph.catalogue)).read
        self._assess = Assessor(self._graph).assess

    def __call__(self, body: bytes) -> bytes:
        """Return the answer to the body of a request."""
        document = read_json(body, max_bytes=MAX_BODY_BYTES)
        reading = read_assessment(document, self._understand)
        rendered = answers.render(self._assess(reading.question), self._graph)
        return answers.with_echo(rendered, reading, self._graph)


@dataclass(frozen=True)
class Case:
    """A question in two spellings, each with its right answer; they differ in the echo alone."""

    body: bytes
    answer: bytes
    respelled: bytes
    answer_respelled: bytes


def cases(
    domain: Domain, bodies: Iterable[bytes], respelled: Callable[[bytes], bytes]
) -> list[Case]:
    """Return questions with their right answers."""
    made = []
    for body in bodies:
        other = respelled(body)
        case = Case(body, domain(body), other, domain(other))
        assert _without_inputs(case.answer) == _without_inputs(case.answer_respelled)
        made.append(case)
    return made


def check_service(port: int, held: Sequence[Case]) -> None:
    """Hold a service to the right answers: worked out, kept, packed, and in other words."""
    connections = Connections(port, 1)
    for case in held:
        plain, packed = post(ASSESSMENTS, case.body), post(ASSESSMENTS, case.body, GZIP)
        other = post(ASSESSMENTS, case.respelled)
        for request, right in (
            (plain, case.answer),
            (plain, case.answer),
            (other, case.answer_respelled),
            (other, case.answer_respelled),
        ):
            assert _body(connections.ask(request)) == right
        for _ in range(2):
            assert gzip.decompress(_body(connections.ask(packed))) == case.answer
    connections.close()


def check_pages(port: int, page: str, right: bytes) -> None:
    """Hold the answer to a GET, asked twice, to the right one, and a 304 to having no body."""
    connections = Connections(port, 1)
    first, second = connections.ask(get(page)), connections.ask(get(page))
    assert _body(first) == _body(second) == right
    assert first.etag
    assert first.etag == second.etag
    for _ in range(2):  # bytes that should not be there would be the next answer's beginning
        again = connections.ask(get(page, f"If-None-Match: {first.etag}\r\n"))
        assert (again.status, again.body, again.etag) == (NOT_MODIFIED, b"", first.etag)
    assert connections.ask(get(page)) == second
    connections.close()


def check_fastapi(port: int, held: Sequence[Case]) -> None:
    """Hold the peer with our planner to our answers: worked out, kept, and given again."""
    connections = Connections(port, 1)
    for case in held:
        right = json.loads(case.answer)
        for path in (ASSESSMENTS, "/cached", "/cached"):
            assert json.loads(_body(connections.ask(post(path, case.body)))) == right
    connections.close()


def check_typical(port: int, held: Sequence[Case], redis: RedisServer | None = None) -> None:
    """Hold the typical repository to our hours and steps; with Redis, the second time from it.

    Args:
        port: Of the server.
        held: Questions that it was never asked.
        redis: Its own, in which nobody else looks.
    """
    connections = Connections(port, 1)
    for case in held:
        request = post(ASSESSMENTS, case.body)
        before = _looks(redis)
        first = _body(connections.ask(request))
        between = _looks(redis)
        second = _body(connections.ask(request))
        _agree(json.loads(case.answer), json.loads(first))
        assert json.loads(first) == json.loads(second)
        if redis:
            assert _moved(before, between) == (0, 1)
            assert _moved(between, _looks(redis)) == (1, 0)
    connections.close()


def counts(port: int) -> dict[str, float]:
    """Return what a service of one worker counts, by name and labels."""
    connections = Connections(port, 1)
    text = _body(connections.ask(get("/metrics"))).decode()
    connections.close()
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def each_looked(before: Mapping[str, float], after: Mapping[str, float], requests: int) -> bool:
    """Return whether each request looked into Redis, found nothing and was worked out."""
    return requests == _rise(REDIS_MISSES, before, after) == _rise(COMPUTED, before, after)


def each_did_without(
    before: Mapping[str, float], after: Mapping[str, float], requests: int
) -> bool:
    """Return whether each request was worked out while Redis counted as gone."""
    return requests == _rise(COMPUTED, before, after) and after[REDIS_UP] == 0


def _rise(name: str, before: Mapping[str, float], after: Mapping[str, float]) -> float:
    return after.get(name, 0) - before.get(name, 0)


def _body(answer: Answer) -> bytes:
    assert answer.status == OK, answer
    return answer.body


def _without_inputs(answer: bytes) -> Any:  # noqa: ANN401  any JSON
    document = json.loads(answer)
    del document["profile"]["inputs"]
    return document


def _looks(redis: RedisServer | None) -> tuple[int, int]:
    """Return how often something was found in Redis, and how often it was not."""
    if redis is None:
        return 0, 0
    with redis.client() as client:
        told: Any = client.info("stats")
    return told["keyspace_hits"], told["keyspace_misses"]


def _moved(before: tuple[int, int], after: tuple[int, int]) -> tuple[int, int]:
    return after[0] - before[0], after[1] - before[1]


def _agree(own: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
    """Fail unless a peer found the same hours for each role, and the same steps."""
    assert {role["role"]: role["hours"]["likely"] for role in own["roles"]} == {
        role["role"]: role["hours"]["likely"] for role in theirs["roles"]
    }
    assert {(step["skill"], step["level"]) for step in own["path"]["steps"]} == {
        (step["skill"], step["level"]) for step in theirs["steps"]
    }
