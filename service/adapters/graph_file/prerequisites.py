"""Whether everything in the file can be learned, and which requirements are idle.

The requirements are numbered like those of a checked graph, but with the benefit of the doubt:
an option that cannot be read or does not exist counts as held, since that is reported already.
"""

from collections.abc import Iterator
from typing import NamedTuple

from service.adapters.graph_file.findings import Finding, Path, warning
from service.adapters.graph_file.places import Place, options, root
from service.adapters.graph_file.reading import Document
from service.domain.graph import Group
from service.domain.skill import Node, SkillId
from service.domain.soundness import never_needed, redundant_prerequisites, shortest_circles

_SHOWN_STEPS = 50


class _Prerequisite(NamedTuple):
    """A group and where it is written: the level itself for the level below."""

    path: Path
    group: Group


class NumberedDocument:
    """The skills, levels and requirements of a document by number.

    Attributes:
        paths: By node, where it stands.
        groups: By node, what must be satisfied before it can be learned.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._nodes: list[Node] = []
        self._first: dict[str, int] = {}
        self._tops: dict[str, int] = {}
        levels = list(self._number_levels())
        self.paths = [level.path for level in levels]
        self._prerequisites = [
            list(self._prerequisites_of(position, level)) for position, level in enumerate(levels)
        ]
        self.groups = [[p.group for p in of_node] for of_node in self._prerequisites]

    def circles(self) -> Iterator[Finding]:
        """Find circles from which nothing can ever be learned."""
        for circle in shortest_circles(self.groups):
            steps = [self._words(position) for position in (*circle, circle[0])]
            if len(steps) > _SHOWN_STEPS:
                left_out = len(steps) - _SHOWN_STEPS
                steps[_SHOWN_STEPS - 1 : -1] = [f"({left_out} more steps)"]
            way = " -> ".join(steps)
            message = f"Nothing on this circle can ever be learned (-> means needs): {way}"
            yield Finding(self.paths[circle[0]], "cycle", message)

    def implied(self) -> Iterator[Finding]:
        """Find prerequisites that are held anyway once the others of their level are."""
        for position, index in redundant_prerequisites(self.groups):
            path = self._prerequisites[position][index].path
            if path != self.paths[position]:
                message = "This is implied by the other prerequisites of the level."
                yield warning(path, "redundant", message)

    def idle_skills(self) -> Iterator[Finding]:
        """Find skills that no path to any role can use, and excuses that have become untrue.

        A skill that says what it is kept for is no mistake. Where the file has no roles,
        callers bring requirements of their own, and any skill may be needed.
        """
        wanted = [
            self._group(requirement)
            for role in root(self._document).each("roles")
            for requirement in role.each("requires")
        ]
        idle = never_needed(self.groups, wanted)
        for skill in root(self._document).each("skills") if wanted else ():
            first = self._first.get(skill.text("id") or "")
            is_kept = "kept_for" in skill.value
            if first is None or (first in idle) is is_kept:
                continue
            if is_kept:
                message = f"A role can need {skill.text('id')!r}, so it is not kept for this."
                yield warning((*skill.path, "kept_for"), "redundant", message)
            else:
                message = (
                    f"No role can need {skill.text('id')!r}; say in 'kept_for' what it is for."
                )
                yield warning(skill.path, "redundant", message)

    def _number_levels(self) -> Iterator[Place]:
        """Number the levels of skills that can be referred to; defective ones need nothing."""
        for skill in root(self._document).each("skills"):
            skill_id = skill.text("id")
            if skill_id is None or skill_id in self._first:
                continue
            levels = skill.value.get("levels", [])
            if levels:
                self._first[skill_id] = len(self._nodes)
                self._tops[skill_id] = len(levels)
            for index, level in enumerate(levels):
                self._nodes.append(Node(SkillId(skill_id), index + 1))
                yield Place((*skill.path, "levels", index), level or {})

    def _prerequisites_of(self, position: int, level: Place) -> Iterator[_Prerequisite]:
        if self._nodes[position].level > 1:
            yield _Prerequisite(level.path, Group(1, (position - 1,)))
        for requirement in level.each("requires"):
            yield _Prerequisite(requirement.path, self._group(requirement))

    def _group(self, requirement: Place) -> Group:
        lowest: dict[str, int] = {}
        doubtful: set[object] = set(_tombstones(requirement))
        for option in options(requirement):
            skill, level = option.text("skill"), option.whole("level")
            if skill in self._first and level is not None and 1 <= level <= self._tops[skill]:
                lowest[skill] = min(level, lowest.get(skill, level))
            else:
                doubtful.add(skill or option.path)
        known = [self._first[s] + level - 1 for s, level in lowest.items() if s not in doubtful]
        # No more than there is: a group that asks for too much is reported as that.
        need = min(at_least(requirement), len(known) + len(doubtful)) - len(doubtful)
        return Group(max(need, 0), tuple(known))

    def _words(self, position: int) -> str:
        skill, level = self._nodes[position]
        return f"{skill} level {level}"


def unsatisfiable(document: Document) -> Iterator[Finding]:
    """Find groups that ask for more skills than they offer."""
    for requirement in _requirements(document):
        asked = at_least(requirement)
        if asked > 1 and "of" in requirement.value and (offered := _offered(requirement)) < asked:
            message = f"{asked} distinct skills of {offered} can never be held."
            yield Finding((*requirement.path, "at_least"), "unsatisfiable", message)


def groups_of_one(document: Document) -> Iterator[Finding]:
    """Find groups without a choice of skill."""
    for requirement in _requirements(document):
        named = [option.text("skill") for option in requirement.each("of")]
        is_whole = not _tombstones(requirement) and None not in named
        if is_whole and len(set(named)) == 1 and at_least(requirement) == 1:
            message = "A group of one skill is a plain requirement."
            yield warning(requirement.path, "redundant", message)


def missing_reasons(document: Document) -> Iterator[Finding]:
    """Find requirements that do not say why."""
    for requirement in _requirements(document):
        if not requirement.value.get("reason", "").strip():
            yield warning(requirement.path, "missing-reason", "Say why this is required.")


def at_least(requirement: Place) -> int:
    """Return how many distinct skills it takes."""
    return requirement.whole("at_least") or 1


def _requirements(document: Document) -> Iterator[Place]:
    for skill in root(document).each("skills"):
        for level in skill.each("levels"):
            yield from level.each("requires")
    for role in root(document).each("roles"):
        yield from role.each("requires")


def _offered(requirement: Place) -> int:
    named = [option.text("skill") or option.path for option in options(requirement)]
    return len({*named, *_tombstones(requirement)})


def _tombstones(requirement: Place) -> list[int]:
    """Return the positions of options that cannot be read."""
    listed = requirement.value.get("of", ())
    return [index for index, option in enumerate(listed) if option is None]
