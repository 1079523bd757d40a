"""What Prometheus reads: counts that several processes add up."""

import os
import subprocess
import sys
from pathlib import Path

from service.adapters.meter import PrometheusMeter


def test_everything_that_happens_is_counted() -> None:
    meter = PrometheusMeter()
    meter.looked_up("exact", "hit")
    meter.looked_up("exact", "hit")
    meter.worked_out()
    meter.redis_answers(does=True)
    meter.lines_lost(3)
    meter.answered("GET", "/v1/roles", 200, 0.002)
    lines = meter.text().decode().splitlines()

    assert 'skills_gap_cache_lookups_total{result="hit",tier="exact"} 2.0' in lines
    assert "skills_gap_computations_total 1.0" in lines
    assert "skills_gap_log_lines_lost_total 3.0" in lines
    assert "redis_up 1.0" in lines
    assert 'skills_gap_requests_total{method="GET",route="/v1/roles",status="200"} 1.0' in lines
    assert 'skills_gap_request_seconds_bucket{le="0.0025",route="/v1/roles"} 1.0' in lines


def test_a_caller_cannot_make_up_labels() -> None:
    meter = PrometheusMeter()
    for number in range(100):
        meter.answered(f"M{number}", "", 405, 0.001)

    assert meter.text().count(b"skills_gap_requests_total{") == 1


def test_the_workers_of_one_server_add_up(tmp_path: Path) -> None:
    script = (
        "from service.adapters.meter import PrometheusMeter\n"
        "meter = PrometheusMeter(); meter.worked_out(); meter.redis_answers(does=True)\n"
        "print(meter.text().decode())"
    )
    environ = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    texts = [
        subprocess.run(
            [sys.executable, "-c", script], env=environ, check=True, capture_output=True, text=True
        ).stdout
        for _ in range(3)
    ]

    assert "skills_gap_computations_total 3.0" in texts[-1]
    assert "redis_up 1.0" in texts[-1]
