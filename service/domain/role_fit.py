"""Which role suits a person: their answers to the graph's questions, added up and explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from service.domain.catalogue import Catalogue, Option, Question
from service.domain.errors import Fault, InvalidRequestError
from service.domain.skill import RoleId


class Answer(NamedTuple):
    """An answer as it was given: ids of a question and of one of its options."""

    question: str
    option: str


class Given(NamedTuple):
    """An answer that the graph knows."""

    question: Question
    option: Option


@dataclass(frozen=True, slots=True)
class Tally:
    """What the answers say about one role.

    Attributes:
        points: All that the answers give it.
        most: What the best answer to each answered question would have given it.
        speaking: Answers that give it more than its rival, those that count most first. The
            rival of the first role is the second; of every other, the first.
    """

    role: RoleId
    points: int
    most: int
    speaking: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class RoleFit:
    """The roles, best first, and how firmly the first one leads.

    Attributes:
        ranked: Most points first; ties in file order.
        lead: Points between the first role and the second; 0 where there is no second.
        decisive: The fewest answers without which the first role would not lead.
        is_too_close: Whether one answer less would take the lead away.
        unanswered: Questions that were left out, in file order.
        is_open: Whether the unanswered questions could still take the lead away.
    """

    ranked: tuple[Tally, ...]
    lead: int
    decisive: tuple[Given, ...]
    is_too_close: bool
    unanswered: tuple[Question, ...]
    is_open: bool


def role_fit(catalogue: Catalogue, answers: Sequence[Answer]) -> RoleFit:
    """Return how well each role suits the person who gave some answers.

    Points are added up; nothing is normalised, so that anyone can check the sum.

    Args:
        catalogue: Q questions with their options, 1 to R roles.
        answers: 1 to Q, one a question, in any order.

    Returns:
        R tallies and what separates them. O(Q R + R log R) time.

    Raises:
        InvalidRequestError: An answer names no question or no option of it, or answers a
            question twice; it holds every fault, with pointers below ``/answers``.
    """
    given = _given(catalogue, answers)
    answered = {answer.question.id for answer in given}
    unanswered = tuple(asked for asked in catalogue.questions if asked.id not in answered)
    points = {role.id: sum(_points(g.option, role.id) for g in given) for role in catalogue.roles}
    ranking = sorted(points, key=lambda role: -points[role])
    first, rivals = ranking[0], ranking[1:]
    leads = {rival: points[first] - points[rival] for rival in rivals}
    speaking = {
        role: _speaking(given, role, first if role != first else rivals[0]) if rivals else ()
        for role in ranking
    }
    most = {role: sum(_most(g.question, role) for g in given) for role in ranking}
    lead = min(leads.values(), default=0)
    return RoleFit(
        tuple(Tally(role, points[role], most[role], speaking[role]) for role in ranking),
        lead,
        _decisive(speaking[first], lead, first, rivals[0]) if lead else (),
        is_too_close=any(
            lead <= max(_ahead(g.option, first, rival) for g in given)
            for rival, lead in leads.items()
        ),
        unanswered=unanswered,
        is_open=any(
            lead <= sum(_swing(asked, rival, first) for asked in unanswered)
            for rival, lead in leads.items()
        ),
    )


def _given(catalogue: Catalogue, answers: Sequence[Answer]) -> tuple[Given, ...]:
    """Return the answers that were meant, in the order of the questions."""
    questions = {question.id: question for question in catalogue.questions}
    given: dict[str, Given] = {}
    faults: list[Fault] = []
    for index, (asked, chosen) in enumerate(answers):
        pointer = f"/answers/{index}"
        question = questions.get(asked)
        option = _option(question, chosen) if question else None
        if question is None:
            faults.append(Fault(f"{pointer}/question", "There is no such question."))
        elif asked in given:
            faults.append(Fault(f"{pointer}/question", "This question is answered already."))
        elif option is None:
            ids = ", ".join(option.id for option in question.options)
            faults.append(Fault(f"{pointer}/option", f"No such option; the options are {ids}."))
        else:
            given[asked] = Given(question, option)
    if faults:
        raise InvalidRequestError(tuple(faults))
    return tuple(given[asked] for asked in questions if asked in given)


def _option(question: Question, chosen: str) -> Option | None:
    return next((option for option in question.options if option.id == chosen), None)


def _points(option: Option, role: RoleId) -> int:
    return dict(option.points).get(role, 0)


def _most(question: Question, role: RoleId) -> int:
    return max(_points(option, role) for option in question.options)


def _ahead(option: Option, role: RoleId, rival: RoleId) -> int:
    """Return how many points an answer puts one role ahead of another; negative for behind."""
    return _points(option, role) - _points(option, rival)


def _swing(question: Question, role: RoleId, rival: RoleId) -> int:
    """Return how far a question could at most put one role ahead of another."""
    return max(0, *(_ahead(option, role, rival) for option in question.options))


def _speaking(given: Sequence[Given], role: RoleId, rival: RoleId) -> tuple[Given, ...]:
    speaking = [answer for answer in given if _ahead(answer.option, role, rival) > 0]
    return tuple(sorted(speaking, key=lambda answer: -_ahead(answer.option, role, rival)))


def _decisive(
    speaking: Sequence[Given], lead: int, first: RoleId, second: RoleId
) -> tuple[Given, ...]:
    """Return the fewest answers that together make up the lead: those that count most."""
    decisive: list[Given] = []
    for answer in speaking:
        if lead <= 0:
            break
        decisive.append(answer)
        lead -= _ahead(answer.option, first, second)
    return tuple(decisive)
