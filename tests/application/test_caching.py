"""What is answered once, what is kept where, and what a key says."""

import pytest

from service.application.assess import Assessment, Assessor
from service.application.caching import CachedAnswers, question_key
from service.application.request import Question, Target, TargetKind
from service.domain.graph import SkillGraph
from service.domain.skill import Node, RoleId, SkillId
from tests.builders import document, graph_of
from tests.fakes import DictCache

PROFILE = {"id": "veteran", "name": "Veteran", "skills": [{"skill": "python", "level": 1}]}
GRAPH = graph_of(document("python 10 10", "rag 5: python@2", profiles=[PROFILE]))
EITHER = Target(TargetKind.EITHER)
PYTHON = Node(SkillId("python"), 1)
COMMON = Question((PYTHON,), EITHER)
PERSONAL = Question((Node(SkillId("python"), 2),), EITHER)


class Counted:
    """Answers with the caches in view, and how often it was worked out."""

    def __init__(self, graph: SkillGraph = GRAPH) -> None:
        self.own, self.shared = DictCache(), DictCache()
        self.worked_out = 0
        self._assessor = Assessor(graph)
        self.answer = CachedAnswers(self._assess, self._render, self.own, self.shared, graph)

    def _assess(self, question: Question) -> Assessment:
        self.worked_out += 1
        return self._assessor.assess(question)

    def _render(self, assessment: Assessment) -> bytes:
        return str([step.node for step in assessment.path.steps]).encode()


def test_the_same_question_is_worked_out_once() -> None:
    counted = Counted()

    assert counted.answer(PERSONAL) == counted.answer(PERSONAL)
    assert counted.worked_out == 1


def test_what_one_person_asked_stays_in_the_process() -> None:
    counted = Counted()
    counted.answer(PERSONAL)

    assert len(counted.own.entries) == 1
    assert counted.shared.gets == 0
    assert not counted.shared.entries


def test_what_a_common_profile_asks_is_shared() -> None:
    counted = Counted()
    counted.answer(COMMON)

    assert len(counted.shared.entries) == 1


OTHERS = [
    pytest.param(Question((), EITHER), id="other knowledge"),
    pytest.param(Question((PYTHON,), Target(TargetKind.BOTH)), id="another target"),
    pytest.param(
        Question((PYTHON,), Target(TargetKind.ROLE, RoleId("target"))), id="a certain role"
    ),
    pytest.param(Question((PYTHON,), EITHER, assume_prerequisites=False), id="no credit"),
    pytest.param(Question((PYTHON,), EITHER, hours_per_week=10), id="hours a week"),
    pytest.param(
        Question(
            (PYTHON,),
            Target(TargetKind.REQUIREMENTS, requirements=GRAPH.catalogue.roles[0].requires),
        ),
        id="requirements of one's own",
    ),
]


@pytest.mark.parametrize("other", OTHERS)
def test_every_member_that_changes_the_answer_changes_the_key(other: Question) -> None:
    assert question_key("graph", COMMON) != question_key("graph", other)


def test_a_new_graph_never_meets_an_old_answer() -> None:
    assert question_key("graph", COMMON) != question_key("other", COMMON)


def test_a_key_says_nothing_of_the_question() -> None:
    assert "python" not in question_key("graph", COMMON)
