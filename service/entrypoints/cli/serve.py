"""``skills-gap serve``: the service in its production server."""

import os
import socket
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import click
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from service.domain.graph import SkillGraph
from service.entrypoints.cli.context import Tools, pass_tools
from service.entrypoints.cli.options import graph_option
from service.entrypoints.cli.terminal import Refusal, say

APPLICATION: Final = "service.wsgi:app"
GRAPH_SETTING: Final = "SKILLS_GRAPH_PATH"
METRICS_SETTING: Final = "PROMETHEUS_MULTIPROC_DIR"
"""A folder in which the workers add up what they count."""

MOST_WORKERS: Final = 64
USUAL_WORKERS: Final = 2
THREADS_PER_WORKER: Final = 16
"""A body that arrives slowly holds a thread; more threads cost long tails when all are busy."""

REQUEST_HEADS: Final = HTTP1Settings(header_read_timeout=5_000, max_buffer_size=64 * 1024)
"""Milliseconds and bytes that the head of a request may take."""

SECONDS_TO_FINISH: Final = 25
"""What requests in flight have after a signal to stop, before their worker is killed."""

QUIET_LOG: Final[dict[str, Any]] = {
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "generic",
            "stream": "ext://sys.stderr",
        },
    },
    "loggers": {"_granian": {"handlers": ["console"], "propagate": False}},
}


def usual_workers() -> int:
    """Return one worker a core that this process may use, two at most."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), USUAL_WORKERS)
    return min(os.cpu_count() or 1, USUAL_WORKERS)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    help="Processes that answer requests; usually one a core, two at most.",
)
@graph_option
@pass_tools
def serve(
    tools: Tools, *, host: str, port: int, workers: int | None, graph_path: Path | None
) -> None:
    """Serve the HTTP API until it is told to stop.

    The graph and the API keys are read and checked before anything listens.
    """
    tools.check_access()
    graph = tools.preload(graph_path)
    address, port = _free_address(host, port)
    if graph_path is not None:
        os.environ[GRAPH_SETTING] = str(graph_path.resolve())
    base = f"http://{_in_url(address)}:{port}"
    say(f"Serving {graph.catalogue.title} ({graph.catalogue.version}) on {base}; Ctrl-C stops.")
    say(f"Try: curl '{base}/v1/assessments?{_example(graph)}'")
    with TemporaryDirectory(prefix="skills-gap-") as folder:
        os.environ.setdefault(METRICS_SETTING, folder)
        _run_server(address, port, workers or usual_workers())


def _run_server(address: str, port: int, workers: int) -> None:
    server: Any = Granian(
        APPLICATION,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=THREADS_PER_WORKER,
        http1_settings=REQUEST_HEADS,
        respawn_failed_workers=True,  # else one dead worker ends the whole service
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_level=LogLevels.error,
        log_dictconfig=QUIET_LOG,
    )
    server.serve()


def _free_address(host: str, port: int) -> tuple[str, int]:
    """Return the numbers of an address that nobody listens on.

    The server's own sockets may share a port with others (`SO_REUSEPORT`), so a second service
    would silently take half of the requests: this is what tells that the port is in use.
    """
    try:
        family, *_, numbers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.create_server(numbers[:2], family=family) as probe:
            address, port, *_ = probe.getsockname()
            return address, port
    except OSError as error:
        raise Refusal(f"Cannot listen on {host}, port {port}: {_reason(error)}.") from None


def _reason(error: OSError) -> str:
    if isinstance(error, socket.gaierror) or error.errno is None:
        return (error.strerror or "no such address").lower()
    return os.strerror(error.errno).lower()  # without the address once more


def _in_url(address: str) -> str:
    """Return an address as a client on this machine would write it."""
    if address in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not listened on
        return "127.0.0.1"
    return f"[{address}]" if ":" in address else address


def _example(graph: SkillGraph) -> str:
    """Return the skills of some person as a query string."""
    profiles = graph.catalogue.profiles
    nodes = profiles[0].skills[:3] if profiles else graph.nodes[:1]
    return "&".join(f"skill={node.skill}:{node.level}" for node in nodes)
