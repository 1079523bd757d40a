"""What is the same for everyone is made once: pictures, comparisons, compressed pages.

Such bytes depend on the graph and the code alone, and on how they are asked for.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from service.application.ports import Cache, SharedCache
from service.application.single_flight import SingleFlight

LARGEST_SHARED: Final = 512 * 1024
"""Bytes: more takes Redis longer than anybody waits for it, over a network."""


@dataclass(frozen=True, slots=True)
class MadeOnce:
    """Give what was made before, or make it: once for all in a process who ask at the same time.

    Attributes:
        own: Room for it in this process.
        shared: Room that processes share; None where there is none.
        edition: Of the graph and the code.
    """

    own: Cache
    shared: SharedCache | None
    edition: str
    _flights: SingleFlight = field(default_factory=SingleFlight)

    def __call__(self, name: str, make: Callable[[], bytes], *, is_shared: bool = False) -> bytes:
        """Return what stands under a name, or make it.

        Args:
            name: Of what is made, and everything but the edition that it depends on.
            make: Makes it; what it raises is raised to all who wait.
            is_shared: Whether other processes may fetch it instead of making it: for what takes
                longer to make than to fetch, and comes in few kinds, so that nobody can fill
                the shared cache with it.
        """
        held = self.own.get(name)
        if held is not None:
            return held
        obtain = partial(self._obtained, name, make, is_shared=is_shared)
        return self._flights.once(name, obtain)

    def _obtained(self, name: str, make: Callable[[], bytes], *, is_shared: bool) -> bytes:
        found = self.own.get(name)  # another may just have been quicker
        if found is None:
            found = self._fetched_or_made(name, make) if is_shared else make()
            self.own.put(name, found)
        return found

    def _fetched_or_made(self, name: str, make: Callable[[], bytes]) -> bytes:
        if self.shared is None:
            return make()
        key = self._key(name)
        found = self.shared.get(key)
        if found is None:
            found = make()
            if len(found) <= LARGEST_SHARED:
                self.shared.put(key, found)
        return found

    def _key(self, name: str) -> str:
        written = f"catalogue:v1\n{self.edition}\n{name}"
        return f"skills-gap:{hashlib.sha256(written.encode()).hexdigest()}"
