"""The most readiness within a budget of hours: which set to learn when not all of it fits.

A knapsack whose items rest on one another. At a rate that prices an hour in points, what a
set takes and what it loses are one price, and landmarks bound the price of every set: the
Lagrangian relaxation of the budget. A set better than the best one known is no dearer
than a limit that follows from it; so all sets up to the limit are looked at, by their
frontiers, and the best of them is the best of all. The limit is approached from below: what
is found on the way lowers it. Where the bound is far from the limit at every rate, some
large piece is to be had as a whole or not at all: the question is halved by it, and each
half has a rate of its own. What fits of a set that takes too much, in the order of learning, is
good from the start.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from service.domain.planner.bits import mask_of, members
from service.domain.planner.filling import filled_by_program
from service.domain.planner.frontier import Frontiers
from service.domain.planner.incumbent import paid_set
from service.domain.planner.kernel import Choice
from service.domain.planner.landmarks import Bound
from service.domain.planner.order import Merit, grounds_of, in_learning_order, that_fits
from service.domain.planner.planner import Plan
from service.domain.planner.prizes import Prizes
from service.domain.planner.work import Work, WorkSpentError
from service.domain.readiness import ReadinessScale
from service.domain.skill import Requirement, SkillId, highest_levels

STEPS: Final = 120_000
"""Steps for the search among all sets, and an eighth again for the one inside the path."""

POINT: Final = 1 << 10
"""The price of a point: rates are whole, so bounds are exact."""

RATES: Final = 6
"""Rates tried for one question."""

PATIENCE: Final = 80_000
"""Steps for the frontiers of one question before it is halved."""


@dataclass(frozen=True, slots=True)
class WithinBudget:
    """The set that a budget is best spent on.

    Attributes:
        plan: The set, as a plan for the same goals; it meets them only where all fits.
        points_before: Readiness without it, `full` points of which are complete.
        points_after: Readiness with it.
        full: The points of who meets every requirement.
        scope: ``all`` where no set within the budget is better; ``path`` where the work budget
            ended first and HiGHS proved none (`filling`): the set is the best one found inside
            the shortest path.
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
    scope: Literal["all", "path"] = "all"
    if plan.is_least and plan.effort <= budget_hundredths:
        chosen = plan.chosen
    else:
        everything = plan.solver.kernel.everything
        try:
            chosen = _best(plan, scale, everything, budget_hundredths, Work(steps))
        except WorkSpentError:
            chosen, scope = _along_the_order(plan, scale, levels, budget_hundredths), "path"
            with suppress(WorkSpentError):  # what fits of the path in its order is good as well
                chosen = _best(plan, scale, plan.chosen, budget_hundredths, Work(steps // 8))
    filled = plan.of_others(chosen)
    reached = _levels_with(filled, levels)
    return WithinBudget(filled, scale.points(levels), scale.points(reached), scale.full, scope)


def _best(plan: Plan, scale: ReadinessScale, within: int, budget: int, work: Work) -> int:
    """Return the best filling of a budget among some nodes.

    Raises:
        WorkSpentError: The work ended first.
    """
    kernel = plan.solver.kernel
    if not kernel.is_whole:
        raise WorkSpentError
    work.spend(kernel.size)
    prizes = Prizes(kernel, plan.held, scale, within, work)
    is_all = within == kernel.everything
    while True:
        weight = _Search(prizes, budget, work).best(by_program=is_all)
        if not prizes.way_out(weight):
            return prizes.set_of(weight)
        work.spend(prizes.size)


class _Question(NamedTuple):
    """What is to be filled best: sets that hold some nodes and do without others."""

    taken: int
    excluded: int


EVERYTHING: Final = _Question(0, 0)


class _Look(NamedTuple):
    """A question at one rate.

    Attributes:
        lead: How far the bound is above the price of the budget: the greater the better.
        rate: The price of a hundredth of an hour.
        bound: Tight.
        found: A good set at this rate.
        effort: What that takes.
    """

    lead: int
    rate: int
    bound: Bound
    found: int
    effort: int


class _Search:
    """The search for the best filling of one budget."""

    def __init__(self, prizes: Prizes, budget: int, work: Work) -> None:
        self._prizes = prizes
        self._budget = budget
        self._work = work
        self._loss = sum(prizes.loss)
        self._weight = 0
        self._first: list[_Look] = []

    def best(self, *, by_program: bool) -> int:
        """Return the weight of the best filling.

        Args:
            by_program: Whether HiGHS is asked where the search does not end.

        Raises:
            WorkSpentError: The work ended first, and HiGHS did no better.
        """
        prizes = self._prizes
        if not prizes.unit:
            return self._weight
        most = sum(prizes.cost)
        try:
            self._answer(EVERYTHING, max(1, POINT * self._loss // max(1, most)))
        except WorkSpentError:
            weight = None
            if by_program:
                weight = filled_by_program(prizes, self._budget, self._loss, self._hopeless)
            if weight is None:
                raise
            self._weight = weight
        return self._weight

    def _hopeless(self, effort: int, loss: int) -> int:
        """Return the nodes that no set which takes and loses no more than this can hold."""
        hopeless = 0
        for _, rate, bound, _, _ in self._first:
            spare = rate * effort + POINT * loss - bound.total
            hopeless |= mask_of(n for n in members(bound.free) if bound.value[n] > spare)
        return hopeless

    def _answer(self, question: _Question, rate: int) -> None:
        """Find the best filling for a question, if it is better than the best so far."""
        looks = self._looks(question, rate)
        self._first = self._first or looks
        if not looks:
            return
        self._fill(looks)
        best = max(looks, key=lambda look: (look.lead, -look.rate))
        if best.lead > self._limit(best.rate) - best.rate * self._budget:
            return
        try:
            self._look_through(best, Work(min(PATIENCE, self._work.left)))
        except WorkSpentError:
            self._work.spend(PATIENCE)
        else:
            return
        number = self._piece(looks)
        if number is None:
            raise WorkSpentError
        taken, excluded = question
        self._answer(_Question(taken | 1 << number, excluded), best.rate)
        self._answer(_Question(taken, excluded | 1 << number), best.rate)

    def _looks(self, question: _Question, rate: int) -> list[_Look]:
        """Look at a question at rates that close in on the one at which the budget is taken."""
        looks: dict[int, _Look] = {}
        low = high = 0  # rates at which too much is taken, and not too much
        while len(looks) < RATES and rate and rate not in looks:
            look = self._look(question, rate)
            if look is None:
                break
            looks[rate] = look
            if look.effort > self._budget:
                low = rate
            else:
                high = rate
            rate = (low + high) // 2 if low and high else 2 * rate if low else rate // 2
        return list(looks.values())

    def _look(self, question: _Question, rate: int) -> _Look | None:
        """Return the bound of a question at a rate; None where it has no answer."""
        prizes, costs = self._prizes, self._prizes.costs(rate, POINT)
        taken = tuple(Choice(1, 1 << number) for number in members(question.taken))
        problem = prizes.problem._replace(goals=prizes.problem.goals + taken)
        bound = Bound(prizes, costs, problem, self._work, question.excluded)
        if not bound.tighten():
            return None
        found = paid_set(bound, costs)
        effort = prizes.effort(found)
        if effort <= self._budget:
            loss = sum(map(prizes.loss.__getitem__, members(found)))
            self._keep(loss, sum(map(prizes.weight.__getitem__, members(found))))
        return _Look(bound.total - rate * self._budget, rate, bound, found, effort)

    def _fill(self, looks: Sequence[_Look]) -> None:
        """Take what fits of sets that take too much, in the order of learning."""
        over, under = self._apart(looks)
        for look in over[:2]:
            self._keep_what_fits(look.found)
        if over and under:
            less = under[0].found & self._prizes.own
            self._keep_what_fits(over[0].found | less, less)

    def _keep_what_fits(self, found: int, chosen: int = 0) -> None:
        prizes = self._prizes
        grounds = grounds_of(prizes, 0, found & prizes.own)
        self._work.spend(len(grounds.sequence) ** 2 // 8)
        merits = {
            number: Merit((), worth, prizes.cost[number], number)
            for number, worth in prizes.worth_in(found & prizes.own).items()
        }
        order = in_learning_order(grounds, merits)
        chosen = that_fits(prizes, 0, order, self._budget, chosen)
        self._keep(prizes.loss_of(chosen), sum(map(prizes.weight.__getitem__, members(chosen))))

    def _apart(self, looks: Sequence[_Look]) -> tuple[list[_Look], list[_Look]]:
        """Return the looks at which too much is taken, and the others, the nearest first."""
        over = [look for look in looks if look.effort > self._budget]
        under = [look for look in looks if look.effort <= self._budget]
        over.sort(key=lambda look: -look.rate)
        under.sort(key=lambda look: look.rate)
        return over, under

    def _keep(self, loss: int, weight: int) -> None:
        self._loss, self._weight = min((self._loss, self._weight), (loss, weight))

    def _limit(self, rate: int) -> int:
        """Return the highest price, at a rate, of a set as good as the best so far."""
        loses_less = rate * self._budget + POINT * (self._loss - self._prizes.unit)
        takes_less = rate * self._prizes.effort_of(self._weight) + POINT * self._loss
        return max(loses_less, takes_less)

    def _look_through(self, look: _Look, work: Work) -> None:
        """Look through all sets that could be better than the best so far."""
        before, rate = work.left, look.rate
        costs = self._prizes.costs(rate, POINT)
        frontiers = Frontiers(self._prizes, costs, self._budget, work)
        total = look.bound.total
        spare = max(POINT * self._prizes.unit, (self._limit(rate) - total) // 16)
        while True:
            limit = min(self._limit(rate), total + spare)
            bound = look.bound.copy()
            bound.work = work
            for weight, loss, _ in frontiers.of(bound, limit)[-1:]:
                self._keep(loss, weight)
            if limit >= self._limit(rate):
                break
            spare *= 2
        self._work.spend(before - work.left)

    def _piece(self, looks: Sequence[_Look]) -> int | None:
        """Return what most others rest on of what is taken at one rate and not at the next."""
        over, under = self._apart(looks)
        if not over or not under:
            return None
        prizes = self._prizes
        apart = over[0].found & ~under[0].found & prizes.own
        return max(
            members(apart),
            key=lambda number: ((prizes.above[number] & apart).bit_count(), number),
            default=None,
        )


def _levels_with(plan: Plan, levels: Mapping[SkillId, int]) -> dict[SkillId, int]:
    """Return the highest levels by skill once a plan is learned."""
    return highest_levels(map(plan.node, members(plan.chosen)), levels)


def _along_the_order(
    plan: Plan, scale: ReadinessScale, levels: Mapping[SkillId, int], budget: int
) -> int:
    """Return what fits of a plan when it is walked in its order of learning."""
    kernel = plan.solver.kernel
    grounds = plan.grounds
    order = in_learning_order(grounds, _merits(plan, scale, levels))
    return that_fits(kernel, plan.held, order, budget)


def _merits(plan: Plan, scale: ReadinessScale, levels: Mapping[SkillId, int]) -> dict[int, Merit]:
    kernel = plan.solver.kernel
    numbers = sorted(members(plan.chosen), key=kernel.positions.__getitem__)
    nodes = {number: plan.node(number) for number in numbers}
    worth = scale.worth_of(_levels_with(plan, levels), nodes.values())
    return {
        number: Merit((), worth[node], kernel.cost[number], kernel.positions[number])
        for number, node in nodes.items()
    }
