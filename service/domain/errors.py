"""Errors of the skills-gap domain.

* SkillsGapError
  + RequestError              the caller can repair the request
    - UnknownRoleError
    - InvalidRequestError     one or more members are well-formed but cannot be used
  + GraphError                a graph file is defective: the process must not start on it
    - UnreadableGraphError    it cannot be read at all
    - DefectiveGraphError     it can be read, and breaks rules
  + UnreadableKeysError       the file of API keys is defective: the process must not start on it
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class SkillsGapError(Exception):
    """Base of every error this package raises. Never raised itself."""

    code: ClassVar[str]
    """Stable kebab-case name: the problem type in HTTP, the prefix on stderr."""


class RequestError(SkillsGapError):
    """The request cannot be answered as asked; the caller can repair it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one member of a request.

    Attributes:
        pointer: JSON pointer (RFC 6901) of the member, from the root of the request.
        detail: One sentence that never repeats the caller's own words.
    """

    pointer: str
    detail: str


class InvalidRequestError(RequestError):
    """Members of a request are well-formed JSON but cannot be used.

    Attributes:
        faults: Every fault, in the order of the request, never empty.
    """

    code = "invalid-request"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return " ".join(fault.detail for fault in self.faults)


class UnknownRoleError(RequestError):
    """The request names a role that the graph does not hold.

    Attributes:
        known_roles: The ids that the graph does hold, in file order.
        pointer: JSON pointer of the member that names it; empty for a path or an option.
    """

    code = "unknown-role"

    def __init__(self, known_roles: tuple[str, ...], pointer: str = "") -> None:
        super().__init__(known_roles, pointer)
        self.known_roles = known_roles
        self.pointer = pointer

    def __str__(self) -> str:
        return f"The graph holds no such role; it holds {', '.join(self.known_roles)}."


class GraphError(SkillsGapError):
    """The graph cannot be used; the service must not start on it."""


class UnreadableGraphError(GraphError):
    """A graph file cannot be read as JSON at all.

    Attributes:
        source: The file's name as it was given.
        reason: One sentence.
    """

    code = "unreadable-graph"

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


class Severity(StrEnum):
    """How much a defect weighs: an error stops the service, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect of a graph file.

    Attributes:
        pointer: JSON pointer (RFC 6901) of the place in the file.
        code: Stable kebab-case kind, as the graph contract lists them.
        message: One sentence for the file's author.
        severity: Whether the service may start all the same.
    """

    pointer: str
    code: str
    message: str
    severity: Severity = Severity.ERROR


class DefectiveGraphError(GraphError):
    """A graph file breaks rules.

    Attributes:
        source: The file's name as it was given.
        defects: Every defect that is an error, in file order, never empty.
    """

    code = "defective-graph"

    def __init__(self, source: str, defects: tuple[Defect, ...]) -> None:
        super().__init__(source, defects)
        self.source = source
        self.defects = defects

    def __str__(self) -> str:
        lines = (f"{d.pointer or '/'}: {d.code}: {d.message}" for d in self.defects)
        return "\n".join([f"{self.source} has {len(self.defects)} defects:", *lines])


class UnreadableKeysError(SkillsGapError):
    """A file of API keys cannot be used.

    Attributes:
        source: The file's name as it was given.
        lines: Numbers of the lines that are no keys, or repeat one; none where the file cannot
            be read at all. What they hold is not repeated: it may be a secret.
    """

    code = "unreadable-keys"

    def __init__(self, source: str, lines: tuple[int, ...] = ()) -> None:
        super().__init__(source, lines)
        self.source = source
        self.lines = lines

    def __str__(self) -> str:
        if not self.lines:
            return f"{self.source}: the file of API keys cannot be read."
        numbers = ", ".join(map(str, self.lines))
        return f"{self.source}: no API keys, or repeated ones, in these lines: {numbers}."
