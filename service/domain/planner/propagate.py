"""Propagation: what is forced, and what is left to choose in parts that share nothing.

In practice nearly everything is forced, and what is not falls apart into small independent
components: so propagate, split, and only then search.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from service.domain.planner.bits import kept_members, members
from service.domain.planner.dominance import without_dominated
from service.domain.planner.kernel import Choice, Kernel, Problem
from service.domain.planner.work import Work

Fewer: TypeAlias = Callable[[list[Choice], int], list[Choice]]
"""Leaves options out of choices, given what is had."""


class Settled(NamedTuple):
    """What propagation leaves.

    Attributes:
        forced: Unheld nodes that every set holds, as far as propagation tells.
        parts: Independent problems, given what is held and forced: a least set of each,
            together with `forced`, is a least set of the whole.
    """

    forced: int
    parts: tuple[Problem, ...]


class Propagation:
    """Propagation for one learner on one kernel.

    Args:
        kernel: The part of the graph that the goals can need.
        held: What the learner holds, as a set of the kernel's numbers.
        work: Charged one step for each node and option looked at.
    """

    def __init__(self, kernel: Kernel, held: int, work: Work) -> None:
        self._kernel = kernel
        self._held = held
        self._work = work
        self._is_closed = kernel.is_closed(held)
        self._reach_of = kernel.closure.__getitem__ if self._is_closed else self._needs_of
        self._needs: dict[int, int] = {}

    def settle(
        self, required: int, choices: Sequence[Choice], excluded: int = 0
    ) -> Settled | None:
        """Propagate what every set holds, and split what is left.

        Where an alternative opens a circle, a forced node must not be taken as given before
        what it rests on; such a problem is left whole.

        Args:
            required: Nodes that must be had.
            choices: Groups that must be satisfied.
            excluded: Nodes that must not be had.

        Returns:
            None when the exclusions leave some group without enough options.
        """
        return self._settle(required, choices, excluded, lambda choices, _: choices)

    def narrow(
        self, required: int, choices: Sequence[Choice], excluded: int = 0
    ) -> Settled | None:
        """Propagate as `settle` does, and leave out options that no least set takes."""
        return self._settle(required, choices, excluded, self._without_dominated)

    def _settle(
        self, required: int, choices: Sequence[Choice], excluded: int, fewer: Fewer
    ) -> Settled | None:
        circle = self._circle(required, choices)
        if circle:
            return Settled(0, (circle,))
        have, pending, left = self._held, required, list(choices)
        while True:
            have = self._require(pending & ~have, have, left)
            narrowed = None if have & excluded else self._narrow(left, have, excluded)
            if narrowed is None:
                return None
            pending, left = narrowed
            if not pending & ~have:
                tightest = _without_implied(left)
                left = fewer(tightest, have)
                if left == tightest:
                    return Settled(have & ~self._held, tuple(split(self._kernel, left, have)))

    def _circle(self, required: int, choices: Iterable[Choice]) -> Problem | None:
        """Return the whole problem where an alternative opens a circle in it."""
        if not self._kernel.tangled:
            return None
        whole = self._kernel.problem(self._held, required, choices)
        self._work.spend(whole.footprint.bit_count())
        return whole if whole.footprint & self._kernel.tangled else None

    def _without_dominated(self, choices: list[Choice], have: int) -> list[Choice]:
        self._work.spend(sum(choice.options.bit_count() for choice in choices))
        return without_dominated(self._kernel, choices, have, self._needs_of)

    def _require(self, pending: int, have: int, choices: list[Choice]) -> int:
        """Return `have` with some nodes and all they compulsorily need; add their choices."""
        kernel, before = self._kernel, have
        while pending:
            number = pending.bit_length() - 1
            have |= self._reach_of(number)
            pending &= ~have
        fresh = have & ~before
        self._work.spend(1 + fresh.bit_count())
        for number in members(fresh & kernel.choosing):
            choices.extend(kernel.choices[number])
        return have

    def _narrow(
        self, choices: list[Choice], have: int, excluded: int
    ) -> tuple[int, list[Choice]] | None:
        """Return what the choices force, and the choices that stay open on what is not had."""
        pending, still_open = 0, []
        for choice in choices:
            need = choice.need - (choice.options & have).bit_count()
            if need <= 0:
                continue
            options, forced = self._usable(choice.options & ~have, need, have, excluded)
            count = options.bit_count()
            if count < need:
                return None
            if count == need:
                forced |= options
            pending |= forced
            still_open.append(Choice(need, options))
        return pending, still_open

    def _usable(self, options: int, need: int, have: int, excluded: int) -> tuple[int, int]:
        """Return the options worth a thought, and what all of them need.

        An option whose own needs hold another option of a one-of group is never the reason
        for a set: the other one alone satisfies the group.
        """
        usable, common, reach_of, lacking = 0, -1, self._reach_of, ~have
        self._work.spend(options.bit_count())
        for number in kept_members(options):
            needs = reach_of(number) & lacking
            if needs & excluded or (need == 1 and needs & options != 1 << number):
                continue
            usable |= 1 << number
            common &= needs
        return usable, (common if usable and need == 1 else 0)

    def _needs_of(self, number: int) -> int:
        """Return a node and all it compulsorily needs; held nodes need nothing."""
        if self._is_closed:
            return self._kernel.closure[number] & ~self._held
        if number not in self._needs:
            unheld = ~self._held
            needs = self._needs[number] = self._kernel.needs(1 << number & unheld, unheld)
            self._work.spend(needs.bit_count())
        return self._needs[number]


def split(kernel: Kernel, choices: Iterable[Choice], have: int) -> list[Problem]:
    """Return choices by part: two belong together when they could share a node.

    Args:
        kernel: Where the nodes are.
        choices: What is open, on nodes that are not had.
        have: What is held or forced.
    """
    parts = in_parts((choice, kernel.footprint([choice]) & ~have) for choice in choices)
    return [Problem(tuple(sorted(part)), footprint) for part, footprint in parts]


def in_parts(goals: Iterable[tuple[Choice, int]]) -> list[tuple[list[Choice], int]]:
    """Return goals by part; both come with the nodes that could matter for them."""
    parts: list[tuple[list[Choice], int]] = []
    for goal, footprint in goals:
        together, shared = [goal], footprint
        apart = []
        for part in parts:
            if part[1] & shared:
                together += part[0]
                shared |= part[1]
            else:
                apart.append(part)
        parts = [*apart, (together, shared)]
    return parts


def _without_implied(choices: Sequence[Choice]) -> list[Choice]:
    """Return choices without repeats and without those that a tighter one satisfies."""
    unique = sorted(set(choices), key=lambda choice: (choice.options.bit_count(), choice))
    kept: list[Choice] = []
    for choice in unique:
        need, beside = choice.need, ~choice.options
        for other in kept:
            if other.need >= need and not other.options & beside:
                break
        else:
            kept.append(choice)
    return kept
