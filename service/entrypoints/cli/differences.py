"""What changed between two graphs, as text that a person reads and as JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from service.domain.graph import SkillGraph
from service.domain.learning_path import in_hours
from service.domain.revision import Cause, Change, ChangedWay, Entry, ListChange, Revision
from service.domain.skill import Node, RoleId
from service.entrypoints.cli.table import Column, table
from service.entrypoints.cli.totals import NOBODY
from service.entrypoints.pictures.lettering import hours, plain, wrapped

INDENT: Final = "  "


def as_text(revision: Revision, before: SkillGraph, after: SkillGraph, width: int) -> str:
    """Return the changes as lines of at most `width` columns."""
    return "\n".join(_Told(revision, before, after, width).lines())


def as_json(revision: Revision, before: SkillGraph, after: SkillGraph) -> str:
    """Return the changes as a JSON object; hours are likely hours, to two decimals."""
    told = _Told(revision, before, after, 0)
    return json.dumps(told.document(), ensure_ascii=False, indent=2)


class _Told:
    """One revision being told."""

    def __init__(
        self, revision: Revision, before: SkillGraph, after: SkillGraph, width: int
    ) -> None:
        self._revision = revision
        self._graphs = (before, after)
        self._width = width
        self._skills = _names(before, after)
        self._levels = {level.level: level.name.lower() for level in before.catalogue.levels}
        self._levels |= {level.level: level.name.lower() for level in after.catalogue.levels}
        self._profiles: dict[str | None, str] = {None: NOBODY}
        self._profiles |= {profile.id: profile.name for profile in after.catalogue.profiles}

    def lines(self) -> Iterator[str]:
        """Yield the summary, then the ways that changed, then why they did."""
        old, new = (graph.catalogue.version for graph in self._graphs)
        yield plain(f"Version {old} against version {new}")
        for kind in ("skills", "roles", "profiles"):
            yield from self._list_change(kind, getattr(self._revision, kind))
        yield ""
        ways = self._revision.ways
        if not ways:
            yield f"No path changed; {self._revision.compared} were compared."
            return
        yield f"{len(ways)} of {self._revision.compared} paths changed"
        yield from self._ways()
        yield ""
        yield "Why"
        yield from self._reasons()

    def document(self) -> dict[str, Any]:
        """Return the same as JSON values, each way with the whole account of its difference."""
        old, new = (
            {"version": graph.catalogue.version, "content_hash": graph.catalogue.content_hash}
            for graph in self._graphs
        )
        kinds = ("skills", "roles", "profiles")
        return {
            "before": old,
            "after": new,
            **{kind: _list_document(getattr(self._revision, kind)) for kind in kinds},
            "paths_compared": self._revision.compared,
            "paths": [self._way_document(way) for way in self._revision.ways],
        }

    def _list_change(self, kind: str, change: ListChange) -> Iterator[str]:
        told = {
            "added": [entry.name for entry in change.added],
            "removed": [entry.name for entry in change.removed],
            "renamed": [
                f"{_called(old, new)} to {_called(new, old)}" for old, new in change.renamed
            ],
        }
        for what, names in told.items():
            if names:
                noun = kind if len(names) > 1 else kind.removesuffix("s")
                yield from wrapped(f"{len(names)} {noun} {what}: {', '.join(names)}", self._width)

    def _ways(self) -> list[str]:
        heads = [
            Column("From", is_flexible=True),
            Column("To", is_flexible=True),
            Column("Before", is_number=True),
            Column("After", is_number=True),
            Column("Hours", is_number=True),
        ]
        rows = [
            (
                self._profiles[way.start],
                self._role(way.role),
                hours(way.before),
                hours(way.after) + ("" if way.is_least else " at most"),
                _signed(way.difference),
            )
            for way in self._revision.ways
        ]
        return self._indented(heads, rows)

    def _reasons(self) -> list[str]:
        """Return every reason once, with the paths it changes."""
        whose: dict[tuple[RoleId, Change], list[str]] = {}
        for way in self._revision.ways:
            for change in way.changes:
                whose.setdefault((way.role, change), []).append(self._profiles[way.start])
        heads = [
            Column("Hours", is_number=True),
            Column("Why", is_flexible=True),
            Column("To", is_flexible=True),
            Column("From", is_flexible=True),
        ]
        rows = [
            (
                _signed(change.difference),
                self._sentence(change, role),
                self._role(role),
                "everywhere" if len(starts) == len(self._profiles) else ", ".join(starts),
            )
            for (role, change), starts in whose.items()
        ]
        return self._indented(heads, rows)

    def _sentence(self, change: Change, role: RoleId) -> str:
        """Return why a step makes a way longer or shorter."""
        step = self._node(change.node)
        if change.cause is Cause.HOURS:
            old, new = hours(change.before or 0), hours(change.after or 0)
            return f"{step} takes {new} hours instead of {old}."
        needs = self._role(role) if change.by is None else self._node(change.by)
        joined, left = _SENTENCES[change.cause]
        return (left if change.after is None else joined).format(step=step, needs=needs)

    def _way_document(self, way: ChangedWay) -> dict[str, Any]:
        return {
            "profile": way.start,
            "role": way.role,
            "before_hours": in_hours(way.before),
            "after_hours": in_hours(way.after),
            "difference_hours": in_hours(way.difference),
            "proved_shortest": way.is_least,
            "because": [self._change_document(change, way.role) for change in way.changes],
        }

    def _change_document(self, change: Change, role: RoleId) -> dict[str, Any]:
        return {
            **_node_document(change.node),
            "before_hours": None if change.before is None else in_hours(change.before),
            "after_hours": None if change.after is None else in_hours(change.after),
            "difference_hours": in_hours(change.difference),
            "cause": change.cause.value,
            "needed_by": _node_document(change.by) if change.by else None,
            "sentence": self._sentence(change, role),
        }

    def _node(self, node: Node) -> str:
        return f"{self._skills[node.skill]} ({self._levels[node.level]})"

    def _role(self, role: RoleId) -> str:
        return self._graphs[1].roles[role].name

    def _indented(self, heads: list[Column], rows: Sequence[tuple[str, ...]]) -> list[str]:
        return [INDENT + line for line in table(heads, rows, self._width - len(INDENT))]


_SENTENCES: Final = {
    Cause.KNOWN: (
        "{step} is not known from the start any more.",
        "{step} is known from the start now.",
    ),
    Cause.ASKED: (
        "{needs} asks for {step} now.",
        "{needs} does not ask for {step} any more.",
    ),
    Cause.ACCEPTED: (
        "{needs} accepts {step} now, and it is part of the shortest path.",
        "{needs} does not accept {step} any more.",
    ),
    Cause.CHOSEN: (
        "Of what {needs} accepts, {step} is part of the shortest path now.",
        "Of what {needs} accepts, {step} is not part of the shortest path any more.",
    ),
    Cause.FOLLOWS: (
        "{step} comes with {needs}.",
        "{step} goes with {needs}.",
    ),
}
"""What to say where a step joined a way, and where it left."""


def _names(before: SkillGraph, after: SkillGraph) -> dict[str, str]:
    return {skill.id: skill.name for graph in (before, after) for skill in graph.catalogue.skills}


def _called(entry: Entry, other: Entry) -> str:
    """Return a name, with the id where the names alone would not differ."""
    return entry.name if entry.name != other.name else f"{entry.name} ({entry.id})"


def _signed(hundredths: int) -> str:
    sign = "+" if hundredths > 0 else "-" if hundredths < 0 else ""
    return sign + hours(abs(hundredths))


def _list_document(change: ListChange) -> dict[str, Any]:
    return {
        "added": [entry._asdict() for entry in change.added],
        "removed": [entry._asdict() for entry in change.removed],
        "renamed": [
            {"before": old._asdict(), "after": new._asdict()} for old, new in change.renamed
        ],
    }


def _node_document(node: Node) -> dict[str, Any]:
    return {"skill": node.skill, "level": node.level}
