"""What holds for every request, whoever answers it: its id, its gates, its count, its log line.

It stands before everything else, the memo included, so that no way round Flask is a way round
these. A gate is a function that looks at a request and gives headers for its answer, and a
problem where the request is refused: rates, keys and origins belong there. A refused request
goes on to Flask, which raises the problem, so that there is one way to word errors. What is raised
outside of Flask is a bug like any other, and answered like one.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from http import HTTPStatus
from random import getrandbits
from secrets import token_bytes
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson

from service.application.ports import Meter
from service.entrypoints.http.addresses import household, subscriber
from service.entrypoints.http.problems import ProblemError, bug

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID: Final = "skills_gap.request_id"
ROUTE: Final = "skills_gap.route"
REFUSAL: Final = "skills_gap.refusal"
QUESTION: Final = "skills_gap.question"
CLIENT_OF: Final = "skills_gap.client_of"
KEY_ID: Final = "skills_gap.key"
REFUSAL_FOR: Final = "skills_gap.refusal_for"
"""Where a request's own things stand in its WSGI environment."""

_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
MOST_METHOD: Final = 16
"""Characters of a method in the log; a caller may make one up."""

_SECRET: Final = token_bytes(32)


Headers: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate says to a request.

    Attributes:
        headers: Go into the answer, whatever it is.
        refusal: Why the request is not answered; None where it is.
        settle: Is told the status of the answer, and gives further headers for it.
    """

    headers: Headers = ()
    refusal: ProblemError | None = None
    settle: Callable[[int], Headers] | None = None


Gate = Callable[["WSGIEnvironment"], Verdict]


class Front:
    """The outermost WSGI application.

    Args:
        app: Answers.
        meter: Counts.
        log: Writes a line of JSON, which tells nothing of what was asked or who asked; None
            keeps no log.
        gates: Asked in this order; the first refusal counts.
        client_of: Returns the address that a request comes from, behind proxies as well.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        meter: Meter,
        log: Callable[[bytes], None] | None = None,
        gates: Sequence[Gate] = (),
        client_of: Callable[["WSGIEnvironment"], str] | None = None,
    ) -> None:
        self._app = app
        self._meter = meter
        self._log = log
        self._gates = gates
        self._client_of = client_of

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        began = perf_counter()
        given = environ.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else _new_id()
        environ[REQUEST_ID] = request_id
        environ[CLIENT_OF] = self._client_of
        own = [("X-Request-ID", request_id)]
        settles: list[Callable[[int], Headers]] = []

        def begin(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:  # noqa: ANN401
            code = int(status[:3])
            self._note(environ, code, perf_counter() - began)
            for settle in settles:
                own.extend(settle(code))
            return start(status, headers + own, *error)

        try:
            own += self._pass_gates(environ, settles)
            return self._app(environ, begin)
        except Exception as error:  # noqa: BLE001 - the last one who can answer
            self._note(environ, HTTPStatus.INTERNAL_SERVER_ERROR, perf_counter() - began)
            path = (
                environ.get("PATH_INFO", "").encode("latin-1", "replace").decode(errors="replace")
            )
            said, headers = bug(error, path, request_id)
            start("500 Internal Server Error", [*headers, own[0]])
            return [said]

    def _pass_gates(
        self, environ: "WSGIEnvironment", settles: list[Callable[[int], Headers]]
    ) -> list[tuple[str, str]]:
        """Return the headers that the gates give, and note who wants to be told the status."""
        own: list[tuple[str, str]] = []
        for gate in self._gates:
            verdict = gate(environ)
            own += verdict.headers
            if verdict.settle:
                settles.append(verdict.settle)
            if verdict.refusal:
                environ[REFUSAL] = verdict.refusal
                break
        return own

    def _note(self, environ: "WSGIEnvironment", status: int, seconds: float) -> None:
        method, route = environ["REQUEST_METHOD"], environ.get(ROUTE, "")
        self._meter.answered(method, route, status, seconds)
        if self._log:
            line = {
                "request_id": environ[REQUEST_ID],
                "method": method[:MOST_METHOD],
                "route": route,
                "status": status,
                "milliseconds": round(seconds * 1000, 2),
            }
            if KEY_ID in environ:
                line["key"] = environ[KEY_ID]
            self._log(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))


def _new_id() -> str:
    """Return an id that no other request is likely to have.

    It is no secret. The system's own source of chance would be asked without the interpreter's
    lock, and to get that back takes some twenty microseconds where eight threads wait for it.
    """
    return f"{getrandbits(128):032x}"


def asker_of(environ: "WSGIEnvironment") -> bytes:
    """Return what tells clients apart within this process, and says nothing of them.

    All networks of one subscriber are one client: who asks from several of them is no crowd.
    """
    client_of = environ.get(CLIENT_OF)
    client: str = client_of(environ) if client_of else household(environ.get("REMOTE_ADDR", ""))
    return blake2b(subscriber(client).encode(), key=_SECRET, digest_size=8).digest()
