"""``skills-gap assess``: one assessment."""

import math
import re
import shutil
from pathlib import Path
from typing import Any, Final

import click

from service.application.request import AssessmentRequest, Reading
from service.application.use_cases import UseCases
from service.domain.errors import InvalidRequestError
from service.entrypoints import answers
from service.entrypoints.cli.context import Tools
from service.entrypoints.cli.options import graph_option
from service.entrypoints.cli.report import report
from service.entrypoints.cli.terminal import USUAL_SIZE, Refusal, say
from service.entrypoints.skill_text import split_level

CLAIM_POINTER: Final = re.compile(r"/skills/([0-9]+)/")


class HoursPerWeek(click.FloatRange):
    """A number of hours from 1 to 80; unlike its base it refuses what is no number."""

    def __init__(self) -> None:
        super().__init__(min=1, max=80)

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
@click.option("--hours-per-week", type=HoursPerWeek(), help="Hours of study a week; gives weeks.")
@click.option(
    "--assume-prerequisites/--no-assume-prerequisites",
    default=True,
    help="Whether a skill you have credits what it compulsorily rests on; usually it does.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what the HTTP API would answer.")
@graph_option
@click.pass_obj
def assess(  # noqa: PLR0913 - one argument an option
    tools: Tools,
    *,
    skills: tuple[str, ...],
    target: str | None,
    hours_per_week: float | None,
    assume_prerequisites: bool,
    as_json: bool,
    graph_path: Path | None,
) -> None:
    r"""Print the shortest learning path from the skills you have to a role.

    \b
    skills-gap assess --skill python:3 --skill RAG --skill k8s --hours-per-week 10
    """
    use_cases = tools.build_use_cases(graph_path)
    request = AssessmentRequest(
        claims=tuple(
            split_level(skill, lambda word: use_cases.resolver.level(word) is not None)
            for skill in skills
        ),
        target=target,
        assume_prerequisites=assume_prerequisites,
        hours_per_week=hours_per_week,
    )
    reading = _understood(use_cases, request, skills)
    if as_json:
        rendered = use_cases.answer(reading.question)
        click.echo(answers.with_echo(rendered, reading, use_cases.graph))
    else:
        width = shutil.get_terminal_size(USUAL_SIZE).columns
        assessment = use_cases.assess(reading.question)
        say(report(reading, assessment, use_cases.graph, width))


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
            sentences.append(option + fault.detail)
        raise Refusal(" ".join(sentences)) from None
