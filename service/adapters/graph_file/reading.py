"""Bytes to a JSON object, or one sentence why not."""

from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from service.domain.errors import UnreadableGraphError
from service.strict_json import MalformedJsonError, read_json

Document: TypeAlias = dict[str, Any]

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 32

_LFS_POINTER: Final = b"version https://git-lfs.github.com/spec/"
_WHITESPACE: Final = b" \t\r\n"


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, at most one more than is allowed.

    Raises:
        UnreadableGraphError: There is no such file, or it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        reason = "There is no such file."
    except IsADirectoryError:
        reason = "It is a directory, not a file."
    except OSError as error:
        reason = f"It cannot be read: {error.strerror or type(error).__name__}."
    except ValueError:  # a NUL in the path
        reason = "This is not the name of a file."
    raise UnreadableGraphError(str(path), reason)


def read_document(data: bytes, source: str) -> Document:
    """Return the object that a graph file's bytes hold.

    Raises:
        UnreadableGraphError: They hold none.
    """
    if reason := _known_mistake(data):
        raise UnreadableGraphError(source, reason)
    try:
        value = read_json(data, max_bytes=MAX_BYTES, max_depth=MAX_DEPTH)
    except MalformedJsonError as error:
        place = f" ({error.pointer})" if error.pointer else ""
        raise UnreadableGraphError(source, f"It is not JSON. {error.detail}{place}") from None
    if not isinstance(value, dict):
        raise UnreadableGraphError(source, "It is JSON, but its top level is not an object.")
    return cast("Document", value)


def _known_mistake(data: bytes) -> str | None:
    start = data[: MAX_DEPTH * 8].lstrip(_WHITESPACE)
    mistakes = (
        (len(data) > MAX_BYTES, f"It is larger than {MAX_BYTES // 1024 // 1024} MiB."),
        (not data, "It is empty."),
        (start.startswith(b"<"), "It is HTML or XML, not JSON."),
        (start.startswith(_LFS_POINTER), "It is a Git LFS pointer; fetch the file it stands for."),
        (b"\0" in data, "It holds NUL bytes, so it is no text in UTF-8."),
    )
    return next((reason for is_so, reason in mistakes if is_so), None)
