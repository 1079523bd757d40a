"""Style sheets and scripts, under addresses that change with their content."""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "static"

_VARIABLE: Final = re.compile(r"var\(--([a-z-]+)\)")

PALETTE: Final[Mapping[str, str]] = {
    "paper": "#ffffff",
    "ink": "#1b1f24",
    "muted": "#55606d",
    "line": "#d5dae1",
    "thread": "#9aa5b4",
    "done": "#0b6e63",
    "done-soft": "#e3f3f0",
    "next": "#1d4fd7",
    "next-soft": "#e7edfd",
    "later": "#5b6776",
    "later-soft": "#f3f5f8",
    "alternative": "#9a4b05",
    "alternative-soft": "#fdf1e1",
    "overlap": "#6d33d6",
    "overlap-soft": "#f0eafd",
}
"""Colours of a picture on its own, always light: the page's own style sheet knows both."""


MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}

LASTING: Final = "public, max-age=31536000, immutable"


def policy(ancestors: str) -> str:
    """Return the content security policy of a page that some origins may frame."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {ancestors}"
    )


@cache
def version() -> str:
    """Return a name for the content of all files together."""
    digest = blake2b(digest_size=8)
    for file in sorted(FOLDER.iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def picture_style() -> str:
    """Return the style of a picture that stands alone: no variable, nothing from elsewhere."""
    style = (FOLDER / "map.css").read_text(encoding="utf-8")
    return _VARIABLE.sub(lambda found: PALETTE[found[1]], style)


@cache
def picture_style_hash() -> str:
    """Return the hash by which a content security policy knows that style."""
    return b64encode(sha256(picture_style().encode()).digest()).decode()
