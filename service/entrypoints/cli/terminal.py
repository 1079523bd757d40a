"""How commands speak: results on standard output, errors in one sentence on standard error."""

import os
import sys
from contextlib import suppress
from typing import Any, ClassVar, Final

import click

from service.domain.errors import SkillsGapError

FAILED: Final = 1
"""Exit code: it was done, and found something wrong."""

REFUSED: Final = 2
"""Exit code: wrong usage, or a defective graph."""


USUAL_SIZE: Final = (100, 24)
"""Columns and lines where the output goes to no terminal."""


class Refusal(click.ClickException):
    """What was asked cannot be done as asked."""

    exit_code: ClassVar[int] = REFUSED


class CommandGroup(click.Group):
    """Commands whose errors are sentences: no traceback, and no usage lines around them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise _in_one_sentence(error) from None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run the command."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _in_one_sentence(error) from None
        except SkillsGapError as error:
            raise Refusal(str(error)) from None


def say(text: str) -> None:
    """Print a text; what the terminal cannot show becomes a question mark."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    put(text.encode(encoding, "replace") + b"\n")


def put(data: bytes) -> None:
    """Print bytes as they are, and let them be seen at once.

    Raises:
        Refusal: Standard output takes them not: a full disk, say.
        BrokenPipeError: Nobody reads them any more.
    """
    try:
        click.echo(data, nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        _close_standard_output()
        message = f"Cannot write standard output: {reason(error)}."
        raise Refusal(message) from None


def reason(error: OSError) -> str:
    """Return why the system failed, as the end of a sentence."""
    return (error.strerror or "it failed").lower()


def _close_standard_output() -> None:
    """Let what is held back for it go nowhere: Python would try to write it again at the end."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _in_one_sentence(error: click.UsageError) -> click.ClickException:
    if error.ctx is None or isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    message = error.format_message().rstrip(".")
    return Refusal(f"{message}; see {error.ctx.command_path} --help.")
