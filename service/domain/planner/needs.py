"""What every way to a node holds: the landmarks of an AND/OR graph, and what can matter at all.

A node needs itself, all that each of its prerequisites needs, and of a group of k of n
options what more than n - k of them need. The greatest solution of these equations holds
exactly the nodes that every way to learn it passes (Keyder, Richter and Helmert, "Sound and
complete landmarks for AND/OR graphs", ECAI 2010).
"""

from collections.abc import Iterable, Mapping, Sequence

from service.domain.planner.bits import members
from service.domain.planner.grounding import are_satisfied, learnable
from service.domain.planner.kernel import Choice, Kernel, mask_of_all


def that_matter(kernel: Kernel, held: int, asked: int) -> int:
    """Return the unheld nodes that a path to some nodes could hold.

    They are the unheld ones asked for, and in turn the unheld options of every group of
    theirs that is not satisfied yet.
    """
    unheld = ~held
    found, asked = 0, asked & unheld
    while asked:
        fresh = kernel.needs(asked, unheld & ~found)
        found |= fresh
        options = 0
        for number in members(fresh & kernel.choosing):
            options |= mask_of_all(still_open(kernel.choices[number], held))
        asked = options & unheld & ~found
    return found


def still_open(choices: Iterable[Choice], have: int) -> list[Choice]:
    """Return the choices that are not satisfied, each with what it lacks of what is not had."""
    return [
        Choice(choice.need - met, choice.options & ~have)
        for choice in choices
        if (met := (choice.options & have).bit_count()) < choice.need
    ]


def needs_of_all(kernel: Kernel, held: int, part: int) -> dict[int, int]:
    """Return by node what every way to learn it holds: itself, and nodes of `part`.

    Args:
        kernel: Where the nodes are.
        held: What is held.
        part: The M nodes that may be learned; nodes that cannot be are left out.

    Returns:
        In ascending order, O(M + groups) set operations; around circles, as many times that
        as the longest detour takes.
    """
    allowed = learnable(kernel, held, part)
    needs = dict.fromkeys(members(allowed), allowed)
    changed = True
    while changed:
        changed = False
        for number, before in needs.items():
            compulsory = kernel.compulsory[number] & ~held
            now = 1 << number | needed_for(compulsory, kernel.choices[number], held, needs)
            if now != before:
                needs[number] = now
                changed = bool(kernel.tangled)
    return needs


def needed_for(
    required: int, choices: Sequence[Choice], held: int, needs: Mapping[int, int]
) -> int:
    """Return what every way to meet some goals holds; they can be met."""
    needed = 0
    for number in members(required & ~held):
        needed |= needs[number]
    for choice in () if are_satisfied(choices, held) else still_open(choices, held):
        needed |= shared_needs(choice, needs)
    return needed


def shared_needs(choice: Choice, needs: Mapping[int, int]) -> int:
    """Return what every way to satisfy a choice holds: what more than n - k options need."""
    ways = [needs[number] for number in members(choice.options) if number in needs]
    counted = [-1] + [0] * (len(ways) - choice.need + 1)  # entry i: what at least i ways need
    for way in ways:
        for times in range(len(counted) - 1, 0, -1):
            counted[times] |= counted[times - 1] & way
    return counted[-1]
