"""What changed for people between two graphs: whose way got longer or shorter, and why.

The steps of a way account for its length exactly: what a step costs more or less, plus the
steps that joined, minus the steps that left, is the whole difference. Each step that joined
or left has one cause, found by asking the graph in which it is no step why it is none.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from service.domain.graph import Group, SkillGraph
from service.domain.naming.spelling import spelling_key
from service.domain.skill import Node, RoleId, Skill, SkillId
from service.domain.ways import Way, ways_to_each_role


class Cause(StrEnum):
    """Why a step costs more or less, joined a way or left it."""

    HOURS = "hours"
    """It is a step of both ways, and the graph says other hours."""
    KNOWN = "known"
    """The person holds it at the start of the other way."""
    ASKED = "asked"
    """What needs it asks for it in one graph and not, or not without a choice, in the other."""
    ACCEPTED = "accepted"
    """What needs it accepts it, among others, in one graph and not at all in the other."""
    CHOSEN = "chosen"
    """What needs it leaves a choice, and the choice falls otherwise in the other graph."""
    FOLLOWS = "follows"
    """What needs it is no step of the other way either."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one step does to the length of a way.

    Attributes:
        node: The step; a renamed skill has its later id.
        before: Its likely hundredths of an hour before; None where it was no step.
        after: The same after; None where it is no step any more.
        by: What needs it: a later step, or None for the role itself.
    """

    node: Node
    before: int | None
    after: int | None
    cause: Cause
    by: Node | None = None

    @property
    def difference(self) -> int:
        """Hundredths of an hour that the way is longer for it; negative if shorter."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True)
class ChangedWay:
    """A way that has other steps or another length.

    Attributes:
        start: The id of the profile it starts from; None for a person who knows nothing yet.
        before: Its likely effort before, in hundredths of an hour; `after` likewise.
        changes: What adds up to the difference, the largest first.
        is_least: Whether both ways are known to be the shortest.
    """

    start: str | None
    role: RoleId
    before: int
    after: int
    changes: tuple[Change, ...]
    is_least: bool

    @property
    def difference(self) -> int:
        """Hundredths of an hour that it is longer; negative if it is shorter."""
        return self.after - self.before


class Entry(NamedTuple):
    """Something with an id and a name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ListChange:
    """What was added to a list of the file, removed from it and renamed in it.

    Attributes:
        renamed: Pairs of before and after; the ids, the names or both differ.
    """

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    renamed: tuple[tuple[Entry, Entry], ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """What changed between two graphs.

    Attributes:
        ways: Every way that both graphs know and that changed, as the later file orders them.
        compared: How many ways both graphs know.
    """

    skills: ListChange
    roles: ListChange
    profiles: ListChange
    ways: tuple[ChangedWay, ...]
    compared: int


def compare(before: SkillGraph, after: SkillGraph) -> Revision:
    """Return what changed between two graphs.

    Ways are compared where both graphs have the profile and the role, by id. A skill whose id
    is gone and whose spelling a new skill has is taken for the same skill renamed. The cost is
    that of a plan for each profile and role of both graphs.
    """
    called = _renamed_ids(before, after)
    earlier, later = _journeys(before, called), _journeys(after, {})
    shared = [key for key in later if key in earlier]
    changed = (_changed_way(earlier[key], later[key]) for key in shared)
    return Revision(
        skills=_list_change(before, after, _skills, called),
        roles=_list_change(before, after, _roles, {}),
        profiles=_list_change(before, after, _profiles, {}),
        ways=tuple(way for way in changed if way.changes),
        compared=len(shared),
    )


def _skills(graph: SkillGraph) -> list[Entry]:
    return [Entry(skill.id, skill.name) for skill in graph.catalogue.skills]


def _roles(graph: SkillGraph) -> list[Entry]:
    return [Entry(role.id, role.name) for role in graph.catalogue.roles]


def _profiles(graph: SkillGraph) -> list[Entry]:
    return [Entry(profile.id, profile.name) for profile in graph.catalogue.profiles]


def _list_change(
    before: SkillGraph,
    after: SkillGraph,
    listed: Callable[[SkillGraph], Iterable[Entry]],
    called: Mapping[SkillId, SkillId],
) -> ListChange:
    names = {str(old): str(new) for old, new in called.items()}
    old = {names.get(entry.id, entry.id): entry for entry in listed(before)}
    new = {entry.id: entry for entry in listed(after)}
    return ListChange(
        added=tuple(entry for key, entry in new.items() if key not in old),
        removed=tuple(entry for key, entry in old.items() if key not in new),
        renamed=tuple((old[key], new[key]) for key in new if old.get(key, new[key]) != new[key]),
    )


def _renamed_ids(before: SkillGraph, after: SkillGraph) -> dict[SkillId, SkillId]:
    """Return new ids by old ones, where exactly one skill can be the new form of another."""
    gone = [skill for skill in before.catalogue.skills if skill.id not in after.skills]
    fresh = [skill for skill in after.catalogue.skills if skill.id not in before.skills]
    owner = {key: skill.id for skill in fresh for key in _spellings(skill)}
    heirs = {old.id: {owner[key] for key in _spellings(old) if key in owner} for old in gone}
    claims = Counter(heir for found in heirs.values() for heir in found)
    return {
        old: heir
        for old, found in heirs.items()
        if len(found) == 1
        for heir in found
        if claims[heir] == 1
    }


def _spellings(skill: Skill) -> set[str]:
    own = skill.spellings
    written = (skill.id, skill.name, *own.aliases, *own.exact_aliases)
    return {spelling_key(text) for text in written}


class _Asked(NamedTuple):
    """A group in names, which both graphs share where positions differ.

    Attributes:
        need: At least so many of `options` must be held.
    """

    need: int
    options: frozenset[Node]

    @property
    def is_compulsory(self) -> bool:
        return self.need == len(self.options)


class _Journey:
    """One way in names.

    Args:
        graph: Where it was planned.
        way: The way to one role.
        called: The names to use instead of ids of this graph.

    Attributes:
        taken: The likely effort of each step, in catalogue order.
        held: What is held at the start.
    """

    def __init__(self, graph: SkillGraph, way: Way, called: Mapping[SkillId, SkillId]) -> None:
        self.way = way
        self._graph = graph
        self._called = called
        self.taken = {self._name(each): graph.likely[each] for each in way.plan.positions}
        self.held = frozenset(map(self._name, way.state.held))
        goals = [self._in_names(graph.group(r)) for r in graph.role(way.roles[0]).requires]
        self.asked_by: dict[Node | None, list[_Asked]] = {None: goals} | {
            self._name(each): [self._in_names(group) for group in graph.groups[each]]
            for each in way.plan.positions
        }

    def needing(self, node: Node) -> Iterator[tuple[Node | None, _Asked]]:
        """Return what on the way needs a step: the role as None, or another step.

        What could be satisfied without it is left out, unless all of it could.
        """
        listing = [
            (by, asked)
            for by, groups in self.asked_by.items()
            for asked in groups
            if node in asked.options
        ]
        others = (self.held | self.taken.keys()) - {node}
        needing = [each for each in listing if len(each[1].options & others) < each[1].need]
        yield from needing or listing

    def leaves_a_choice(self, by: Node | None, node: Node) -> bool | None:
        """Return whether what a step or the role asks leaves a choice of `node`.

        Returns:
            True or False, or None where it does not ask for `node` at all.
        """
        listing = [asked for asked in self.asked_by[by] if node in asked.options]
        return None if not listing else not any(asked.is_compulsory for asked in listing)

    def _name(self, position: int) -> Node:
        skill, level = self._graph.nodes[position]
        return Node(self._called.get(skill, skill), level)

    def _in_names(self, group: Group) -> _Asked:
        return _Asked(group.need, frozenset(map(self._name, group.options)))


def _journeys(
    graph: SkillGraph, called: Mapping[SkillId, SkillId]
) -> dict[tuple[str | None, RoleId], _Journey]:
    return {
        (way.start, way.roles[0]): _Journey(graph, way, called) for way in ways_to_each_role(graph)
    }


def _changed_way(before: _Journey, after: _Journey) -> ChangedWay:
    changes = [*_joined(before, after), *_left(before, after), *_other_hours(before, after)]
    return ChangedWay(
        start=after.way.start,
        role=after.way.roles[0],
        before=before.way.effort.likely,
        after=after.way.effort.likely,
        changes=tuple(sorted(changes, key=lambda change: -abs(change.difference))),
        is_least=before.way.plan.is_least and after.way.plan.is_least,
    )


def _joined(before: _Journey, after: _Journey) -> Iterator[Change]:
    for node, hours in after.taken.items():
        if node not in before.taken:
            yield Change(node, None, hours, *_why_only_here(node, after, before))


def _left(before: _Journey, after: _Journey) -> Iterator[Change]:
    for node, hours in before.taken.items():
        if node not in after.taken:
            yield Change(node, hours, None, *_why_only_here(node, before, after))


def _other_hours(before: _Journey, after: _Journey) -> Iterator[Change]:
    for node, hours in after.taken.items():
        if before.taken.get(node, hours) != hours:
            yield Change(node, before.taken[node], hours, Cause.HOURS)


def _why_only_here(node: Node, here: _Journey, there: _Journey) -> tuple[Cause, Node | None]:
    """Return why a node is a step of one way only, and what needs it there."""
    if node in there.held:
        return Cause.KNOWN, None
    needing = list(here.needing(node))
    in_both = [(by, asked) for by, asked in needing if by in there.asked_by]
    for by, asked in in_both:
        choice = there.leaves_a_choice(by, node)
        if choice is not False and asked.is_compulsory:
            return Cause.ASKED, by
        if choice is None:
            return Cause.ACCEPTED, by
    if in_both:
        return Cause.CHOSEN, in_both[0][0]
    return Cause.FOLLOWS, needing[0][0]
