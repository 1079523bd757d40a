"""``skills-gap assess``: one assessment."""

import math
import re
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import click
import orjson

from service.application.request import (
    MAX_ALTERNATIVES,
    MAX_BUDGET,
    AssessmentRequest,
    Claim,
    Reading,
)
from service.application.use_cases import UseCases
from service.domain.errors import InvalidRequestError
from service.entrypoints import answers
from service.entrypoints.cli.context import Tools, pass_tools
from service.entrypoints.cli.options import graph_option
from service.entrypoints.cli.report import report
from service.entrypoints.cli.terminal import USUAL_SIZE, Refusal, put, say
from service.entrypoints.exports import ExportFormat, export
from service.entrypoints.skill_text import split_level
from service.strict_json import MalformedJsonError, read_json

TEXT: Final = "text"
JSON: Final = "json"
MAX_RESUME_BYTES: Final = 1024 * 1024

CLAIM_POINTER: Final = re.compile(r"/skills/([0-9]+)/")
MEMBER_POINTER: Final = re.compile(r"/(also_known|start_date|budget_hours)")


class FiniteRange(click.FloatRange):
    """A number within limits; unlike its base it refuses what is no number."""

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        """Return the number that a text stands for."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


class SkillText(click.ParamType[str]):
    """A text that was written in Unicode."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text; bytes that stand for no character have no place in an answer."""
        try:
            value.encode()
        except UnicodeEncodeError:
            self.fail("it is not written in UTF-8.", param, ctx)
        return value


@click.command()
@click.option(
    "--skill",
    "skills",
    type=SkillText(),
    multiple=True,
    metavar="NAME[:LEVEL]",
    help="A skill you have, as you would write it, at a level by number or name; "
    "a working knowledge when left out. Once for each skill.",
)
@click.option(
    "--target",
    metavar="ROLE",
    help="The id of a role, 'either' for the nearest one or 'both' for all; usually 'either'.",
)
@click.option(
    "--hours-per-week", type=FiniteRange(1, 80), help="Hours of study a week; gives weeks."
)
@click.option(
    "--assume-prerequisites/--no-assume-prerequisites",
    default=True,
    help="Whether a skill you have credits what it compulsorily rests on; usually it does.",
)
@click.option(
    "--start-date",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The first day of study; gives dates. It takes --hours-per-week.",
)
@click.option(
    "--budget-hours",
    type=FiniteRange(0, MAX_BUDGET),
    help="Hours there is time for; shows the most readiness that fits.",
)
@click.option(
    "--alternatives",
    type=click.IntRange(0, MAX_ALTERNATIVES),
    default=0,
    help="How many further paths to show.",
)
@click.option(
    "--also-known",
    type=SkillText(),
    multiple=True,
    metavar="NAME[:LEVEL]",
    help="What if you knew this too? Once for each skill.",
)
@click.option(
    "--resume",
    type=click.File("rb"),
    help="A JSON Resume; its skills join those named. '-' is standard input.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([TEXT, JSON, *(each.value for each in ExportFormat)]),
    default=TEXT,
    help="A report to read, what the HTTP API would answer, a table or a text of it, or a "
    "calendar with one event a step.",
)
@click.option("--json", "form", flag_value=JSON, help="The same as --format json.")
@graph_option
@pass_tools
def assess(tools: Tools, /, *, graph_path: Path | None, form: str, **asked: Any) -> None:  # noqa: ANN401 - one an option
    """Print the shortest learning path from the skills you have to a role.

    \b
    skills-gap assess --skill python:3 --skill RAG --skill k8s --hours-per-week 10
    """  # noqa: D301 - click takes the sign itself
    use_cases = tools.build_use_cases(graph_path)
    reading = _understood(use_cases, _request(use_cases, **asked), asked["skills"])
    if form == TEXT:
        width = shutil.get_terminal_size(USUAL_SIZE).columns
        assessment = use_cases.assess(reading.question)
        say(report(reading, assessment, use_cases.graph, width))
        return
    rendered = use_cases.answer(reading.question)
    answer = answers.with_echo(rendered, reading, use_cases.graph)
    if form == JSON:
        put(answer + b"\n")
    else:
        put(_exported(answer, use_cases, ExportFormat(form)))


def _exported(answer: bytes, use_cases: UseCases, form: ExportFormat) -> bytes:
    try:
        return export(orjson.loads(answer), use_cases.graph, form)
    except InvalidRequestError:
        raise Refusal("A calendar takes --start-date and --hours-per-week.") from None


def _request(
    use_cases: UseCases,
    *,
    skills: tuple[str, ...],
    also_known: tuple[str, ...],
    start_date: datetime | None,
    resume: BinaryIO | None,
    **others: Any,  # noqa: ANN401 - they have the names of the request's members
) -> AssessmentRequest:
    def claims(texts: tuple[str, ...]) -> tuple[Claim, ...]:
        is_level = use_cases.resolver.level
        return tuple(split_level(text, lambda word: is_level(word) is not None) for text in texts)

    return AssessmentRequest(
        claims=claims(skills),
        also_known=claims(also_known) or None,
        start_date=start_date and start_date.date(),
        resume=None if resume is None else _document(resume),
        **others,
    )


def _document(resume: BinaryIO) -> Mapping[str, object]:
    try:
        document = read_json(resume.read(MAX_RESUME_BYTES + 1), max_bytes=MAX_RESUME_BYTES)
    except MalformedJsonError as error:
        raise Refusal(f"The resume is not JSON: {error.detail}") from None
    if not isinstance(document, Mapping):
        raise Refusal("The resume is not a JSON object.")
    return document


def _understood(
    use_cases: UseCases, request: AssessmentRequest, skills: tuple[str, ...]
) -> Reading:
    try:
        return use_cases.understand(request)
    except InvalidRequestError as error:
        sentences = []
        for fault in error.faults:
            claim = CLAIM_POINTER.match(fault.pointer)
            option = f"--skill {skills[int(claim[1])]!r}: " if claim else ""
            if member := MEMBER_POINTER.match(fault.pointer):
                option = f"--{member[1].replace('_', '-')}: "
            sentences.append(option + fault.detail)
        raise Refusal(" ".join(sentences)) from None
