"""The garbage collector, kept out of the way of what never becomes garbage.

It looks through all there is whenever there is a quarter more: while modules are loaded and
tables built that is again and again, for nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the collector: for work that makes much and no circles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def made_to_stay() -> Iterator[None]:
    """Spare the collector for good what is made here: it stays as long as the process.

    Else it walks through all of it in the moments in which requests wait; and in a forked
    worker each walk copies the memory that it shares with the others.
    """
    with uncollected():
        try:
            yield
        finally:
            gc.freeze()
