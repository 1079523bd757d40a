"""``skills-gap verify``: an answer checked without the planner that made it."""

from pathlib import Path
from typing import BinaryIO, Final

import click

from service.domain.errors import Fault
from service.domain.statement import Statement
from service.domain.verification import faults_in
from service.entrypoints.cli.context import Tools, pass_tools
from service.entrypoints.cli.options import graph_option
from service.entrypoints.cli.terminal import FAILED, Refusal, say
from service.entrypoints.pictures.lettering import hours, plain
from service.entrypoints.statements import NotAnAnswerError, statement_of
from service.strict_json import JsonValue, MalformedJsonError, read_json

MOST_BYTES: Final = 64 * 1024 * 1024


@click.command()
@click.argument("answer", type=click.File("rb"))
@graph_option
@pass_tools
def verify(tools: Tools, *, answer: BinaryIO, graph_path: Path | None) -> None:
    """Check that the ANSWER of an assessment is right, without planning anything.

    Every step has what it rests on before it, the path meets its aim, the hours are the graph's
    and add up, and the landmarks prove as much as they add up to. Credits, gaps, readiness, sums
    and differences follow from that; weeks and days from the hours of the first 90 days. Not
    checked, for a search alone could tell: the hours of paths that are not shown (to other
    roles, to all of them, without what is also known), what a choice or a skill of high leverage
    saves, the best within a budget, and whether alternatives are missing. Nor are the start of a
    step, what it serves and unlocks, where projects belong, sources,
    names and reasons. '-' is standard input. Lists every fault; exits 1 if there are any, 2 if
    the file is no JSON.
    """
    graph = tools.build_use_cases(graph_path).graph
    document = _document(answer.read())
    try:
        statement = statement_of(document, graph)
        faults = faults_in(statement, graph)
    except NotAnAnswerError as error:
        faults = error.faults
    if faults:
        say("\n".join(map(_line, faults)))
        raise click.exceptions.Exit(FAILED)
    say(f"The answer is right: its path can be walked and meets its aim. {_proven(statement)}")


def _proven(statement: Statement) -> str:
    """Return what the landmarks of a right answer prove, and what they do not."""
    if statement.proof.by_landmarks:
        return "Its landmarks prove that no path is shorter."
    bound = sum(price for price, _ in statement.proof.landmarks)
    proven = f"Its landmarks prove that no path is shorter than {hours(bound)} h"
    if statement.proof.is_optimal:
        return f"{proven}; that none is shorter than itself rests on a search, not repeated here."
    return f"{proven}; whether one is shorter than itself is open, as the answer says."


def _document(data: bytes) -> JsonValue:
    try:
        return read_json(data, max_bytes=MOST_BYTES)
    except MalformedJsonError as error:
        raise Refusal(f"The answer is not JSON: {error.detail}") from None


def _line(fault: Fault) -> str:
    return plain(f"{fault.pointer or '/'}: {fault.detail}")
