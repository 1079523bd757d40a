"""The most readiness within a budget of hours: which set to learn when not all of it fits.

A knapsack whose items rest on one another. The search decides, one after the other, which
levels of what the requirements ask for are to be reached: the least set for those that are
is what they cost together, and what more could be gained is bounded as in the fractional
knapsack [1]. For that bound the cost of a node is split between all that cannot do without
it, in proportion to what each can gain, so that shared prerequisites are counted once.

References:
    [1] G. B. Dantzig, "Discrete-variable extremum problems", Operations Research 5, 1957.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from service.domain.planner.bits import mask_of, members
from service.domain.planner.grounding import are_satisfied
from service.domain.planner.kernel import Kernel
from service.domain.planner.needs import needs_of_all, that_matter
from service.domain.planner.order import Merit, grounds_of, in_learning_order
from service.domain.planner.planner import Plan
from service.domain.planner.work import Work, WorkSpentError
from service.domain.readiness import ReadinessScale, Share
from service.domain.skill import Node, Requirement, SkillId

STEPS: Final = 40_000
"""Steps for the search among all sets, and again for the one inside the path."""

DEEPEST: Final = 150
"""Nested decisions beyond which a search is given up, well below Python's recursion limit."""

WIDEST: Final = 100
"""Levels asked for beyond which no search of that many steps has ever ended."""

ROUNDING: Final = 1 + 1e-9
"""What a bound computed in floating point is raised by."""


@dataclass(frozen=True, slots=True)
class WithinBudget:
    """The set that a budget is best spent on.

    Attributes:
        plan: The set, as a plan for the same goals; it meets them only where all fits.
        points_before: Readiness without it, `full` points of which are complete.
        points_after: Readiness with it.
        full: The points of who meets every requirement.
        scope: ``all`` where no set within the budget is better; ``path`` where the work budget
            ended first, and the set is the best one found inside the shortest path.
    """

    plan: Plan
    points_before: int
    points_after: int
    full: int
    scope: Literal["all", "path"]


def within_budget(
    plan: Plan,
    requirements: Sequence[Requirement],
    levels: Mapping[SkillId, int],
    budget_hundredths: int,
    steps: int = STEPS,
) -> WithinBudget:
    """Return the learnable set of greatest readiness that takes no more than a budget.

    Ties go to less effort, then fewer nodes, then catalogue order.

    Args:
        plan: The shortest plan for the requirements.
        requirements: What readiness is measured by; those of several roles one after the other.
        levels: The highest held level by skill.
        budget_hundredths: Hundredths of an hour, 0 and up.
        steps: The work budget.
    """
    scale = ReadinessScale(requirements)
    before = scale.points(levels)
    knapsack = _Knapsack(plan, scale, budget_hundredths)
    scope: Literal["all", "path"] = "all"
    if plan.is_least and plan.effort <= budget_hundredths:
        chosen = plan.chosen
    else:
        try:
            chosen = knapsack.filled(Work(steps)).chosen
        except WorkSpentError:
            chosen, scope = knapsack.filled_from_path(levels, Work(steps // 2)), "path"
    filled = replace(plan, chosen=chosen, is_least=False)
    after = knapsack.points(plan.held | chosen)
    return WithinBudget(filled, before, after, scale.full, scope)


class _Scored(NamedTuple):
    """One option of a requirement: what each of its levels counts.

    Attributes:
        ladder: The nodes of its levels, as a set.
        points: What each level counts.
    """

    ladder: int
    points: int


class _Share(NamedTuple):
    """One requirement in numbers: the `need` best of its options count."""

    need: int
    options: tuple[_Scored, ...]
    full: int
    nodes: int


class _Filling(NamedTuple):
    """A set within the budget; the greater one is the better one."""

    points: int
    key: tuple[int, int, tuple[int, ...]]
    chosen: int

    def is_better_than(self, other: "_Filling") -> bool:
        return (-self.points, self.key) < (-other.points, other.key)


class _Wish(NamedTuple):
    """What could be gained by one option of a group, or by one group of which one option counts.

    Attributes:
        gain: The most that it can add.
        ways: What can be reached for it, each with what that adds.
    """

    gain: int
    ways: tuple[tuple[int, int], ...]


class _Knapsack:
    """One learner's requirements and budget."""

    def __init__(self, plan: Plan, scale: ReadinessScale, budget: int) -> None:
        self._plan = plan
        self._kernel = plan.solver.kernel
        self._budget = budget
        self._shares = tuple(_share(self._kernel, share, scale.unit) for share in scale.shares)
        asked = 0
        for share in self._shares:
            asked |= share.nodes
        self._known_ways: dict[tuple[_Share, int], tuple[tuple[tuple[int, int], ...], ...]] = {}
        self._known_efforts: dict[int, int] = {}
        matter = that_matter(self._kernel, plan.held, asked)
        self._needs = needs_of_all(self._kernel, plan.held, matter)
        self._nothing = self._best = _Filling(self.points(plan.held), (0, 0, ()), 0)
        self._scale = scale
        self._work = Work(0)

    def points(self, have: int) -> int:
        """Return the readiness of who has some nodes, in points."""
        return sum(_points(share, have) for share in self._shares)

    def filled(self, work: Work) -> _Filling:
        """Return the best filling.

        Raises:
            WorkSpentError: The budget of work ended first.
        """
        self._work = work
        wishes = self._wishes(0, 0)
        if sum(len(wish.ways) for wish in wishes) > WIDEST:
            raise WorkSpentError
        self._fill(0, 0, 0)
        return self._best

    def filled_from_path(self, levels: Mapping[SkillId, int], work: Work) -> int:
        """Return the best filling found inside the path: along its order, then by search."""
        self._best = self._nothing
        self._keep(self._along_the_order(levels))
        self._work = work
        with suppress(WorkSpentError):  # what was found so far is inside the path all the same
            self._fill(0, self._kernel.everything & ~self._plan.chosen, 0)
        return self._best.chosen

    def _along_the_order(self, levels: Mapping[SkillId, int]) -> int:
        """Return what fits of the path when it is walked in its order of learning."""
        plan, kernel = self._plan, self._kernel
        grounds = grounds_of(kernel, plan.held, plan.chosen)
        chosen = 0
        for number in in_learning_order(grounds, self._merits(levels)):
            is_open = not grounds.direct[number] & ~chosen
            if is_open and self._effort(chosen) + kernel.cost[number] <= self._budget:
                chosen |= 1 << number
        return chosen

    def _merits(self, levels: Mapping[SkillId, int]) -> dict[int, Merit]:
        kernel = self._kernel
        numbers = sorted(members(self._plan.chosen), key=kernel.positions.__getitem__)
        nodes = {number: self._plan.node(number) for number in numbers}
        reached = dict(levels)
        for skill, level in nodes.values():
            reached[skill] = max(level, reached.get(skill, 0))
        worth = self._scale.worth_of(reached, nodes.values())
        return {
            number: Merit((), worth[node], kernel.cost[number], kernel.positions[number])
            for number, node in nodes.items()
        }

    def _fill(self, wanted: int, excluded: int, depth: int) -> None:
        """Look for fillings that reach some nodes and do without others."""
        if depth > DEEPEST:
            raise WorkSpentError
        paid = self._needed_for(wanted)
        chosen = self._least(wanted, paid, excluded)
        while chosen is not None and self._kernel.effort(chosen) <= self._budget:
            self._keep(chosen)
            number = self._next(self._wishes(paid, excluded), paid)
            if number is None:
                return
            self._fill(wanted | 1 << number, excluded, depth + 1)
            excluded |= 1 << number
            if chosen & excluded:
                chosen = self._least(wanted, paid, excluded)

    def _least(self, wanted: int, paid: int, excluded: int) -> int | None:
        """Return the least set that reaches some nodes: often what they need is all of it."""
        plan, kernel = self._plan, self._kernel
        have = plan.held | paid
        self._work.spend(1 + paid.bit_count())
        is_plain = not paid & kernel.tangled
        choosers = members(paid & kernel.choosing)
        if is_plain and all(are_satisfied(kernel.choices[n], have) for n in choosers):
            return None if paid & excluded else paid
        return plan.solver.exactly(plan.held, (wanted, ()), excluded, self._work)

    def _keep(self, chosen: int) -> None:
        """Keep a set, if it is better than the best so far."""
        points = self.points(self._plan.held | chosen)
        filling = _Filling(points, self._kernel.key(chosen), chosen)
        if filling.is_better_than(self._best):
            self._best = filling

    def _needed_for(self, wanted: int) -> int:
        needed = 0
        for number in members(wanted):
            needed |= self._needs[number]
        return needed

    def _wishes(self, paid: int, excluded: int) -> list[_Wish]:
        """Return what can still be gained within the budget, and by what."""
        have = self._plan.held | paid
        left = self._budget - self._effort(paid)
        wishes = []
        for share in self._shares:
            each = [
                tuple(
                    (number, gain)
                    for number, gain in ways
                    if not self._needs[number] & excluded
                    and self._effort(self._needs[number] & ~paid) <= left
                )
                for ways in self._ways(share, have & share.nodes)
            ]
            if share.need == 1:
                each = [tuple(way for ways in each for way in ways)]
            wishes += [_Wish(max(gain for _, gain in ways), ways) for ways in each if ways]
            self._work.spend(4 + 8 * sum(map(len, each)))
        return wishes

    def _ways(self, share: _Share, have: int) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Return by option the levels that add something, with what they add."""
        known = self._known_ways.get((share, have))
        if known is None:
            known = tuple(_steps_up(share, option, have) for option in share.options)
            self._known_ways[share, have] = known
        return known

    def _effort(self, mask: int) -> int:
        effort = self._known_efforts.get(mask)
        if effort is None:
            effort = self._known_efforts[mask] = self._kernel.effort(mask)
        return effort

    def _next(self, wishes: Sequence[_Wish], paid: int) -> int | None:
        """Return what to decide next, or None when nothing better can come."""
        if not wishes:
            return None
        costs = self._split_costs(wishes, paid)
        offers = sorted(
            (min((costs[wish][number] / gain, number) for number, gain in ways), wish)
            for wish, (_, ways) in enumerate(wishes)
        )
        spent = self._effort(paid)
        left, most = float(self._budget - spent), 0.0
        for (ratio, _), wish in offers:
            gain = wishes[wish].gain
            part = min(1.0, left / (ratio * gain)) if ratio else 1.0
            most += part * gain
            left -= part * ratio * gain
        reach = self.points(self._plan.held | paid) + int(most * ROUNDING)
        if (-reach, spent) > (-self._best.points, self._best.key[0]):
            return None
        return offers[0][0][1]

    def _split_costs(self, wishes: Sequence[_Wish], paid: int) -> list[dict[int, float]]:
        """Return by wish and way what the way costs, when shared costs are split."""
        kernel, claims = self._kernel, dict[int, int]()
        needs = [
            {number: self._needs[number] & ~paid for number, _ in wish.ways} for wish in wishes
        ]
        for wish, ways in zip(wishes, needs, strict=True):
            union = 0
            for mask in ways.values():
                union |= mask
            for number in members(union):
                claims[number] = claims.get(number, 0) + wish.gain
        rates = {number: kernel.cost[number] / claim for number, claim in claims.items()}
        self._work.spend(len(rates) + sum(m.bit_count() for w in needs for m in w.values()) // 4)
        return [
            {
                way: wish.gain * sum(map(rates.__getitem__, members(mask)))
                for way, mask in ways.items()
            }
            for wish, ways in zip(wishes, needs, strict=True)
        ]


def _share(kernel: Kernel, share: Share, unit: int) -> _Share:
    graph = kernel.graph
    options = tuple(
        _Scored(
            mask_of(kernel.number[at] for at in graph.levels_up_to(Node(skill, asked))),
            unit // asked * share.worth,
        )
        for skill, asked in share.options
    )
    nodes = 0
    for option in options:
        nodes |= option.ladder
    return _Share(share.need, options, unit * share.worth * share.need, nodes)


def _steps_up(share: _Share, option: _Scored, have: int) -> tuple[tuple[int, int], ...]:
    """Return the levels of an option that add something to what is had, with what they add."""
    now, reached, ways = _points(share, have), have, []
    for number in members(option.ladder & ~have):  # levels ascend
        reached |= 1 << number
        gain = _points(share, reached) - now
        if gain:
            ways.append((number, gain))
    return tuple(ways)


def _points(share: _Share, have: int) -> int:
    """Return what a requirement counts for who has some nodes."""
    scores = [(option.ladder & have).bit_count() * option.points for option in share.options]
    if len(scores) > share.need:
        scores = sorted(scores, reverse=True)[: share.need]
    return sum(scores)
