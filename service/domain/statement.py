"""What an answer states, as far as it can be checked without planning."""

from dataclasses import dataclass

from service.domain.skill import Effort, Node, Requirement, RoleId, SkillId


@dataclass(frozen=True, slots=True)
class StatedStep:
    """One step as an answer states it.

    Attributes:
        effort: Hundredths of an hour.
        so_far: Likely effort up to its end.
    """

    order: int
    node: Node
    effort: Effort
    so_far: int


@dataclass(frozen=True, slots=True)
class StatedPath:
    """A path as an answer states it.

    Attributes:
        place: JSON pointer of the path.
        is_whole: Whether it has to meet the aim.
        most: What it may take at most, in hundredths of an hour; None where nothing limits it.
    """

    place: str
    steps: tuple[StatedStep, ...]
    effort: Effort
    is_whole: bool = True
    most: int | None = None


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
        effort: Likely effort.
        extra: On top of the nearest role alone.
        is_path: Whether the path of the answer leads to all of them.
    """

    effort: int
    extra: int
    is_path: bool


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


@dataclass(frozen=True, slots=True)
class Statement:
    """What an answer states, as far as it can be checked.

    Attributes:
        version: Of the graph that answered.
        known: What was claimed.
        credited: What the claims were taken to include.
        requirements: What the path has to meet.
        path: The shortest one.
        others: Further paths to the aim.
        standings: By role of the graph, the likely effort of the shortest path to it alone.
        reached: The one role that the path leads to; None where it leads to several or none.
        is_nearest: Whether it is said to be the nearest one.
        readiness: By role of the graph, between 0 and 1.
        learnable_now: Every skill whose next level has all it needs.
        together: What all roles take; None where nothing is said about it.
        spending: What a budget buys; None where there is none.
    """

    version: str
    known: tuple[Node, ...]
    credited: tuple[Node, ...]
    requirements: tuple[Requirement, ...]
    path: StatedPath
    proof: StatedProof
    others: tuple[StatedPath, ...] = ()
    standings: tuple[tuple[RoleId, int], ...] = ()
    reached: RoleId | None = None
    is_nearest: bool = False
    readiness: tuple[tuple[RoleId, float], ...] = ()
    learnable_now: tuple[SkillId, ...] = ()
    together: StatedTogether | None = None
    spending: StatedSpending | None = None

    @property
    def claims(self) -> tuple[Node, ...]:
        """All that the person is said to hold."""
        return (*self.known, *self.credited)

    @property
    def paths(self) -> tuple[StatedPath, ...]:
        """Every path, the shortest first."""
        spent = () if self.spending is None else (self.spending.path,)
        return (self.path, *self.others, *spent)
