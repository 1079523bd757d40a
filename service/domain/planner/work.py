"""A work budget in steps: the same question ends at the same step on every machine."""

from typing import Final

FULL_BUDGET: Final = 50_000
"""Steps for one plan, each one or two microseconds."""


class WorkSpentError(Exception):
    """The budget ended before the search did. It never leaves the planner.

    Attributes:
        found: The best that was found till then, if anything was.
    """

    def __init__(self, found: int | None = None) -> None:
        super().__init__(found)
        self.found = found


class Work:
    """Steps that may still be made.

    Attributes:
        left: Remaining steps; negative once spent.
    """

    def __init__(self, steps: int = FULL_BUDGET) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Count some steps; raise `WorkSpentError` when none are left."""
        self.left -= steps
        if self.left < 0:
            raise WorkSpentError
