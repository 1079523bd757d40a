"""What is still to be gained within a budget, as goals that are met or paid for.

Readiness is a sum of prizes: what the k best of some options score together is the sum, over
the scores that are possible, of how many options reach a score, k at most. So a prize asks
for some of a few nodes, and a node of its own stands for going without it: whoever takes
that node loses the gain. The best filling of a budget loses least.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, partial
from math import gcd
from typing import Final

from service.domain.planner.bits import mask_of, members
from service.domain.planner.grounding import are_satisfied, learnable
from service.domain.planner.kernel import (
    Choice,
    Kernel,
    Problem,
    Rules,
    effort_shift,
    ground_of,
    mask_of_all,
)
from service.domain.planner.needs import still_open, that_matter
from service.domain.planner.work import Work
from service.domain.readiness import ReadinessScale
from service.domain.skill import Node

WIDTH: Final = 1_000
"""Pairs of options of prizes for a step: each is looked at as often as there are prizes."""

ALONE: Final = 32
"""Pairs of prizes of one option each for a step."""


class Prizes(Rules):
    """One learner's prizes, what they rest on, and what going without each of them loses.

    Args:
        kernel: Where the nodes are.
        held: What the learner holds.
        scale: What readiness is measured by.
        within: What may be learned.
        work: Charged for every option that is scored and every prize, before it is compiled.

    Attributes:
        loss: By number, points lost by whoever takes it; 0 for all nodes of the graph.
        weight: By number, what sums by effort, count and catalogue order; 0 for all that is none.
        own: The nodes of the graph.
        problem: All prizes, each to be had or gone without.
        unit: What all losses are multiples of; 0 where nothing is to be gained.
    """

    def __init__(
        self, kernel: Kernel, held: int, scale: ReadinessScale, within: int, work: Work
    ) -> None:
        scored = list(_scored(kernel, held, scale, work))
        matter = _learnable_for(kernel, held, scored, within)
        self._kernel = kernel
        self._numbers = tuple(members(matter))
        self._own = {number: own for own, number in enumerate(self._numbers)}
        self._renumbered = cache(self._in_own_numbers)
        self.own = (1 << len(self._numbers)) - 1
        self._shift = effort_shift(len(self._numbers))
        weights = kernel.weights(matter)
        self._cost = [kernel.cost[number] for number in self._numbers]
        self.weight = [weights[number] for number in self._numbers]
        self.loss = [0] * len(self._numbers)
        self._compulsory = [
            self._renumbered(kernel.compulsory[number] & ~held) for number in self._numbers
        ]
        self._choices = [
            tuple(self._renumber(still_open(kernel.choices[number], held)))
            for number in self._numbers
        ]
        tangled = self._renumbered(kernel.tangled & matter)
        self._gains = [
            (Choice(choice.need, self._renumbered(choice.options)), gain)
            for choice, gain in sorted(_prizes(scored, matter, work).items())
        ]
        goals = tuple(self._goal(choice, gain) for choice, gain in self._gains)
        self.unit = gcd(*self.loss)
        super().__init__(self._cost, self._compulsory, self._choices, tangled)
        self.problem = Problem(goals, self.everything)

    @cached_property
    def ranked(self) -> list[int]:
        """The nodes of the graph in catalogue order."""
        in_catalogue = sorted(self._numbers, key=self._kernel.positions.__getitem__)
        return [self._own[number] for number in in_catalogue]

    def effort_of(self, weight: int) -> int:
        """Return the effort of a set of some weight."""
        return weight >> self._shift

    def weight_of(self, effort: int) -> int:
        """Return the least weight of a set of some effort."""
        return effort << self._shift

    def set_of(self, weight: int) -> int:
        """Return the set of some weight, in numbers of the kernel."""
        rest = weight & (1 << self._shift) - 1
        ranks = -rest & (1 << len(self._numbers)) - 1  # bit n - 1 - rank, as in the weights
        last = len(self.ranked) - 1
        return mask_of(self._numbers[self.ranked[last - place]] for place in members(ranks))

    def costs(self, rate: int, scale: int) -> list[int]:
        """Return by number what it costs: effort at a rate, and losses at a scale."""
        return [
            rate * cost + scale * loss for cost, loss in zip(self.cost, self.loss, strict=True)
        ]

    def loss_of(self, chosen: int) -> int:
        """Return what a set of nodes of the graph loses."""
        return sum(gain for prize, gain in self._gains if not are_satisfied((prize,), chosen))

    def worth_in(self, chosen: int) -> dict[int, int]:
        """Return by node of a set the points that it gains: of more options, the first count."""
        worth = dict.fromkeys(members(chosen), 0)
        for (need, options), gain in self._gains:
            for number in members(options & chosen)[:need]:
                worth[number] += gain
        return worth

    def way_out(self, weight: int) -> bool:
        """Ask for what a set of some weight needs to be learned at all; say whether it lacks it.

        Where an alternative opens a circle, every group of the set may be satisfied by the
        set and yet nothing come first. Every way to such a node leads through what cannot be
        learned beside a greatest set that does not lead to it.
        """
        chosen = self._renumbered(self.set_of(weight))
        stuck = chosen & ~learnable(self, 0, chosen)
        for number in members(stuck):
            beside = chosen
            for other in range(len(self._numbers)):
                if not learnable(self, 0, beside | 1 << other) >> number & 1:
                    beside |= 1 << other
            out = Choice(1, (1 << len(self._numbers)) - 1 & ~beside)
            self._choices[number] += (out,)
            self.grounds[number] += (ground_of(out),)
            self.choosing |= 1 << number
            for below in members(out.options):
                self.above[below] |= 1 << number
        return bool(stuck)

    def _goal(self, prize: Choice, gain: int) -> Choice:
        """Return a prize as a choice between its options and going without."""
        need, options = prize
        ways = options if need == 1 else self._added(0, (prize,))
        return Choice(1, ways | self._added(gain, ()))

    def _added(self, loss: int, choices: tuple[Choice, ...]) -> int:
        """Return a node that is none of the graph, as a set."""
        self._cost.append(0)
        self.weight.append(0)
        self.loss.append(loss)
        self._compulsory.append(0)
        self._choices.append(choices)
        return 1 << len(self.loss) - 1

    def _renumber(self, choices: Iterable[Choice]) -> Iterator[Choice]:
        for need, options in choices:
            yield Choice(need, self._renumbered(options))

    def _in_own_numbers(self, mask: int) -> int:
        own = self._own
        return mask_of(own[number] for number in members(mask) if number in own)


def _scored(
    kernel: Kernel, held: int, scale: ReadinessScale, work: Work
) -> Iterator[tuple[Choice, int]]:
    """Yield by score what is still asked for: unheld options that reach it, and one's gain."""
    steps_of = cache(partial(_steps, kernel, unit=scale.unit))
    reaching = cache(partial(_reaching, steps_of))
    for share in scale.shares:
        work.spend(len(share.options))
        before = 0
        for score in sorted({score for option in share.options for score in steps_of(option)}):
            options = mask_of(reaching(option, score) for option in share.options)
            for choice in still_open([Choice(share.need, options)], held):
                yield choice, (score - before) * share.worth
            before = score


def _learnable_for(
    kernel: Kernel, held: int, scored: Iterable[tuple[Choice, int]], within: int
) -> int:
    """Return what of some nodes can be learned and matters for what is scored."""
    asked = mask_of_all(choice for choice, _ in scored)
    return learnable(kernel, held, that_matter(kernel, held, asked) & within)


def _prizes(scored: Iterable[tuple[Choice, int]], matter: int, work: Work) -> dict[Choice, int]:
    """Return what can be learned of all that is scored, each with its gain in points.

    Where all options count, each is a prize of its own. Otherwise the first to be had is one,
    the second another, and so on.
    """
    each: Counter[int] = Counter()
    gains: Counter[Choice] = Counter()
    entries = 0
    for (need, options), gain in scored:
        usable = options & matter
        broad = usable.bit_count()
        if broad <= need:
            for number in members(usable):
                each[number] += gain
            continue
        for choice in (Choice(count, usable) for count in range(1, need + 1)):
            if choice not in gains:
                entries += broad
                work.spend(broad * entries // WIDTH)
            gains[choice] += gain
    work.spend(len(each) ** 2 // ALONE)
    for number, gain in each.items():
        gains[Choice(1, 1 << number)] += gain
    return gains


def _reaching(steps_of: Callable[[Node], dict[int, int]], option: Node, score: int) -> int:
    """Return the lowest level of an option that reaches a score."""
    return next(number for reached, number in steps_of(option).items() if reached >= score)


def _steps(kernel: Kernel, option: Node, unit: int) -> dict[int, int]:
    """Return the levels of an option by what they score, ascending; all of them score `unit`."""
    positions = kernel.graph.levels_up_to(option)
    return {
        unit // option.level * level: kernel.number[position]
        for level, position in enumerate(positions, start=1)
    }
