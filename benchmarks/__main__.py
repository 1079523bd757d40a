"""Everything side by side in one go: `make bench`, or `make bench ARGS='--rounds 9 --seconds 2'`.

A figure is the median over interleaved rounds of a ratio within the round, so that a busy machine
moves both sides. Requests per second are those of a saturated processor: requests by the
processor time of the server with its workers, which does not depend on what else runs; the plain
rate is in the JSON file beside it.

The rows "Redis refused / up, uncached" and "Redis hung / up, uncached" send personal questions.
Those never wait for Redis, by design: only questions that are common to many look there. So these
rows show that a broken Redis costs nobody else anything. What it costs those who look there, the
row of cold profile questions shows: each is the usual question about a common profile, and no
cache holds its answer.
"""

import argparse
import compileall
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

from benchmarks import agreement, beside, caches, cores, graphs
from benchmarks.agreement import ASSESSMENTS, GZIP
from benchmarks.load import Connections, Run, get, post
from benchmarks.serving import BIN, ROOT, Server, free_port, granian, gunicorn, uvicorn
from service.adapters.breaker import REST_SECONDS
from service.adapters.graph_file import load_graph
from service.settings import shipped_graph
from tests.redis_server import RedisServer

CONNECTIONS: Final = 8
FRESH: Final = 2_500
"""Different questions for one round, none of which was ever asked."""

SERVICE: Final = "service.wsgi:app"
HELLO: Final = "benchmarks.peers.hello:app"
FLOOR: Final = "benchmarks.peers.floor:app"
BARE: Final = "benchmarks.peers.bare:app"
UNWARMED: Final = "benchmarks.peers.unwarmed:app"
TYPICAL: Final = "benchmarks.peers.typical_flask:app"

SIZES: Final = (150, 1_500, 14_000)
"""Skills in a catalogue."""

BATCHES: Final = 7

CHECKED: Final = 12
"""Questions that each server is asked before anything is timed."""

TRIES: Final = 5
"""Of a round that has to prove something; a machine that stands still for 40 ms spoils one."""

PAUSE_SECONDS: Final = REST_SECONDS + 0.5
"""Until Redis is tried again."""

Proof: TypeAlias = Callable[[Mapping[str, float], Mapping[str, float], int], bool]
"""Of a round, from what the server counted before and after it, and the number of requests."""


@dataclass(frozen=True)
class Row:
    """One thing to measure.

    Attributes:
        server: Which server is asked.
        requests: Makes the requests of a round.
        connections: How many requests are under way at once.
        proof: That a round measured what it ought to.
    """

    server: str
    requests: Callable[[], Iterator[bytes]]
    connections: int = CONNECTIONS
    proof: Proof | None = None


@dataclass
class Figures:
    """What the rounds of a row gave.

    Attributes:
        saturated: Requests per second of processor time, by round.
        rates: Requests per second, by round.
        slowest_ms: The slowest request of each round, in milliseconds.
    """

    saturated: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    slowest_ms: list[float] = field(default_factory=list)
    failed: int = 0

    def add(self, run: Run, used_seconds: float) -> None:
        """Add a round and the processor time of its server."""
        self.saturated.append(run.requests / max(used_seconds, 0.01))
        self.rates.append(run.requests / run.seconds)
        self.slowest_ms.append(run.slowest_seconds * 1000)
        self.failed += run.failed


@dataclass(frozen=True)
class Ratio:
    """One line of the report: a row by another, and what is wanted of it."""

    name: str
    of: str
    to: str
    least: float | None = None
    aim: float | None = None


RATIOS: Final = (
    Ratio("cached, same bytes / hello", "cached", "hello", 3.0, 4.5),
    Ratio("cached, same bytes, gzip / hello", "cached, gzip", "hello", 3.0, 4.5),
    Ratio("the same bytes from an application that does nothing / hello", "floor", "hello"),
    Ratio("the same, gzip / hello", "floor, gzip", "hello"),
    Ratio("cached, other spelling / hello", "canonical", "hello", 1.0, 2.0),
    Ratio("uncached, 20 skills, either / hello", "uncached", "hello", 0.40, 0.60),
    Ratio("304 / hello", "304", "hello", 1.0, 1.5),
    Ratio("profile GET / hello", "profile", "hello"),
    Ratio("Redis up / without, uncached", "Redis up", "uncached"),
    Ratio("Redis refused / up, uncached", "Redis refused", "Redis up", 0.95, 1.0),
    Ratio("Redis hung / up, uncached", "Redis hung", "Redis up", 0.95, 1.0),
    Ratio("Redis hung / up, cold profile questions", "Redis hung, common", "Redis up, common"),
    Ratio("1,500 skills / 150, uncached", "1,500 skills", "150 skills"),
    Ratio("14,000 skills / 150, uncached", "14,000 skills", "150 skills", 0.70, 0.85),
    Ratio("cached with all around it / bare memo", "cached, all on", "cached, bare", 0.80, 0.90),
    Ratio("the same, gzip", "cached, all on, gzip", "cached, bare, gzip", 0.80, 0.90),
    Ratio("2 workers / 1, uncached", "2 workers", "uncached"),
    Ratio("2 workers / 1, cached", "2 workers, cached", "cached"),
    Ratio("FastAPI + pydantic, cached: ours / it", "cached", "FastAPI, cached", 3.0, 7.0),
    Ratio("FastAPI + pydantic, uncached: ours / it", "uncached", "FastAPI", 1.5, 2.5),
    Ratio("typical Flask, cached: ours / it", "150 skills, cached", "typical, cached", 10.0, 15.0),
    Ratio("typical Flask, uncached: ours / it", "150 skills", "typical", 4.0, 6.0),
)

COSTS: Final = (
    Ratio("start to first 200 / hello (at most)", "start service", "start hello", 1.5, 1.2),
    Ratio("the same by skills-gap serve", "start skills-gap serve", "start hello", 1.5, 1.2),
    Ratio("start to a first assessment / hello", "answer service", "start hello"),
    Ratio("the same by skills-gap serve", "answer skills-gap serve", "start hello"),
    Ratio("memory of a worker, 218 skills / hello", "memory service", "memory hello"),
    Ratio("the same by skills-gap serve", "memory skills-gap serve", "memory hello"),
    Ratio("memory, 150 skills / hello (at most)", "memory service, 150", "memory hello", 1.5, 1.3),
    Ratio("the same by skills-gap serve", "memory serve, 150", "memory hello", 1.5, 1.3),
)


class Bench:
    """All servers, all rows."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack = stack
        self._dice = random.Random(1)  # noqa: S311  reproducible questions
        self._graph = load_graph(shipped_graph())
        self._sizes = {size: graphs.write(folder, size) for size in SIZES}
        self._profiled = graphs.write(folder, 150, FRESH)
        self._common = [
            json.dumps({"skills": profile["skills"], "target": "either"}).encode()
            for profile in json.loads(self._profiled.read_text())["profiles"]
        ]
        self.redis, self.hung = self._redis(folder / "up"), self._redis(folder / "hung")
        self.cold, self.peers = self._redis(folder / "cold"), self._redis(folder / "peers")
        profile = self._graph.catalogue.profiles[0]
        known = [node._asdict() for node in profile.skills]
        self._profile = json.dumps({"skills": known, "target": "either"}).encode()
        self._page = f"/v1/profiles/{profile.id}/assessment?target=either"
        self.servers: dict[str, Server] = {}
        self.started: dict[str, float] = {}
        self.rows = self._rows()

    def start(self) -> None:
        """Start every server; Redis is hung once its client is connected."""
        gone = f"redis://127.0.0.1:{free_port()}/0"
        small = {"SKILLS_GRAPH_PATH": str(self._sizes[150])}
        cold = {"SKILLS_GRAPH_PATH": str(self._profiled), "CACHE_MEBIBYTES": "1"}
        for name, command, environ in (
            ("hello", granian(HELLO), {}),
            ("floor", granian(FLOOR), {}),
            ("ours", granian(SERVICE), {}),
            ("2 workers", granian(SERVICE, workers=2), {}),
            ("all on", granian(SERVICE), {"ACCESS_LOG": "1"}),
            ("bare", granian(BARE), {}),
            ("Redis up", granian(SERVICE), {"REDIS_URL": self.redis.url}),
            ("Redis refused", granian(SERVICE), {"REDIS_URL": gone}),
            ("Redis hung", granian(SERVICE), {"REDIS_URL": self.hung.url}),
            ("cold, Redis up", granian(UNWARMED), cold | {"REDIS_URL": self.cold.url}),
            ("cold, Redis hung", granian(UNWARMED), cold | {"REDIS_URL": self.hung.url}),
            *(
                (f"{n:,}", granian(SERVICE), {"SKILLS_GRAPH_PATH": str(p)})
                for n, p in self._sizes.items()
            ),
            ("FastAPI", uvicorn("benchmarks.peers.fastapi_app:app"), {}),
            ("typical", gunicorn(TYPICAL), small),
            ("typical, Redis", gunicorn(TYPICAL), small | {"REDIS_URL": self.peers.url}),
        ):
            ready = "/healthz" if command[-1] in {SERVICE, BARE, UNWARMED} else "/"
            server = Server(command, environ, ready)
            self.servers[name] = self._stack.enter_context(server)
        for server in self.servers.values():
            server.wait_until_idle()
        self.hung.stall()

    def check(self) -> None:
        """Compare answers before anything is timed, in each of the ways that rows ask."""
        domain = agreement.Domain(shipped_graph())
        asked = [self._question() for _ in range(CHECKED)]
        held = agreement.cases(domain, asked, self._in_other_words)
        for name in (
            "ours",
            "2 workers",
            "all on",
            "bare",
            "Redis up",
            "Redis refused",
            "Redis hung",
        ):
            agreement.check_service(self.servers[name].port, held)
        agreement.check_pages(self.servers["ours"].port, self._page, domain(self._profile))
        agreement.check_fastapi(self.servers["FastAPI"].port, held)
        for size, path in self._sizes.items():
            small = [self._small_question() for _ in range(CHECKED)]
            held = agreement.cases(agreement.Domain(path), small, self._in_other_words)
            agreement.check_service(self.servers[f"{size:,}"].port, held)
            if size == SIZES[0]:
                agreement.check_typical(self.servers["typical"].port, held)
                agreement.check_typical(self.servers["typical, Redis"].port, held, self.peers)
        last = self._common[-CHECKED:]
        held = agreement.cases(agreement.Domain(self._profiled), last, self._in_other_words)
        for name in "cold, Redis up", "cold, Redis hung":
            agreement.check_service(self.servers[name].port, held)

    def measure(self, rounds: int, seconds: float) -> dict[str, Figures]:
        """Return the figures of every row, rounds interleaved."""
        figures = {name: Figures() for name in self.rows}
        for number in range(rounds):
            for name, row in self.rows.items():
                self._run(row, figures[name], seconds)
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
        return figures

    def waits(self, rounds: int, seconds: float) -> dict[str, dict[str, list[float]]]:
        """Return what who fetches a kept answer waits, alone and beside new questions."""
        body, found = self._question(), dict[str, dict[str, list[float]]]()
        for _ in range(rounds):
            for name, path in ("ours", ASSESSMENTS), ("FastAPI", "/cached"):
                port, kept = self.servers[name].port, post(path, body)
                one = beside.waits(port, kept, self._fresh(), CONNECTIONS, seconds)
                for what, milliseconds in one.items():
                    found.setdefault(name, {}).setdefault(what, []).append(milliseconds)
        return found

    def _run(self, row: Row, figures: Figures, seconds: float) -> None:
        server = self.servers[row.server]
        for _ in range(TRIES):
            requests = row.requests()
            connections = Connections(server.port, row.connections)
            first = islice(requests, row.connections)
            connections.run(first, seconds)  # what is made for the first time
            counted = agreement.counts(server.port) if row.proof else {}
            before = server.cpu_seconds()
            run = connections.run(requests, seconds)
            used = server.cpu_seconds() - before
            connections.close()
            if not row.proof or row.proof(counted, agreement.counts(server.port), run.requests):
                figures.add(run, used)
                return
            time.sleep(PAUSE_SECONDS)
        message = f"No round of {row.server} measured what it ought to."
        raise AssertionError(message)

    def _rows(self) -> dict[str, Row]:
        body = self._question()
        same = partial(cycle, [post(ASSESSMENTS, body)])
        same_gzip = partial(cycle, [post(ASSESSMENTS, body, GZIP)])
        page, small = self._page, self._small_question()
        return {
            "hello": Row("hello", lambda: cycle([get("/")])),
            "cached": Row("ours", same),
            "cached, gzip": Row("ours", same_gzip),
            "floor": Row("floor", lambda: self._nothing_but(body, "")),
            "floor, gzip": Row("floor", lambda: self._nothing_but(body, GZIP)),
            "canonical": Row("ours", lambda: self._respelled(body)),
            "uncached": Row("ours", self._fresh),
            "304": Row(
                "ours", lambda: cycle([get(page, f"If-None-Match: {self._etag(page)}\r\n")])
            ),
            "profile": Row("ours", lambda: cycle([get(page)])),
            "cached, all on": Row("all on", same),
            "cached, bare": Row("bare", same),
            "cached, all on, gzip": Row("all on", same_gzip),
            "cached, bare, gzip": Row("bare", same_gzip),
            "2 workers": Row("2 workers", self._fresh),
            "2 workers, cached": Row("2 workers", same),
            "Redis up": Row("Redis up", self._fresh),
            "Redis refused": Row("Redis refused", self._fresh),
            "Redis hung": Row("Redis hung", self._fresh),
            "Redis up, common": self._cold("cold, Redis up", agreement.each_looked),
            "Redis hung, common": self._cold("cold, Redis hung", agreement.each_did_without),
            "150 skills": Row("150", self._fresh_small),
            "1,500 skills": Row("1,500", self._fresh_small),
            "14,000 skills": Row("14,000", self._fresh_small),
            "150 skills, cached": Row("150", lambda: cycle([post(ASSESSMENTS, small)])),
            "FastAPI": Row("FastAPI", self._fresh),
            "FastAPI, cached": Row("FastAPI", lambda: cycle([post("/cached", body)])),
            "typical": Row("typical", self._fresh_small),
            "typical, cached": Row("typical, Redis", lambda: cycle([post(ASSESSMENTS, small)])),
        }

    def _question(self) -> bytes:
        known = self._dice.sample(list(self._graph.skills.values()), 20)
        skills = [{"skill": s.name, "level": self._dice.randint(1, s.top_level)} for s in known]
        return json.dumps({"skills": skills, "target": "either"}).encode()

    def _fresh(self) -> Iterator[bytes]:
        return iter([post(ASSESSMENTS, self._question()) for _ in range(FRESH)])

    def _small_question(self) -> bytes:
        return json.dumps({"skills": graphs.question(self._dice)}).encode()

    def _fresh_small(self) -> Iterator[bytes]:
        return iter([post(ASSESSMENTS, self._small_question()) for _ in range(FRESH)])

    def _respelled(self, body: bytes) -> Iterator[bytes]:
        """Yield the same question in ever other words, and never in the same bytes."""
        return iter([post(ASSESSMENTS, self._in_other_words(body)) for _ in range(FRESH)])

    def _in_other_words(self, body: bytes) -> bytes:
        document = json.loads(body)
        self._dice.shuffle(document["skills"])
        document["skills"] = [
            {**one, "skill": self._dice.choice([str.lower, str.upper, str])(one["skill"])}
            for one in document["skills"]
        ]
        return json.dumps(document).encode()

    def _nothing_but(self, body: bytes, headers: str) -> Iterator[bytes]:
        """Yield the same request to a server that does nothing but send as many bytes."""
        connections = Connections(self.servers["ours"].port, 1)
        size = len(connections.ask(post(ASSESSMENTS, body, headers)).body)
        connections.close()
        return cycle([post(f"/{size}", body, headers)])

    def _cold(self, server: str, proof: Proof) -> Row:
        """Return a row of usual questions about common profiles that no cache holds.

        Nobody worked them out before, the next ones are always others, the process has room for
        a few tens of the thousands, and Redis forgets all of them before each round. There is one
        request at a time, so that it is the look and the work that are timed, and no waiting for
        the interpreter.
        """
        asked = cycle([post(ASSESSMENTS, body) for body in self._common])

        def requests() -> Iterator[bytes]:
            with self.cold.client() as client:
                client.flushall()
            return islice(asked, FRESH)

        return Row(server, requests, 1, proof)

    def _etag(self, path: str) -> str:
        connections = Connections(self.servers["ours"].port, 1)
        etag = connections.ask(get(path)).etag
        connections.close()
        return etag

    def _redis(self, folder: Path) -> RedisServer:
        folder.mkdir()
        server = RedisServer(folder)
        server.start()
        self._stack.callback(server.kill)
        return server


def starts(rounds: int, folder: Path) -> dict[str, list[float]]:
    """Return seconds from the start, and a worker's mebibytes at rest, by what is started.

    The service's first 200 says that it is ready; how long a first assessment takes from the
    start is given beside it, on the shipped graph. Memory is measured on the graph of 150 skills
    as well. All modules are compiled, as they are once installed.

    Args:
        rounds: How often each is started.
        folder: Where a graph file may be written.
    """
    for package in ("service", "benchmarks"):
        compileall.compile_dir(ROOT / package, quiet=1)
    small = {"SKILLS_GRAPH_PATH": str(graphs.write(folder, SIZES[0]))}
    serve = [str(BIN / "skills-gap"), "serve", "--workers", "1", "--port", "{port}"]
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, command, environ in (
            ("hello", granian(HELLO), {}),
            ("service", granian(SERVICE), {}),
            ("skills-gap serve", serve, {}),
            ("service, 150", granian(SERVICE), small),
            ("serve, 150", serve, small),
        ):
            ready = "/" if name == "hello" else "/readyz"
            with Server(command, environ, ready) as server:
                found.setdefault(f"start {name}", []).append(server.seconds_to_first_200)
                if name != "hello" and not environ:
                    answered = server.seconds_to_first_200 + _seconds_of_an_answer(server)
                    found.setdefault(f"answer {name}", []).append(answered)
                server.wait_until_idle()
                found.setdefault(f"memory {name}", []).append(server.worker_mebibytes())
    return found


def _seconds_of_an_answer(server: Server) -> float:
    skills = load_graph(shipped_graph()).catalogue.profiles[0].skills
    asked = "&".join(f"skill={node.skill}:{node.level}" for node in skills[:3])
    connections = Connections(server.port, 1)
    began = time.perf_counter()
    answer = connections.ask(get(f"{ASSESSMENTS}?{asked}"))
    seconds = time.perf_counter() - began
    connections.close()
    assert answer.status == 200, answer  # noqa: PLR2004
    return seconds


def microseconds(work: Callable[[Any], object], on: Sequence[Any]) -> float:
    """Return processor time of some work on each of several things, the least of some batches."""
    taken = []
    for _ in range(BATCHES):
        began = time.process_time()
        for thing in on:
            work(thing)
        taken.append(time.process_time() - began)
    return min(taken) / len(on) * 1e6


def cores_side_by_side() -> dict[str, dict[str, float]]:
    """Return microseconds of each planner core, by the size of the catalogue."""
    found: dict[str, dict[str, float]] = {}
    for size in SIZES:
        job = cores.job(size)
        made = {name: make(job) for name, make in cores.CORES.items()}
        cores.check(job, made)
        for name, core in made.items():
            found.setdefault(name, {})[f"{size:,}"] = microseconds(core, job.questions)
    return found


def caches_side_by_side() -> dict[str, float]:
    """Return microseconds of a hit."""
    with caches.hits() as ways:
        return {name: microseconds(get, caches.KEYS * 4) for name, get in ways.items()}


def line(ratio: Ratio, of: Sequence[float], to: Sequence[float]) -> dict[str, Any]:
    """Print a ratio with its spread, and return it."""
    values = sorted(a / b for a, b in zip(of, to, strict=True))
    median = statistics.median(values)
    spread = f"{values[0]:.2f} to {values[-1]:.2f}"
    wanted = f"{ratio.least or '':>5} {ratio.aim or '':>5}"
    print(f"{ratio.name:50} {median:7.2f} {spread:>15}  {wanted}")
    return {**asdict(ratio), "median": median, "rounds": values}


def report(result: Mapping[str, Any]) -> None:
    """Print what is no ratio."""
    print("\nplanner cores, compulsory prerequisites only, microseconds by size of the catalogue")
    for name, sizes in result["cores_microseconds"].items():
        print(f"{name:50} " + "  ".join(f"{size}: {value:8.1f}" for size, value in sizes.items()))
    print("\na hit, 10,000 bytes, microseconds")
    for name, value in result["cache_hit_microseconds"].items():
        print(f"{name:50} {value:8.1f}")
    print("\na kept answer alone, and beside 8 clients with new questions, milliseconds, medians")
    for name, whats in result["waits_milliseconds"].items():
        shown = (f"{what} {statistics.median(of):.1f}" for what, of in whats.items())
        print(f"{name:50} " + "; ".join(shown))
    print("\nslowest request of a round, milliseconds, median; failed requests")
    for name, found in result["rows"].items():
        print(f"{name:50} {statistics.median(found['slowest_ms']):8.1f} {found['failed']:8}")


def main() -> None:
    """Run everything."""
    asked = arguments()
    with ExitStack() as stack:
        bench = Bench(stack, Path(stack.enter_context(TemporaryDirectory())))
        bench.start()
        bench.check()
        rows = bench.measure(asked.rounds, asked.seconds)
        waits = bench.waits(asked.rounds, asked.seconds)
    with TemporaryDirectory() as made:
        cost = starts(asked.rounds, Path(made))
    print(f"{'requests per second of processor time':50}  median          spread  least   aim")
    ratios = [line(r, rows[r.of].saturated, rows[r.to].saturated) for r in RATIOS]
    ratios += [line(r, cost[r.of], cost[r.to]) for r in COSTS]
    result = {
        "ratios": ratios,
        "rows": {name: asdict(found) for name, found in rows.items()},
        "starts": cost,
        "waits_milliseconds": waits,
        "cores_microseconds": cores_side_by_side(),
        "cache_hit_microseconds": caches_side_by_side(),
    }
    report(result)
    asked.json.write_text(json.dumps(result, indent=1))


def arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each row in each round")
    parser.add_argument("--json", type=Path, default=Path("bench.json"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
