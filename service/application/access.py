"""Who may ask: API keys, what each may do, and the file that they are kept in.

A key is shown once, when it is made; kept is only its digest. A key is 32 random bytes, so a fast
digest is as good as a slow one: there is no list of likely keys to try.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from typing import Final, NamedTuple

from service.domain.errors import UnreadableKeysError

PREFIX: Final = "sg"
ID_BYTES: Final = 4
SECRET_BYTES: Final = 32
MOST_PER_MINUTE: Final = 1_000_000

_TOKEN: Final = re.compile(rf"{PREFIX}_([0-9a-f]{{{2 * ID_BYTES}}})_[A-Za-z0-9_-]{{20,100}}")
_ID: Final = re.compile(rf"[0-9a-f]{{{2 * ID_BYTES}}}")
_CLIENT: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_DIGEST: Final = re.compile(r"sha256:([0-9a-f]{64})")
_LIMIT: Final = re.compile(r"-|[1-9][0-9]{0,6}")
_NOBODY: Final = bytes(sha256().digest_size)


class Scope(StrEnum):
    """What a key may be good for."""

    ASSESS = "assess"
    BATCH = "batch"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is kept.

    Attributes:
        id: Part of the key; may be shown and logged.
        client: Whose it is; a client may have several, to change one for another.
        digest: SHA-256 of the whole key.
        per_minute: Requests that it may make in a minute; None takes the usual number.
    """

    id: str
    client: str
    scopes: frozenset[Scope]
    digest: bytes
    per_minute: int | None = None


class NewKey(NamedTuple):
    """A key in the moment it is made: the only one in which it can be read."""

    token: str
    key: ApiKey


class KeyRing:
    """All keys that are good.

    Args:
        keys: With distinct ids.
    """

    def __init__(self, keys: Iterable[ApiKey] = ()) -> None:
        self._keys = {key.id: key for key in keys}

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, token: str) -> ApiKey | None:
        """Return the key that a token is; the time it takes tells nothing of the digests."""
        shape = _TOKEN.fullmatch(token)
        key = self._keys.get(shape[1]) if shape else None
        is_good = compare_digest(_digest_of(token), key.digest if key else _NOBODY)
        return key if is_good else None


def make_key(
    client: str, scopes: Iterable[Scope], per_minute: int | None, random: bytes
) -> NewKey:
    """Return a new key.

    Args:
        client: 1 to 64 letters, digits, dots, dashes and underscores.
        scopes: What it is good for.
        per_minute: Requests that it may make in a minute; None takes the usual number.
        random: `ID_BYTES` + `SECRET_BYTES` bytes that nobody can guess.
    """
    key_id, secret = random[:ID_BYTES].hex(), random[ID_BYTES:]
    token = f"{PREFIX}_{key_id}_{urlsafe_b64encode(secret).decode().rstrip('=')}"
    return NewKey(token, ApiKey(key_id, client, frozenset(scopes), _digest_of(token), per_minute))


def is_client(name: str) -> bool:
    """Return whether a name can stand for a client."""
    return bool(_CLIENT.fullmatch(name))


def key_line(key: ApiKey) -> str:
    """Return the line that a key is kept as: id, client, scopes, requests a minute, digest.

    Example:
        >>> made = make_key("acme", [Scope.BATCH, Scope.ASSESS], 600, bytes(36))
        >>> key_line(made.key)[:35]
        '00000000 acme assess,batch 600 sha2'
    """
    scopes = ",".join(scope for scope in Scope if scope in key.scopes)
    limit = "-" if key.per_minute is None else str(key.per_minute)
    return f"{key.id} {key.client} {scopes} {limit} sha256:{key.digest.hex()}"


def read_keys(text: str, source: str) -> KeyRing:
    """Return the keys of a file: one a line, as `key_line` writes them; `#` begins a comment.

    Raises:
        UnreadableKeysError: Some lines are no keys; it names them all, and repeats none.
    """
    keys: dict[str, ApiKey] = {}
    bad: list[int] = []
    for number, line in _lines(text):
        key = _key_of(line)
        if key is None or key.id in keys:
            bad.append(number)
        else:
            keys[key.id] = key
    if bad:
        raise UnreadableKeysError(source, tuple(bad))
    return KeyRing(keys.values())


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        written = line.partition("#")[0].strip()
        if written:
            yield number, written


def _key_of(line: str) -> ApiKey | None:
    try:
        key_id, client, scopes, limit, digest = line.split()
        kept = frozenset(map(Scope, scopes.split(",")))
    except ValueError:
        return None
    hexadecimal = _DIGEST.fullmatch(digest)
    is_whole = _ID.fullmatch(key_id) and is_client(client) and _LIMIT.fullmatch(limit)
    if not is_whole or hexadecimal is None:
        return None
    per_minute = None if limit == "-" else int(limit)
    return ApiKey(key_id, client, kept, bytes.fromhex(hexadecimal[1]), per_minute)


def _digest_of(token: str) -> bytes:
    return sha256(token.encode(errors="surrogatepass")).digest()
