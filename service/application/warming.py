"""Common answers kept at hand, so that the first visitor waits for nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from service.application.common import CommonQuestions
from service.application.ports import Meter, SharedCache
from service.application.request import Question

GLANCES_A_ROUND: Final = 15
"""After so many glances at the shared cache there is a round anyway, though nothing happened."""

ROUNDS_TO_REMEMBER: Final = 120
"""After so many rounds it is forgotten who asked what."""


@dataclass(slots=True)
class Warming:
    """Keeps common answers at hand, by a glance every few seconds.

    A glance asks the shared cache whether it is well, so that no request has to find out that it
    is gone, or back. Once in a while, and when it is back, there is a round: the answers for all
    common profiles, and for what processes learned from each other, are made ready. Those that
    this process holds cost nothing, others come from the shared cache or are worked out; what
    that has lost it gets again. Where no room is left, a round works nothing out: that is left
    to who asks first. So a restart, a new graph, or an empty cache finds them warm.

    Attributes:
        prepare: Makes what requests would otherwise wait for; at once where it is made.
        make_ready: Has the answer to a question at hand for those who will ask it.
        common: Knows what is common.
        shared: Where processes tell each other; None where there is no such place.
        meter: Counts what others told that cannot be used.
    """

    prepare: Callable[[], None]
    make_ready: Callable[[Question], None]
    common: CommonQuestions
    shared: SharedCache | None
    meter: Meter
    _was_well: bool = True
    _glances: int = 0
    _rounds: int = 0

    def __call__(self) -> None:
        """Have a glance, and do a round where it is time for one."""
        is_well = self.shared is None or self.shared.check()
        is_back = is_well and not self._was_well
        is_due = self._glances % GLANCES_A_ROUND == 0
        self._was_well = is_well
        self._glances += 1
        if is_due or is_back:
            self._do_round()

    def _do_round(self) -> None:
        self.prepare()
        for question in self.common.of_profiles():
            self.make_ready(question)
        if self.shared is not None:
            self._count_rejected(self.common.exchange(self.shared))
        self._make_learned_ready()
        self._rounds += 1
        if self._rounds % ROUNDS_TO_REMEMBER == 0:
            self.common.forget_askers()

    def _make_learned_ready(self) -> None:
        """Have what was learned at hand, the latest first, as long as there is room.

        A question that fails costs the others nothing.
        """
        for question in reversed(self.common.learned()):
            try:
                self.make_ready(question)
            except Exception:  # noqa: BLE001 - another process may have told anything
                self.common.forget(question)
                self._count_rejected(1)

    def _count_rejected(self, number: int) -> None:
        for _ in range(number):
            self.meter.looked_up("redis", "rejected")
