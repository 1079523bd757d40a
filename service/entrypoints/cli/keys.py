"""``skills-gap keys``: API keys."""

import secrets

import click

from service.application.access import (
    ID_BYTES,
    MOST_PER_MINUTE,
    SECRET_BYTES,
    Scope,
    is_client,
    key_line,
    make_key,
)
from service.entrypoints.cli.terminal import CommandGroup, say


@click.group(cls=CommandGroup)
def keys() -> None:
    """Make API keys."""


@keys.command()
@click.option("--client", required=True, help="Whose key it is.")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([scope.value for scope in Scope]),
    multiple=True,
    default=[Scope.ASSESS.value],
    show_default=True,
    help="What it is good for; repeat it for more.",
)
@click.option(
    "--per-minute",
    type=click.IntRange(1, MOST_PER_MINUTE),
    help="Requests that it may make in a minute; usually as many as the setting says.",
)
def new(*, client: str, scopes: tuple[str, ...], per_minute: int | None) -> None:
    """Make a key: print it, this once, and the line to add to the file of keys.

    To change a key for another, add the new line, start the service again, let the client
    change over, and take the old line away.
    """
    if not is_client(client):
        raise click.BadParameter(
            "1 to 64 letters, digits, dots, dashes and underscores.", param_hint="--client"
        )
    random = secrets.token_bytes(ID_BYTES + SECRET_BYTES)
    made = make_key(client, map(Scope, scopes), per_minute, random)
    say(f"The key, for 'Authorization: Bearer ...'; it is shown only now:\n\n{made.token}\n")
    say(f"The line to add to the file that API_KEYS_FILE names:\n\n{key_line(made.key)}")
