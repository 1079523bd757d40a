"""``/healthz``, ``/readyz`` and ``/metrics``: for those who run the service."""

from typing import Final

from flask import Blueprint, Response

from service.application.access import Scope
from service.entrypoints.http.context import use_cases
from service.entrypoints.http.operations import TEXT, Example, Operation, declares
from service.entrypoints.http.replies import fresh, json_of
from service.entrypoints.schemas.health import HealthSchema, ReadinessSchema

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@declares(
    Operation(
        tag="operations",
        answer=HealthSchema(),
        example=Example("/healthz"),
        is_cacheable=False,
        is_free=True,
    )
)
def check_health() -> Response:
    """Say that the process is alive.

    It asks nobody else, so a sick neighbour never restarts a healthy process.
    """
    return fresh(json_of({"status": "ok"}))


@bp.get("/readyz")
@declares(
    Operation(
        tag="operations",
        answer=ReadinessSchema(),
        example=Example("/readyz"),
        is_cacheable=False,
        is_free=True,
    )
)
def check_readiness() -> Response:
    """Say that the process can answer.

    The graph is all it takes; a shared cache that is down makes answers slower, never
    impossible: the process is ready then, and `degraded`. It looks at what the last calls
    found and asks nobody.
    """
    use = use_cases()
    return fresh(
        json_of(
            {
                "status": "ready",
                "degraded": use.answer.is_degraded(),
                "graph_version": use.graph.catalogue.version,
            }
        )
    )


METRICS: Final = "text/plain; version=0.0.4"
"""As Prometheus names its text; that it is UTF-8 is said of every text."""


@bp.get("/metrics")
@declares(
    Operation(
        tag="operations",
        media_type=TEXT,
        example=Example("/metrics", answer="redis_up 1.0\n"),
        is_cacheable=False,
        scope=Scope.ADMIN,
    )
)
def get_metrics() -> Response:
    """Count what the workers of this server did, for Prometheus.

    Requests by route and status, looks into each cache, answers worked out, lines of the
    log that nobody took, and `redis_up`.
    """
    return fresh(use_cases().meter.text(), METRICS)
