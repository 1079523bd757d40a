"""What is still to be gained within a budget, as goals that are met or paid for.

Readiness is a sum of prizes: what the k best of some options score together is the sum, over
the scores that are possible, of how many options reach a score, k at most. So a prize asks
for some of a few nodes, and a node of its own stands for going without it: whoever takes
that node loses the gain. The best filling of a budget loses least.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from math import gcd

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
from service.domain.readiness import ReadinessScale
from service.domain.skill import Node


class Prizes(Rules):
    """One learner's prizes, what they rest on, and what going without each of them loses.

    Args:
        kernel: Where the nodes are.
        held: What the learner holds.
        scale: What readiness is measured by.
        within: What may be learned.

    Attributes:
        loss: By number, points lost by whoever takes it; 0 for all nodes of the graph.
        weight: By number, what sums by effort, count and catalogue order; 0 for all that is none.
        own: The nodes of the graph.
        problem: All prizes, each to be had or gone without.
        unit: What all losses are multiples of; 0 where nothing is to be gained.
    """

    def __init__(self, kernel: Kernel, held: int, scale: ReadinessScale, within: int) -> None:
        prizes = _prizes(kernel, held, scale)
        asked = mask_of_all(prizes)
        matter = learnable(kernel, held, that_matter(kernel, held, asked) & within)
        self._kernel = kernel
        self._numbers = tuple(members(matter))
        self._own = {number: own for own, number in enumerate(self._numbers)}
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
            for choice, gain in sorted(prizes.items())
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
        ways = 0
        if need == 1:
            ways = options
        elif options.bit_count() >= need:
            ways = self._added(0, (prize,))
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

    def _renumbered(self, mask: int) -> int:
        own = self._own
        return mask_of(own[number] for number in members(mask) if number in own)


def _prizes(kernel: Kernel, held: int, scale: ReadinessScale) -> dict[Choice, int]:
    """Return what is not held of all that is scored, each with its gain in points."""
    gains: dict[Choice, int] = {}
    for share in scale.shares:
        steps = [_steps(kernel, option, scale.unit) for option in share.options]
        before = 0
        for score in sorted({score for ladder in steps for score in ladder}):
            options = mask_of(next(ladder[s] for s in ladder if s >= score) for ladder in steps)
            choices = [Choice(need, options) for need in range(1, share.need + 1)]
            for choice in still_open(choices, held):
                gains[choice] = gains.get(choice, 0) + (score - before) * share.worth
            before = score
    return gains


def _steps(kernel: Kernel, option: Node, unit: int) -> dict[int, int]:
    """Return the levels of an option by what they score, ascending; all of them score `unit`."""
    positions = kernel.graph.levels_up_to(option)
    return {
        unit // option.level * level: kernel.number[position]
        for level, position in enumerate(positions, start=1)
    }
