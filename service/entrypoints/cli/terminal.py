"""How commands speak: results on standard output, errors in one sentence on standard error."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        with _in_sentences():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run the command."""
        with _in_sentences():
            return super().invoke(ctx)


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
        raise _unwritable(error) from None


def reason(error: OSError) -> str:
    """Return why the system failed, as the end of a sentence."""
    return (error.strerror or "it failed").lower()


@contextmanager
def _in_sentences() -> Iterator[None]:
    """Let errors that are the caller's be said in one sentence each."""
    try:
        yield
    except click.UsageError as error:
        raise _in_one_sentence(error) from None
    except SkillsGapError as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise _unwritable(error) from None  # help, which click prints by itself


def _unwritable(error: OSError) -> Refusal:
    """Say that standard output takes nothing, and let what is held back for it go nowhere.

    Python would try to write that again at the end.
    """
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    return Refusal(f"Cannot write standard output: {reason(error)}.")


def _in_one_sentence(error: click.UsageError) -> click.ClickException:
    if error.ctx is None or isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    message = error.format_message().rstrip(".")
    return Refusal(f"{message}; see {error.ctx.command_path} --help.")
