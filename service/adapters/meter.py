"""What is counted, for Prometheus. Worker processes add up where they share a folder."""

import os
from typing import TYPE_CHECKING, Final

from service.application.ports import Lookup, Tier

if TYPE_CHECKING:
    from prometheus_client import Counter

FOLDER_SETTING: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Names a folder that the workers of one server share; `skills-gap serve` sets it."""

METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
"""Any other is counted as one, so that a caller cannot make up labels."""

SECONDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class PrometheusMeter:
    """A `service.application.ports.Meter` that Prometheus reads.

    The library looks at `FOLDER_SETTING` when it is imported, and never again: so that happens
    here, in the worker, and not where the command line starts.
    """

    def __init__(self) -> None:
        from prometheus_client import (  # noqa: PLC0415 - see above
            CollectorRegistry,
            Counter,
            Gauge,
            Histogram,
        )

        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "skills_gap_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=registry,
        )
        self._seconds = Histogram(
            "skills_gap_request_seconds",
            "Until the answer began.",
            ["route"],
            buckets=SECONDS,
            registry=registry,
        )
        self._lookups = Counter(
            "skills_gap_cache_lookups",
            "Looks into a cache. Rejected: a value was there and not to be trusted.",
            ["tier", "result"],
            registry=registry,
        )
        self._computations = Counter(
            "skills_gap_computations", "Answers that no cache had.", registry=registry
        )
        self._lines_lost = Counter(
            "skills_gap_log_lines_lost",
            "Lines of the log of requests that nobody took.",
            registry=registry,
        )
        self._redis_up = Gauge(
            "redis_up",
            "Whether Redis answered when it was last asked.",
            registry=registry,
            multiprocess_mode="mostrecent",
        )
        self._redis_writable = Gauge(
            "redis_writable",
            "Whether Redis took a value when it was last given one.",
            registry=registry,
            multiprocess_mode="mostrecent",
        )
        self._children: dict[tuple[str, ...], Counter] = {}
        self._answers: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def looked_up(self, tier: Tier, result: Lookup) -> None:
        """Count a look into a cache."""
        self._child(self._lookups, tier, result).inc()

    def worked_out(self) -> None:
        """Count an answer that no cache had."""
        self._computations.inc()

    def redis_answers(self, *, does: bool) -> None:
        """Note whether Redis answers."""
        self._redis_up.set(does)

    def redis_takes_values(self, *, does: bool) -> None:
        """Note whether Redis lets itself be written to."""
        self._redis_writable.set(does)

    def lines_lost(self, lines: int) -> None:
        """Count lines of the log that were not written."""
        self._lines_lost.inc(lines)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        meters = self._answers.get((method, route, status))
        if meters is None:
            known = method if method in METHODS else "other"
            counter = self._child(self._requests, known, route, str(status))
            meters = counter, self._seconds.labels(route)
            if known == method:  # a caller may make up others without end
                self._answers[method, route, status] = meters
        counter, timer = meters
        counter.inc()
        timer.observe(seconds)

    def text(self) -> bytes:
        """Return the counts of all workers in the format that Prometheus reads."""
        from prometheus_client import (  # noqa: PLC0415 - as in __init__
            CollectorRegistry,
            generate_latest,
            multiprocess,
        )

        if not os.environ.get(FOLDER_SETTING):
            return generate_latest(self._registry)
        everybody = CollectorRegistry()
        multiprocess.MultiProcessCollector(everybody)  # type: ignore[no-untyped-call]
        return generate_latest(everybody)

    def _child(self, counter: "Counter", *labels: str) -> "Counter":
        """Return the counter of some labels; finding it anew each time would cost the most."""
        child = self._children.get(labels)
        if child is None:
            child = self._children[labels] = counter.labels(*labels)
        return child
