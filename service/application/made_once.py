"""What is the same for everyone is made once: pictures, comparisons, compressed pages.

Such bytes depend on the graph and the code alone, and on how they are asked for.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from service.application.keys import stored_key
from service.application.ports import Cache, SharedCache
from service.application.single_flight import SingleFlight

FORM: Final = "catalogue:v1"
"""Raise the number when the form of what is made changes."""

LARGEST_SHARED: Final = 128 * 1024
"""Packed bytes, of half a megabyte and more: no longer on the way than a long answer."""

LARGEST_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes that something from the shared cache may become, whoever put it there."""

PACKING_LEVEL: Final = 1
"""Packs the largest picture of a usual graph in four milliseconds, to an eighth."""


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

    def here(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return what stands under a name in this process, or make it.

        Args:
            name: Of what is made, and everything but the edition that it depends on.
            make: Makes it; what it raises is raised to all who wait.
        """
        held = self.own.get(name)
        return self._flights.once(name, partial(self._made, name, make)) if held is None else held

    def everywhere(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the same, made by one process for all, and packed.

        For what takes longer to make than to fetch, and comes in few kinds, so that nobody can
        fill the shared cache with it.
        """
        return zlib.decompress(self.here(name, partial(self._packed, name, make)))

    def _made(self, name: str, make: Callable[[], bytes]) -> bytes:
        made = self.own.get(name)  # another may just have been quicker
        if made is None:
            made = make()
            self.own.put(name, made)
        return made

    def _packed(self, name: str, make: Callable[[], bytes]) -> bytes:
        key = stored_key(FORM, self.edition, name)
        packed = self.shared.get(key) if self.shared else None
        if packed is not None and _is_sound(packed):
            return packed
        packed = zlib.compress(make(), PACKING_LEVEL)
        if self.shared and len(packed) <= LARGEST_SHARED:
            self.shared.put(key, packed)
        return packed


def _is_sound(packed: bytes) -> bool:
    """Return whether something can be unpacked, and becomes no more than it may."""
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(packed, LARGEST_UNPACKED)
    except zlib.error:
        return False
    return unpacking.eof
