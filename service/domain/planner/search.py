"""Branch and bound for the choices that propagation leaves: the least closed set.

A set is *closed* when every group of each of its members, and every goal, is satisfied by
the set and what is held. Where no alternative opens a circle, closed sets are exactly the
learnable ones; `grounding` deals with the rest.

The problem is a minimum-cost closure in an AND/OR graph, which is NP-hard with shared
prerequisites. In practice nearly everything is forced, and what is not falls apart into
small independent components: so propagate, split, and only then search.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from service.domain.planner.bits import members
from service.domain.planner.kernel import Choice, Kernel
from service.domain.planner.landmarks import Field, priced_landmarks
from service.domain.planner.work import Work, WorkSpentError

DEEPEST: Final = 150
"""Nested choices beyond which a search is given up, well below Python's recursion limit."""

LARGE: Final = 2
"""Open choices above which a bound by landmarks pays for itself."""


class Component(NamedTuple):
    """A part of the problem that shares nothing with the rest.

    Attributes:
        choices: What is open, in canonical order.
        footprint: Every node that could matter, none of them held: it pins what is held.
    """

    choices: tuple[Choice, ...]
    footprint: int


class Bounds(NamedTuple):
    """What is settled so far.

    Attributes:
        have: Nodes held or required.
        excluded: Nodes that must not be had.
    """

    have: int
    excluded: int


class SolvedComponents:
    """Least sets of components solved before, the latest `capacity` of them.

    A component with what is excluded from it is a whole problem of its own, whoever the
    learner is, so threads may share the answers: each entry is written once and never changes.
    """

    def __init__(self, capacity: int = 20_000) -> None:
        self._capacity = capacity
        self._sets: dict[tuple[Component, int], int] = {}

    def get(self, key: tuple[Component, int]) -> int | None:
        """Return the least set, or None when it is not known."""
        return self._sets.get(key)

    def put(self, key: tuple[Component, int], least: int) -> None:
        """Keep a least set; past the capacity all start anew, which costs time only."""
        if len(self._sets) >= self._capacity:
            self._sets = {}
        self._sets[key] = least


class Search:
    """The search for one learner on one kernel.

    Args:
        kernel: The part of the graph that the goals can need.
        held: What the learner holds, as a set of the kernel's numbers.
        work: The budget of steps; it is spent, and the search ends, at the same step everywhere.
        solved: Components solved before, whoever asked: shared by searches on one kernel.
    """

    def __init__(self, kernel: Kernel, held: int, work: Work, solved: SolvedComponents) -> None:
        self._kernel = kernel
        self._held = held
        self._work = work
        self._solved = solved
        self._failed: dict[tuple[Component, int], int] = {}
        self._is_closed = all(not kernel.compulsory[n] & ~held for n in members(held))
        self._needs: dict[int, int] = {}

    def least(self, required: int, choices: Sequence[Choice], excluded: int = 0) -> int | None:
        """Return the least closed set for some goals, or None when `excluded` forbids all.

        Raises:
            WorkSpentError: The budget ended first.
        """
        settled = self.settle(required, choices, self._held, excluded)
        if settled is None:
            return None
        have, components = settled
        chosen = have & ~self._held
        for component in components:
            best = self._solve(component, Bounds(have, excluded), None, 0)
            if best is None:
                return None
            chosen |= best
        return chosen

    def settle(
        self, required: int, choices: Sequence[Choice], have: int, excluded: int
    ) -> tuple[int, list[Component]] | None:
        """Propagate what is forced and split what is left.

        Args:
            required: Nodes that must be had.
            choices: Groups that must be satisfied.
            have: Nodes held or already required, with their groups in `choices`.
            excluded: Nodes that must not be had.

        Returns:
            What is had now, and independent components of what is open; None when the
            exclusions leave some group without enough options.
        """
        pending = required & ~have
        choices = list(choices)
        while True:
            have = self._require(pending, have, choices)
            if have & excluded:
                return None
            narrowed = self._narrow(choices, have, excluded)
            if narrowed is None:
                return None
            pending, choices = narrowed
            if not pending:
                return have, self._split(_without_implied(choices), have)

    def _require(self, pending: int, have: int, choices: list[Choice]) -> int:
        """Return `have` with some nodes and all they compulsorily need; add their choices."""
        kernel = self._kernel
        while pending:
            number = pending.bit_length() - 1
            have |= 1 << number
            pending = (pending | kernel.compulsory[number]) & ~have
            choices.extend(kernel.choices[number])
            self._work.spend(1)
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
        usable, common = 0, -1
        for number in members(options):
            needs = self._needs_of(number) & ~have
            if needs & excluded or (need == 1 and needs & options != 1 << number):
                continue
            usable |= 1 << number
            common &= needs
        return usable, (common if usable and need == 1 else 0)

    def _needs_of(self, number: int) -> int:
        """Return a node and all it compulsorily needs; held nodes need nothing."""
        if self._is_closed:
            return self._kernel.closure[number]
        if number not in self._needs:
            self._needs[number] = self._require(1 << number, self._held, []) & ~self._held
        return self._needs[number]

    def _split(self, choices: Sequence[Choice], have: int) -> list[Component]:
        """Return the components of choices: two belong together when they could share a node."""
        parts: list[tuple[list[Choice], int]] = []
        for choice in choices:
            footprint = self._footprint(choice.options) & ~have
            together = [choice]
            apart = []
            for part in parts:
                if part[1] & footprint:
                    together += part[0]
                    footprint |= part[1]
                else:
                    apart.append(part)
            parts = [*apart, (together, footprint)]
        return [Component(tuple(sorted(part)), footprint) for part, footprint in parts]

    def _footprint(self, options: int) -> int:
        cone = self._kernel.cone
        reached = 0
        for number in members(options):
            reached |= cone[number]
        return reached

    def _solve(
        self, component: Component, bounds: Bounds, limit: int | None, depth: int
    ) -> int | None:
        """Return the least set for a component, or None when none weighs less than `limit`."""
        if depth > DEEPEST:
            raise WorkSpentError
        key = (component, bounds.excluded & component.footprint)
        solved = self._solved.get(key)
        if solved is not None:
            if limit is None or self._kernel.weigh(solved) < limit:
                return solved
            return None
        if limit is not None and self._failed.get(key, 0) >= limit:
            return None
        best = self._branch(component, bounds, limit, depth)
        if best is not None:
            self._solved.put(key, best)
        elif limit is not None:
            self._failed[key] = limit
        return best

    def _branch(
        self, component: Component, bounds: Bounds, limit: int | None, depth: int
    ) -> int | None:
        """Try the options of one choice in turn, each without those tried before it."""
        ranked = [self._ranked(choice, bounds.have) for choice in component.choices]
        if limit is not None and self._weighs_at_least(limit, component, ranked, bounds):
            return None
        tightest = min(
            range(len(ranked)),
            key=lambda i: (len(ranked[i]) - component.choices[i].need, -ranked[i][0][0], i),
        )
        best = None
        for weight, number in ranked[tightest]:
            if limit is not None and weight >= limit:
                break  # the rest weigh no less
            found = self._complete(component, number, bounds, limit, depth)
            if found is not None:
                best, limit = found, self._kernel.weigh(found)
            bounds = bounds._replace(excluded=bounds.excluded | 1 << number)
        return best

    def _ranked(self, choice: Choice, have: int) -> list[tuple[int, int]]:
        """Return the options of a choice with the weight of what each compulsorily needs."""
        weigh = self._kernel.weigh
        return sorted(
            (weigh(self._needs_of(number) & ~have), number) for number in members(choice.options)
        )

    def _weighs_at_least(
        self,
        limit: int,
        component: Component,
        ranked: Sequence[Sequence[tuple[int, int]]],
        bounds: Bounds,
    ) -> bool:
        """Return whether a lower bound shows that every set for a component reaches a limit."""
        for choice, options in zip(component.choices, ranked, strict=True):
            if options[choice.need - 1][0] >= limit:
                return True
        if len(component.choices) <= LARGE:
            return False
        field = Field(bounds.have, component.footprint & ~bounds.excluded)
        landmarks = priced_landmarks(
            self._kernel, self._kernel.weight, component.choices, field, self._work
        )
        return sum(landmark.price for landmark in landmarks) >= limit

    def _complete(
        self, component: Component, number: int, bounds: Bounds, limit: int | None, depth: int
    ) -> int | None:
        """Return the least set for a component that holds one node, if below `limit`."""
        settled = self.settle(1 << number, component.choices, bounds.have, bounds.excluded)
        if settled is None:
            return None
        have, parts = settled
        chosen = have & ~bounds.have
        left = None if limit is None else limit - self._kernel.weigh(chosen)
        for part in sorted(parts, key=lambda part: len(part.choices)):
            if left is not None and left <= 0:
                return None
            found = self._solve(part, Bounds(have, bounds.excluded), left, depth + 1)
            if found is None:
                return None
            chosen |= found
            left = None if left is None else left - self._kernel.weigh(found)
        return chosen if left is None or left > 0 else None


def _without_implied(choices: Sequence[Choice]) -> list[Choice]:
    """Return choices without repeats and without those that a tighter one satisfies."""
    unique = sorted(set(choices), key=lambda choice: (choice.options.bit_count(), choice))
    kept: list[Choice] = []
    for choice in unique:
        if not any(
            other.need >= choice.need and not other.options & ~choice.options for other in kept
        ):
            kept.append(choice)
    return kept
