"""How large a graph may be; looked at before any other work is done."""

from collections.abc import Iterator
from typing import Any, Final

from service.adapters.graph_file.findings import Finding, Path
from service.adapters.graph_file.reading import Document

MAX_SKILLS: Final = 100_000
MAX_LEVELS: Final = 8
MAX_GROUPS: Final = 64
MAX_OPTIONS: Final = 64


def beyond_limits(document: Document) -> Iterator[Finding]:
    """Find every list that is too long, in a document of any shape."""
    yield from _too_long(document, (), "skills", MAX_SKILLS)
    yield from _too_long(document, (), "levels", MAX_LEVELS)
    for role_path, role in _each(document, (), "roles"):
        yield from _too_many_options(role, role_path)
    for skill_path, skill in _each(document, (), "skills"):
        yield from _too_long(skill, skill_path, "levels", MAX_LEVELS)
        for path, level in _each(skill, skill_path, "levels"):
            yield from _too_long(level, path, "requires", MAX_GROUPS)
            yield from _too_many_options(level, path)


def _too_many_options(holder: Document, holder_path: Path) -> Iterator[Finding]:
    for path, requirement in _each(holder, holder_path, "requires"):
        yield from _too_long(requirement, path, "of", MAX_OPTIONS)


def _too_long(holder: Document, path: Path, name: str, limit: int) -> Iterator[Finding]:
    count = len(_entries(holder, name))
    if count > limit:
        message = f"The limit of '{name}' is {limit:,} entries; there are {count:,}."
        yield Finding((*path, name), "schema", message)


def _each(holder: Document, path: Path, name: str) -> Iterator[tuple[Path, Document]]:
    for index, entry in enumerate(_entries(holder, name)):
        if isinstance(entry, dict):
            yield (*path, name, index), entry


def _entries(holder: Document, name: str) -> list[Any]:
    entries = holder.get(name)
    return entries if isinstance(entries, list) else []
