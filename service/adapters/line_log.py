"""One line of JSON for every request; a reader who stalls loses lines and delays nobody."""

import os
import select
from typing import Final

LONGEST_LINE: Final = select.PIPE_BUF
"""A pipe takes a line of so many bytes whole, or says that it has no room."""


class LineLog:
    """Writes lines without ever waiting.

    Args:
        file_number: Of the open file to write to.

    Attributes:
        dropped: Lines that were not written.
    """

    def __init__(self, file_number: int) -> None:
        self._file = file_number
        self.dropped = 0

    def write(self, line: bytes) -> None:
        """Write a line with its end, if that takes no waiting."""
        poll = select.poll()  # one object must not be asked by two threads at once
        poll.register(self._file, select.POLLOUT)
        try:
            if poll.poll(0) == [(self._file, select.POLLOUT)] and len(line) <= LONGEST_LINE:
                os.write(self._file, line)
                return
        except OSError:
            pass  # the reader is gone
        self.dropped += 1
