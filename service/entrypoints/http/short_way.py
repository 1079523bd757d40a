"""The usual question is answered without the framework: by the same functions in the same order.

Routing, hooks, and request and response objects cost several times what a kept answer costs. So a
POST of an assessment that is written in the one usual way is read and answered right here;
anything else goes to Flask, and so does whatever turns out wrong, for there is one way to word
errors. What headers such an answer has, Flask says: the first of each coding is its own.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from service.application.use_cases import UseCases
from service.entrypoints import answers
from service.entrypoints.answers import Answer
from service.entrypoints.http.body import MAX_BODY_BYTES
from service.entrypoints.http.encoding import coding_of, encoded
from service.entrypoints.http.front import QUESTION, ROUTE, asker_of
from service.entrypoints.http.memo import ASSESSMENTS, BODY
from service.entrypoints.http.operations import JSON
from service.entrypoints.http.reading import read_assessment
from service.strict_json import read_json

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ANY: Final = frozenset({"", "*/*", JSON})

Headers = list[tuple[str, str]]


class ShortWay:
    """A WSGI application before Flask.

    Args:
        app: Flask.
        use_cases: What Flask's view asks as well.
    """

    def __init__(self, app: "WSGIApplication", use_cases: UseCases) -> None:
        self._app = app
        self._cases = use_cases
        self._headers: dict[str, Headers] = {}

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        body: bytes | None = environ.get(BODY)
        is_usual = environ.get("HTTP_ACCEPT", "") in _ANY and not environ.get("QUERY_STRING")
        answer = self._answer(body, environ) if body is not None and is_usual else None
        if answer is None:
            return self._app(environ, start)
        coding = coding_of(environ.get("HTTP_ACCEPT_ENCODING", ""), answer, JSON)
        headers = self._headers.get(coding)
        if headers is None:
            return self._learn(coding, environ, start)
        sent = encoded(answer, coding)
        environ[ROUTE] = ASSESSMENTS
        start("200 OK", [*headers, ("Content-Length", str(len(sent)))])
        return [sent]

    def _answer(self, body: bytes, environ: "WSGIEnvironment") -> Answer | None:
        """Return the finished answer; None for what Flask has to look at."""
        cases = self._cases
        try:
            document = read_json(body, max_bytes=MAX_BODY_BYTES)
            reading = read_assessment(document, cases.understand)
            answer = cases.answer(reading.question, asker_of(environ))
        except Exception:  # noqa: BLE001 - Flask meets it again, and words it
            return None
        environ[QUESTION] = reading.question
        return answers.answer_to(answer, reading, cases.graph)

    def _learn(
        self, coding: str, environ: "WSGIEnvironment", start: "StartResponse"
    ) -> Iterable[bytes]:
        def begin(status: str, headers: Headers, *error: Any) -> Any:  # noqa: ANN401
            if status.startswith("200"):
                self._headers[coding] = [h for h in headers if h[0].lower() != "content-length"]
            return start(status, headers, *error)

        return self._app(environ, begin)
