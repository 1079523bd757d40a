"""What a check finds, where, and the words for it."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple, TypeAlias

from service.domain.errors import Defect, Severity

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in a file: member names and positions, from the root."""

MAX_QUOTED: Final = 80


class Finding(NamedTuple):
    """A defect before its place is turned into a pointer."""

    path: Path
    code: str
    message: str
    severity: Severity = Severity.ERROR


def warning(path: Path, code: str, message: str) -> Finding:
    """Return a finding that does not stop the service."""
    return Finding(path, code, message, Severity.WARNING)


def in_file_order(findings: Iterable[Finding], document: object) -> tuple[Defect, ...]:
    """Return findings as defects, each once, in the order of their places in the file."""
    found = sorted(dict.fromkeys(findings), key=_FileOrder(document))
    return tuple(Defect(pointer(f.path), f.code, f.message, f.severity) for f in found)


def pointer(path: Path) -> str:
    """Return a path as a JSON pointer (RFC 6901)."""
    tokens = (str(token).replace("~", "~0").replace("/", "~1") for token in path)
    return "".join(f"/{token}" for token in tokens)


def quoted(value: object) -> str:
    """Return a short, printable picture of a value from the file."""
    return shortened(repr(value))


def shortened(text: str) -> str:
    """Return the start of a long text."""
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}..."


def suggestion(wrong: str, right: Sequence[str]) -> str:
    """Return the end of a sentence that says what may have been meant, or nothing."""
    close = get_close_matches(wrong[:MAX_QUOTED], right, n=1)
    return f"; did you mean {close[0]!r}?" if close else "."


class _FileOrder:
    """Where places stand in a document, as sortable positions."""

    def __init__(self, document: object) -> None:
        self._document = document
        self._ranks: dict[int, dict[str, int]] = {}

    def __call__(self, finding: Finding) -> tuple[int, ...]:
        """Return the position of each token of a finding's path within its parent."""
        order: list[int] = []
        place = self._document
        for token in finding.path:
            if isinstance(place, dict):
                order.append(self._rank(place, str(token)))
                place = place.get(token)
            elif isinstance(place, list) and isinstance(token, int):
                order.append(token)
                place = place[token]
        return tuple(order)

    def _rank(self, members: dict[str, object], name: str) -> int:
        if id(members) not in self._ranks:  # the document keeps its objects alive
            self._ranks[id(members)] = {member: rank for rank, member in enumerate(members)}
        return self._ranks[id(members)].get(name, -1)
