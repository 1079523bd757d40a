"""The sets worth a thought where two things count: what a set takes, and what it loses.

At a rate that prices an hour in points, every set has one price, and landmarks bound it from
below. So only sets up to some price are made: what leads beyond goes. What is left falls
apart into parts that share nothing, and of a part only its frontier matters - the sets that
no other beats in both. The frontiers of parts are joined; a part that holds together is
halved by one of its nodes, which is in the set or not.
"""

from typing import Final, TypeAlias

from service.domain.planner.bits import mask_of, members
from service.domain.planner.kernel import Choice, mask_of_all
from service.domain.planner.landmarks import Bound
from service.domain.planner.needs import still_open
from service.domain.planner.prizes import Prizes
from service.domain.planner.propagate import in_parts
from service.domain.planner.work import Work, WorkSpentError

DEEPEST: Final = 120
"""Nested halvings beyond which a search is given up, well below Python's recursion limit."""

Entry: TypeAlias = tuple[int, int, int]
"""A set by its weight, what it loses, and its price."""

Part: TypeAlias = tuple[tuple[Choice, ...], int]
"""Goals, and every node that could matter for them."""

NOTHING: Final[Entry] = (0, 0, 0)


class Frontiers:
    """The frontiers of one learner's prizes at one rate.

    Args:
        prizes: What is to be had or gone without.
        costs: By number, the price of a node.
        budget: Hundredths of an hour that no set may exceed.
        work: Charged for every bound, and for every pair of sets joined.
    """

    def __init__(self, prizes: Prizes, costs: list[int], budget: int, work: Work) -> None:
        self._prizes = prizes
        self._costs = costs
        self._beyond = prizes.weight_of(budget + 1)
        self._work = work
        self._known: dict[tuple[Part, int], tuple[int, list[Entry]]] = {}

    def of(self, bound: Bound, limit: int, depth: int = 0) -> list[Entry]:
        """Return the frontier of the goals of a bound, by rising weight and falling loss.

        Args:
            bound: Is used up.
            limit: The highest price of a set worth a thought.
            depth: How many halvings led here.

        Raises:
            WorkSpentError: The work ended first.
        """
        if depth > DEEPEST:
            raise WorkSpentError
        if not bound.asked:
            return [NOTHING]
        self._work.spend(20 + self._prizes.size // 10)
        if not _narrow(bound, limit):
            return []
        forced = _forced(bound)
        if forced:
            return self._with(forced, bound, limit, depth)
        parts = self._parts(bound)
        if len(parts) == 1:
            return self._of_part(parts[0], bound, limit, depth)
        return self._joined(parts, bound, limit, depth)

    def _joined(self, parts: list[Part], bound: Bound, limit: int, depth: int) -> list[Entry]:
        """Return the frontier of several parts."""
        parts.sort(key=lambda part: part[1].bit_count())
        bounds = [bound.of_part(*part) for part in parts]
        spare = limit - sum(one.total for one in bounds)
        frontiers = []
        for part, one in zip(parts, bounds, strict=True):
            least = one.total
            frontier = self._of_part(part, one, least + spare, depth)
            if not frontier:
                return []
            cheapest = min(price for _, _, price in frontier)
            spare -= cheapest - least
            frontiers.append((len(frontier), cheapest, frontier))
        frontiers.sort(key=lambda one: one[0])
        joined, up_to = [NOTHING], spare
        for _, cheapest, frontier in frontiers:
            up_to += cheapest
            joined = self._pairs(joined, frontier, up_to)
        return joined

    def _pairs(self, some: list[Entry], others: list[Entry], limit: int) -> list[Entry]:
        self._work.spend(5 + len(some) * len(others) // 8)
        beyond = self._beyond
        return _frontier(
            [
                (weight + w, loss + x, price + p)
                for weight, loss, price in some
                for w, x, p in others
                if price + p <= limit and weight + w < beyond
            ]
        )

    def _of_part(self, part: Part, bound: Bound, limit: int, depth: int) -> list[Entry]:
        """Return the frontier of a part; what is remembered costs nothing but the look."""
        prizes, (_, free) = self._prizes, part
        options = 0
        for number in members(free & prizes.choosing):
            options |= mask_of_all(prizes.choices[number])
        key = part, bound.had & options
        known = self._known.get(key)
        if known is None or known[0] < limit:
            known = self._known[key] = limit, self._halved(part, bound, limit, depth)
        return [entry for entry in known[1] if entry[2] <= limit]

    def _halved(self, part: Part, bound: Bound, limit: int, depth: int) -> list[Entry]:
        """Return the frontier of a part from those with and without one of its nodes."""
        number = self._hub(part)
        with_it = self._with(1 << number, bound.copy(), limit, depth)
        bound.exclude(1 << number)
        return _frontier(with_it + self.of(bound, limit, depth + 1))

    def _with(self, numbers: int, bound: Bound, limit: int, depth: int) -> list[Entry]:
        """Return the frontier of those sets that hold some nodes; the bound is used up."""
        prizes = self._prizes
        taken = prizes.needs(numbers, ~bound.had)
        weight = sum(map(prizes.weight.__getitem__, members(taken)))
        loss = sum(map(prizes.loss.__getitem__, members(taken)))
        price = sum(map(self._costs.__getitem__, members(taken)))
        if taken & ~bound.free or price > limit or weight >= self._beyond:
            return []
        asked = bound.asked
        for number in members(taken & prizes.choosing):
            asked += prizes.choices[number]
        bound.hold(taken)
        bound.ask(still_open(asked, bound.had))
        return [
            (weight + w, loss + x, price + p)
            for w, x, p in self.of(bound, limit - price, depth + 1)
            if weight + w < self._beyond
        ]

    def _parts(self, bound: Bound) -> list[Part]:
        """Return the goals by part: two belong together when they could share a node."""
        goals: list[tuple[Choice, int]] = []
        seen = 0
        for need, options in bound.asked:
            usable = mask = options & bound.free
            fresh = mask & ~seen
            while fresh:
                seen |= fresh
                below = 0
                for number in members(fresh):
                    below |= self._prizes.compulsory[number]
                    below |= mask_of_all(still_open(self._prizes.choices[number], bound.had))
                mask |= below & bound.free
                fresh = below & bound.free & ~seen
            goals.append((Choice(need, usable), mask))
        self._work.spend(3 * len(bound.asked) + seen.bit_count())
        return [(tuple(sorted(set(part))), mask) for part, mask in in_parts(goals)]

    def _hub(self, part: Part) -> int:
        """Return the node of a part that most others rest on, or that most goals ask for."""
        goals, free = part
        rules = self._prizes
        uses = {number: (rules.above[number] & free).bit_count() for number in members(free)}
        for goal in goals:
            for number in members(goal.options):
                uses[number] += 1
        return max(uses, key=lambda number: (uses[number], number))


def _narrow(bound: Bound, limit: int) -> bool:
    """Close what leads beyond a price; say whether anything is left."""
    while bound.tighten(limit + 1):
        spare, value = limit - bound.total, bound.value
        if spare < 0:
            return False
        hopeless = mask_of(number for number in members(bound.free) if value[number] > spare)
        if not hopeless:
            return True
        bound.exclude(hopeless)
    return False


def _forced(bound: Bound) -> int:
    """Return the options of those goals that need all that are left of them."""
    forced = 0
    for need, options in bound.asked:
        usable = options & bound.free
        if usable.bit_count() == need:
            forced |= usable
    return forced


def _frontier(entries: list[Entry]) -> list[Entry]:
    """Return the entries that no other beats, by rising weight and falling loss."""
    entries.sort()
    kept: list[Entry] = []
    for entry in entries:
        if not kept or entry[1] < kept[-1][1]:
            kept.append(entry)
    return kept
