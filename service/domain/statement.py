"""What an answer states, as far as it can be checked without planning."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from service.domain.skill import AreaId, Effort, Node, Requirement, RoleId, SkillId


class StatedTime(NamedTuple):
    """When something ends, as an answer states it.

    Attributes:
        place: JSON pointer of the weeks.
        effort: What comes before it, in hundredths of an hour.
        weeks: None where there is no pace.
        place_of_day: JSON pointer of the day.
        day: The last one; None where there are no dates.
    """

    place: str
    effort: int
    weeks: float | None
    place_of_day: str
    day: date | None


@dataclass(frozen=True, slots=True)
class StatedStep:
    """One step as an answer states it.

    Attributes:
        effort: Hundredths of an hour.
        so_far: Likely effort up to its end.
        roles: Those that need it.
    """

    order: int
    node: Node
    effort: Effort
    so_far: int
    roles: frozenset[RoleId] = frozenset()


@dataclass(frozen=True, slots=True)
class StatedPath:
    """A path as an answer states it.

    Attributes:
        place: JSON pointer of the path.
        is_whole: Whether it has to meet the aim.
        most: What it may take at most, in hundredths of an hour; None where nothing limits it.
        times: When it and its steps end.
    """

    place: str
    steps: tuple[StatedStep, ...]
    effort: Effort
    is_whole: bool = True
    most: int | None = None
    times: tuple[StatedTime, ...] = ()

    @property
    def nodes(self) -> frozenset[Node]:
        """What its steps lead to."""
        return frozenset(step.node for step in self.steps)


@dataclass(frozen=True, slots=True)
class StatedDetour:
    """A further path as an answer states it.

    Attributes:
        extra: What it takes on top of the shortest one, hundredths of an hour.
        more: What it holds and the shortest one does not.
        less: What the shortest one holds and it does not.
    """

    path: StatedPath
    extra: int
    more: tuple[Node, ...]
    less: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class StatedProof:
    """A certificate as an answer states it; hours in hundredths."""

    is_optimal: bool
    lower_bound: int
    gap: float
    by_landmarks: bool
    landmarks: tuple[tuple[int, tuple[Node, ...]], ...]


@dataclass(frozen=True, slots=True)
class StatedTogether:
    """What all roles take together, as an answer states it; in hundredths of an hour.

    Attributes:
        extra: On top of the nearest role alone.
        is_path: Whether the path of the answer leads to all of them.
        shared: Of the likely effort, what serves more than one role.
        start: What the paths to each role alone can begin with.
        start_effort: What that takes.
    """

    effort: Effort
    extra: int
    is_path: bool
    shared: int
    start: tuple[Node, ...]
    start_effort: int


@dataclass(frozen=True, slots=True)
class StatedSpending:
    """What a budget buys, as an answer states it.

    Attributes:
        path: What to learn within it.
        before: Readiness for the aim, without it.
        after: Readiness with it.
        left: The steps that the aim takes after it.
        left_effort: What they take.
    """

    path: StatedPath
    before: float
    after: float
    left: tuple[Node, ...]
    left_effort: Effort


class StatedGap(NamedTuple):
    """A skill that a role asks for and the person lacks, as an answer states it."""

    skill: SkillId
    have: int
    need: int
    weight: float
    area: AreaId


@dataclass(frozen=True, slots=True)
class StatedRole:
    """Where the person stands towards a role, as an answer states it.

    Attributes:
        effort: What the shortest path to it alone takes.
        readiness: Between 0 and 1.
        areas: Readiness by area.
    """

    role: RoleId
    effort: Effort
    readiness: float
    gaps: tuple[StatedGap, ...]
    areas: tuple[tuple[AreaId, float], ...]


@dataclass(frozen=True, slots=True)
class StatedDifference:
    """What more knowledge changes, as an answer states it.

    Attributes:
        before: What the path without it takes.
        saves: What it takes less with it, hundredths of an hour.
        after: Readiness for the aim with it.
        less: What need not be learned any more.
        more: What is to be learned instead.
    """

    before: Effort
    saves: int
    after: float
    less: tuple[Node, ...]
    more: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class StatedFirstDays:
    """What the first days hold, as an answer states it.

    Attributes:
        time: What they have time for, hundredths of an hour.
        last: The last of them; None where there are no dates.
        done: How many steps are done by then.
        nodes: What is learned by then, each skill at its highest level.
        begun: The step that is begun by then.
        after: Readiness for the aim by then.
    """

    days: int
    time: int
    last: date | None
    done: int
    nodes: tuple[Node, ...]
    begun: Node | None
    after: float


@dataclass(frozen=True, slots=True)
class Statement:
    """What an answer states, as far as it can be checked.

    Attributes:
        version: Of the graph that answered.
        known: What was claimed.
        credited: What the claims were taken to include, each with the claim that rests on it.
        requirements: What the path has to meet.
        path: The shortest one.
        roles: Where the person stands towards each, nearest first.
        reached: The one role that the path leads to; None where it leads to several or none.
        is_nearest: Whether it is said to be the nearest one.
        learnable_now: Every skill whose next level has all it needs.
        others: Further paths to the aim.
        together: What all roles take; None where nothing is said about it.
        spending: What a budget buys; None where there is none.
        difference: What more knowledge changes; None where it was not asked.
        first_days: What the first days hold; None where there is no pace.
    """

    version: str
    known: tuple[Node, ...]
    credited: tuple[tuple[Node, SkillId], ...]
    requirements: tuple[Requirement, ...]
    path: StatedPath
    proof: StatedProof
    roles: tuple[StatedRole, ...]
    reached: RoleId | None
    is_nearest: bool
    learnable_now: tuple[SkillId, ...]
    others: tuple[StatedDetour, ...]
    together: StatedTogether | None
    spending: StatedSpending | None
    difference: StatedDifference | None
    first_days: StatedFirstDays | None

    @property
    def claims(self) -> tuple[Node, ...]:
        """All that the person is said to hold."""
        return (*self.known, *(node for node, _ in self.credited))

    @property
    def paths(self) -> tuple[StatedPath, ...]:
        """Every path, the shortest first."""
        spent = () if self.spending is None else (self.spending.path,)
        return (self.path, *(other.path for other in self.others), *spent)
