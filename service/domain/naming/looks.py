"""How much work a name may cost: counted, never timed, so the same name is always read alike."""

from typing import Final

LOOKS_AT_A_NAME: Final = 400
"""Ten times what the longest list takes that anybody wrote so far."""


class Looks:
    """The work that one string may still cost.

    Attributes:
        spent: Looks taken so far. A look is one attempt to find some words among the labels, or
            what costs as much: some ten microseconds.
    """

    def __init__(self, most: int = LOOKS_AT_A_NAME) -> None:
        self._most = most
        self.spent = 0

    def allows(self, looks: int = 1) -> bool:
        """Take some looks, and tell whether they were still allowed."""
        self.spent += looks
        return self.spent <= self._most
