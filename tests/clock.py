"""How long a call works, told so that a busy machine and a full process do not count."""

import gc
import time
from collections.abc import Callable


def seconds_of_work(call: Callable[[], object], tries: int = 3) -> float:
    """The least processor time of this thread over some tries, in seconds.

    The collector does not walk through what other tests left, as in the service, which freezes
    what it holds once it has started; a neighbour on the same core slows one try, seldom all.
    """
    gc.freeze()
    try:
        return min(_once(call) for _ in range(tries))
    finally:
        gc.unfreeze()


def _once(call: Callable[[], object]) -> float:
    start = time.thread_time()
    call()
    return time.thread_time() - start
