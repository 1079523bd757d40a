"""A meter for a process whose counts nobody would read."""

from service.application.ports import Lookup, Tier


class NoMeter:
    """A `service.application.ports.Meter` that forgets: a command ends before it is scraped."""

    def looked_up(self, tier: Tier, result: Lookup) -> None:
        """Forget it."""

    def worked_out(self) -> None:
        """Forget it."""

    def redis_answers(self, *, does: bool) -> None:
        """Forget it."""

    def redis_takes_values(self, *, does: bool) -> None:
        """Forget it."""

    def lines_lost(self, lines: int) -> None:
        """Forget it."""

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Forget it."""

    def text(self) -> bytes:
        """Return nothing."""
        return b""
