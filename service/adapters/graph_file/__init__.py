"""The graph file: read, checked as a whole, and made into a `SkillGraph`."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from service.adapters.graph_file import (
    amounts,
    building,
    identity,
    layout,
    plausibility,
    prerequisites,
)
from service.adapters.graph_file.findings import Finding, in_file_order
from service.adapters.graph_file.limits import beyond_limits
from service.adapters.graph_file.reading import Document, read_bytes, read_document
from service.adapters.graph_file.references import References
from service.domain.errors import Defect, DefectiveGraphError
from service.domain.graph import SkillGraph
from service.garbage import uncollected

__all__ = ["check_bytes", "check_graph", "load_graph", "parse_graph"]


def load_graph(path: Path) -> SkillGraph:
    """Return the graph that a file holds.

    Raises:
        UnreadableGraphError: The file cannot be read, or not as a JSON object.
        DefectiveGraphError: It breaks rules; the error holds every error in it.
    """
    return parse_graph(read_bytes(path), str(path))


@uncollected()
def parse_graph(data: bytes, source: str) -> SkillGraph:
    """Return the graph that a file's bytes hold.

    Args:
        data: The bytes; their SHA-256 is the graph's content hash.
        source: What errors call the file.

    Raises:
        UnreadableGraphError: The bytes are not a JSON object.
        DefectiveGraphError: They break rules; the error holds every error in them.
    """
    document = read_document(data, source)
    errors = _Check(document).errors()
    if errors:
        raise DefectiveGraphError(source, in_file_order(errors, document))
    return SkillGraph(building.catalogue(document, sha256(data).hexdigest()))


def check_graph(path: Path) -> tuple[Defect, ...]:
    """Return every defect of a file, errors and warnings, in the file's order.

    Raises:
        UnreadableGraphError: The file cannot be read, or not as a JSON object.
    """
    return check_bytes(read_bytes(path), str(path))


@uncollected()
def check_bytes(data: bytes, source: str) -> tuple[Defect, ...]:
    """Return every defect of a file's bytes, errors and warnings, in the file's order.

    Only root causes are reported: what is left out because it breaks the layout is not missed
    elsewhere. Skills and sources are called unused only in a file without errors, since a
    misspelt reference makes its target look unused. Implied prerequisites are looked for up to
    `soundness.MAX_NODES_FOR_REDUNDANCY` levels of skills.

    Raises:
        UnreadableGraphError: The bytes are not a JSON object.
    """
    document = read_document(data, source)
    check = _Check(document)
    errors = check.errors()
    return in_file_order([*errors, *check.warnings(unused=not errors)], document)


class _Check:
    """One check of one document: limits first, then the layout, then all that is left."""

    def __init__(self, document: Document) -> None:
        self._raw = document
        self._left: Document = {}
        self._graph = prerequisites.NumberedDocument({})

    def errors(self) -> list[Finding]:
        """Find everything that stops the service."""
        refusal = [*beyond_limits(self._raw)] or layout.unknown_version(self._raw)
        if refusal:
            return refusal
        findings, self._left = layout.layout_errors(self._raw)
        self._graph = prerequisites.NumberedDocument(self._left)
        return [*findings, *self._beyond_the_schema()]

    def warnings(self, *, unused: bool) -> Iterator[Finding]:
        """Find what is allowed and yet idle or odd, in what the errors have left."""
        left = self._left
        yield from self._graph.implied()
        yield from prerequisites.groups_of_one(left)
        yield from prerequisites.missing_reasons(left)
        yield from plausibility.far_hours(left)
        yield from plausibility.missing_sources(left)
        yield from plausibility.repeated_skills(left)
        if unused:
            yield from self._graph.idle_skills()
            yield from plausibility.unused_sources(left)

    def _beyond_the_schema(self) -> Iterator[Finding]:
        left = self._left
        return chain(
            identity.repeated_ids(left),
            identity.miscounted_levels(left, _length_of_scale(self._raw)),
            identity.ambiguous_spellings(left),
            References(self._raw, left).unknown(),
            self._graph.circles(),
            prerequisites.unsatisfiable(left),
            amounts.bad_hours(left),
            amounts.bad_weights(left),
        )


def _length_of_scale(document: Document) -> int | None:
    levels: Any = document.get("levels")
    return len(levels) if isinstance(levels, list) and levels else None
