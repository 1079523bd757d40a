"""The application on a small graph, whose reading of requests fails when a skill says so."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from service.application.request import AssessmentRequest, Reading
from service.bootstrap import create_app, use_cases_of
from tests.entrypoints.http.conftest import GRAPH, NO_SETTINGS

CANARY: Final = "jane.doe-canary"

FAULTS: Final[Mapping[str, Exception]] = {
    "a bug": RuntimeError(CANARY),
    "a lost key": KeyError(CANARY),
    "a file that is not there": FileNotFoundError(2, CANARY, f"/etc/{CANARY}"),
    "a number by zero": ZeroDivisionError(CANARY),
    "too deep": RecursionError(CANARY),
    "no memory left": MemoryError(CANARY),
}
"""What is raised for a skill of that name."""

_cases = use_cases_of(GRAPH, NO_SETTINGS)


def _understand(request: AssessmentRequest) -> Reading:
    for claim in request.claims:
        if claim.skill in FAULTS:
            raise FAULTS[claim.skill]
    return _cases.understand(request)


app = create_app(replace(_cases, understand=_understand), NO_SETTINGS)
