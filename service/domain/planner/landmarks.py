"""Landmarks: sets of which every path holds a member, priced so that they bound the effort.

The cuts follow the idea of LM-cut: value every node by the dearest of its prerequisites,
cut a goal off along what costs nothing more, charge the cut its cheapest member, and repeat
on what is left of the costs. A group of k of n options is cut through the n - k + 1 dearest:
whoever takes k of n takes one of them.

The prices stay a bound when the problem is narrowed, so a search does not begin anew: it
closes a way or takes a node, and cuts on from there.
"""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from service.domain.planner.bits import members
from service.domain.planner.kernel import Choice, Ground, Problem, Rules, ground_of
from service.domain.planner.work import Work


class Landmark(NamedTuple):
    """Every path holds one of `nodes`.

    Attributes:
        price: What it adds to the bound; no node is charged more than it costs in all.
        nodes: A set of the kernel's numbers.
        ways: What leads from the goal down to `nodes`: while none of it is held, and no
            other way is opened, every path passes through `nodes`.
    """

    price: int
    nodes: int
    ways: int

    def stops(self, goal: Choice) -> bool:
        """Return whether every path to a goal holds one of the nodes."""
        return (goal.options & ~(self.nodes | self.ways)).bit_count() < goal.need


class Bound:
    """A lower bound by landmarks: prices, and what they leave of the costs.

    Args:
        kernel: Where the nodes are.
        costs: By number, what a node costs, >= 0.
        problem: What is to be met.
        work: Charged one step for each node that is valued or cut.
        excluded: What must not be taken.

    Attributes:
        total: The prices together: no grounded set for the goals costs less.
        marks: The landmarks.
        free: What may be taken.
        had: What is held, or beside the problem.
        asked: What is to be met, and in numbers `grounds`.
        left: By number, what the landmarks leave of its costs.
        value: By number, what a path to it costs at least, of what is left; 0 where it is had.
        is_circular: Whether an alternative opens a circle among what may be taken.
        unreachable: A value that no reachable node has.
    """

    def __init__(
        self,
        kernel: Rules,
        costs: Sequence[int],
        problem: Problem,
        work: Work,
        excluded: int = 0,
    ) -> None:
        self.kernel = kernel
        self.work = work
        self.total = 0
        self.marks: list[Landmark] = []
        self.free = problem.footprint & ~excluded
        self.had = kernel.everything & ~problem.footprint
        self.asked = list(problem.goals)
        self.grounds = [ground_of(choice) for choice in problem.goals]
        self._numbers = members(self.free)  # never changed: what is free later is among them
        self.left = [0] * kernel.size
        for number in self._numbers:
            self.left[number] = costs[number]
        self.unreachable = sum(self.left) + 1
        self.value = [0] * kernel.size
        self.is_circular = bool(problem.footprint & kernel.tangled)
        self._costs = costs
        for number in members(problem.footprint & excluded):
            self.value[number] = self.unreachable
        self._value_anew()

    def copy(self) -> "Bound":
        """Return a bound that can be narrowed without touching this one."""
        twin = Bound.__new__(Bound)
        twin.__dict__.update(self.__dict__)
        twin.marks = self.marks.copy()
        twin.asked = self.asked.copy()
        twin.grounds = self.grounds.copy()
        twin.left = self.left.copy()
        twin.value = self.value.copy()
        return twin

    def ask(self, goals: Sequence[Choice]) -> None:
        """Let some goals be all that is to be met; the landmarks stay, so all lead to them."""
        self.asked = list(goals)
        self.grounds = [ground_of(goal) for goal in goals]

    def of_part(self, goals: Sequence[Choice], free: int) -> "Bound":
        """Return the bound of an independent part: of some goals, and what they could need."""
        part = self.copy()
        part.ask(goals)
        part.free = free
        beside = self.free & ~free
        part.marks = [
            mark
            for mark in self.marks
            if mark.nodes & free and (not mark.nodes & beside or any(map(mark.stops, part.asked)))
        ]
        part.total = sum(mark.price for mark in part.marks)
        return part

    def tighten(self, limit: int | None = None) -> bool:
        """Cut until the goals cost nothing more, or the total reaches a limit.

        Returns:
            Whether the goals can be met at all.
        """
        open_goals = self.grounds
        while open_goals:
            options = 0
            for goal in open_goals:
                options += len(goal.options)
            self.work.spend(options // 8)
            still_open = []
            for goal in open_goals:
                value = self.value_of(goal)
                if value >= self.unreachable:
                    return False
                if value:
                    if limit is not None and self.total >= limit:
                        return True
                    self._charge(*self._cut(goal))
                    still_open.append(goal)
            open_goals = still_open
        return True

    def exclude(self, numbers: int) -> None:
        """Close every way through some nodes."""
        self.free &= ~numbers
        touched = 0
        for number in members(numbers):
            self.value[number] = self.unreachable
            touched |= self.kernel.above[number]
        self._value_again(touched & self.free)

    def take(self, number: int) -> None:
        """Make a node a goal, charged in full: what it was charged with others goes back."""
        back = self._give_back(lambda mark: mark.nodes >> number & 1)
        self.left[number] = 0
        self.total += self._costs[number]
        self.marks.append(Landmark(self._costs[number], 1 << number, 0))
        self.asked.append(Choice(1, 1 << number))
        self.grounds.append(Ground(1, (number,)))
        self._value_again((back | 1 << number) & self.free)

    def hold(self, numbers: int) -> None:
        """Let some nodes be held: landmarks that this may open are given back."""
        back = self._give_back(lambda mark: (mark.nodes | mark.ways) & numbers)
        self.free &= ~numbers
        self.had |= numbers
        for number in members(numbers):
            self.left[number] = self.value[number] = 0
            back |= self.kernel.above[number]
        self._value_again(back & self.free)

    def drop(self, goals: Collection[Choice]) -> None:
        """Ask for some goals no more: landmarks that stop none of the others are given back."""
        self.asked = [goal for goal in self.asked if goal not in goals]
        self.grounds = [ground_of(goal) for goal in self.asked]
        back = self._give_back(lambda mark: not any(map(mark.stops, self.asked)))
        self._value_again(back & self.free)

    def costless(self) -> int:
        """Return what can be learned by nodes that are charged in full."""
        value, paid = self.value, 0
        for number in self._numbers:
            if not value[number]:
                paid |= 1 << number
        return paid & self.free

    def value_of(self, ground: Ground) -> int:
        """Return the value of the last option that a group takes, taking the cheapest first."""
        need, options = ground
        if need == 1:
            return min(map(self.value.__getitem__, options))
        if need > len(options):
            return self.unreachable
        return sorted(map(self.value.__getitem__, options))[need - 1]

    def _give_back(self, is_lost: Callable[[Landmark], object]) -> int:
        """Undo some landmarks; return the nodes that they charged."""
        kept, back = [], 0
        for mark in self.marks:
            if not is_lost(mark):
                kept.append(mark)
                continue
            self.total -= mark.price
            back |= mark.nodes
            for number in members(mark.nodes):
                self.left[number] += mark.price
        self.marks = kept
        return back

    def _value_anew(self) -> None:
        if not self.is_circular:
            self._value_once()
            return
        for number in members(self.free):
            self.value[number] = self.unreachable
        self._value_falling(self.free)

    def _value_again(self, touched: int) -> None:
        """Value what has changed, and all that this changes.

        Around circles values that rise could hold one another down: there all fall anew.
        """
        if self.is_circular:
            self._value_anew()
        else:
            self._value_falling(touched)

    def _value_falling(self, touched: int) -> None:
        """Value nodes by what they rest on until nothing changes: prerequisites first."""
        value, left, free, unreachable = self.value, self.left, self.free, self.unreachable
        above, breadth, below = self.kernel.above, self.kernel.breadth, self._below
        valued, limit = 0, self.work.left
        while touched:
            lowest = touched & -touched
            touched ^= lowest
            number = lowest.bit_length() - 1
            valued += breadth[number]
            worth = below(number) + left[number]
            if worth > unreachable:  # noqa: PLR1730  a call would cost more than the rest
                worth = unreachable
            if worth != value[number]:
                value[number] = worth
                touched |= above[number] & free
                if valued > limit:
                    break
        self.work.spend(valued)

    def _value_once(self) -> None:
        """Value every node, each after what it rests on."""
        value, left, below, unreachable = self.value, self.left, self._below, self.unreachable
        for number in self._numbers:
            worth = below(number) + left[number]
            value[number] = min(unreachable, worth)
        self.work.spend(self.free.bit_count())

    def _below(self, number: int) -> int:
        """Return the value of the dearest prerequisite: the max heuristic."""
        value, dearest = self.value, 0
        for single in self.kernel.singles[number]:
            if value[single] > dearest:  # noqa: PLR1730  here too
                dearest = value[single]
        for ground in self.kernel.grounds[number]:
            dearest = max(dearest, self.value_of(ground))
        return dearest

    def _cut(self, goal: Ground) -> tuple[list[int], int]:
        """Return the nodes that cost something at the border of what leads to a goal for free.

        With them, all that was passed on the way.
        """
        border, seen, grounds = [], 0, [goal]
        left, value, unreachable = self.left, self.value, self.unreachable
        for ground in grounds:  # grows on the way
            for number in self._dearest_options(ground):
                itself = 1 << number
                if seen & itself:
                    continue
                seen |= itself
                if not left[number]:
                    grounds.append(self._dearest(number))
                elif value[number] < unreachable:
                    border.append(number)
        self.work.spend(seen.bit_count())
        return border, seen

    def _dearest_options(self, ground: Ground) -> Sequence[int]:
        """Return as many of the dearest options as no way can avoid altogether."""
        need, options = ground
        if need == 1:
            return options
        return sorted(options, key=self.value.__getitem__)[need - 1 :]

    def _dearest(self, number: int) -> Ground:
        """Return the group that a node with nothing left of its own has its value from."""
        value = self.value[number]
        if value >= self.unreachable:
            return Ground(1, ())
        for single in self.kernel.singles[number]:
            if self.value[single] == value:
                return self.kernel.itself[single]
        return next(
            ground for ground in self.kernel.grounds[number] if self.value_of(ground) == value
        )

    def _charge(self, border: list[int], seen: int) -> None:
        left, nodes = self.left, 0
        price = min(map(left.__getitem__, border))
        for number in border:
            nodes |= 1 << number
            left[number] -= price
        self.total += price
        self.marks.append(Landmark(price, nodes, seen & ~nodes))
        self._value_falling(nodes)
