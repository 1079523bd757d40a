"""Common answers kept at hand, so that the first visitor waits for nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from service.application.common import CommonQuestions
from service.application.ports import Cache
from service.application.request import Question

ROUNDS_TO_REMEMBER: Final = 120
"""After so many rounds it is forgotten who asked what."""


@dataclass(slots=True)
class Warming:
    """Rounds of keeping common answers at hand.

    In each round the answers for all common profiles, and for what processes learned from each
    other, are asked for: those that this process holds cost nothing, others come from the
    shared cache or are worked out. So a restart, or a new graph, finds them warm.

    Attributes:
        prepare: Makes what requests would otherwise wait for; at once where it is made.
        make_ready: Has the answer to a question at hand for those who will ask it.
        common: Knows what is common.
        shared: Where processes tell each other; None where there is no such place.
    """

    prepare: Callable[[], None]
    make_ready: Callable[[Question], None]
    common: CommonQuestions
    shared: Cache | None
    _rounds: int = 0

    def __call__(self) -> bool:
        """Do a round, and return whether further rounds make sense."""
        self.prepare()
        for question in self.common.of_profiles():
            self.make_ready(question)
        if self.shared is None:
            return False
        self.common.exchange(self.shared)
        for question in self.common.learned():
            self.make_ready(question)
        self._rounds += 1
        if self._rounds % ROUNDS_TO_REMEMBER == 0:
            self.common.forget_askers()
        return True
