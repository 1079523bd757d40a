"""The one object that every inbound adapter is handed."""

from collections.abc import Callable
from dataclasses import dataclass

from service.application.assess import Assessment
from service.application.caching import CachedAnswers
from service.application.ports import Meter
from service.application.request import AssessmentRequest, Question, Reading
from service.domain.graph import SkillGraph
from service.domain.naming.resolver import Resolver


@dataclass(frozen=True, slots=True, eq=False)
class UseCases:
    """What the service can do.

    Attributes:
        graph: The catalogue: its skills and roles, for reading.
        resolver: Knows what people write for its skills.
        understand: Reads a request; raises `RequestError` for one that cannot be used.
        assess: Works out the answer to a question.
        answer: The same as finished bytes, from a cache where it can.
        keep_warm: Keeps common answers at hand; to be called every few seconds.
        meter: Counts what happens.
    """

    graph: SkillGraph
    resolver: Resolver
    understand: Callable[[AssessmentRequest], Reading]
    assess: Callable[[Question], Assessment]
    answer: CachedAnswers
    keep_warm: Callable[[], None]
    meter: Meter
