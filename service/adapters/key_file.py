"""The file that API keys are kept in."""

from pathlib import Path

from service.application.access import KeyRing, read_keys
from service.domain.errors import UnreadableKeysError


def load_keys(path: Path) -> KeyRing:
    """Return the keys of a file; raise `UnreadableKeysError`."""
    try:
        return read_keys(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError):
        raise UnreadableKeysError(str(path)) from None
