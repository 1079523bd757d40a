"""A test that weighs work has the machine to itself: the other processes wait until it is done."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MARK: Final = "alone"

_ROOM: Final = Path(__file__)
_DOOR: Final = Path(__file__).with_name("conftest.py")


@contextmanager
def a_place(*, alone: bool) -> Iterator[None]:
    """Hold a place among the running tests of all processes, or the whole room.

    Who wants the whole room waits for it in the door, so that nobody else goes in meanwhile.
    """
    with _ROOM.open() as room:
        with _DOOR.open() as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        try:
            yield
        finally:
            fcntl.flock(room, fcntl.LOCK_UN)  # also where a child has inherited it
