"""What is answered once, what is kept where, and what a key says."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest

from service.application import caching, common
from service.application.assess import Assessment, Assessor
from service.application.caching import CachedAnswers, Turns, question_key
from service.application.common import CLIENTS, LIST_KEY, MOST_WATCHED, CommonQuestions
from service.application.request import Question, Target, TargetKind
from service.application.single_flight import SingleFlight
from service.application.warming import GLANCES_A_ROUND, Warming
from service.domain.graph import SkillGraph
from service.domain.skill import Node, RoleId, SkillId
from tests.builders import document, graph_of
from tests.fakes import CountingMeter, DictCache

PROFILE = {"id": "veteran", "name": "Veteran", "skills": [{"skill": "python", "level": 1}]}
GRAPH = graph_of(document("python 10 10", "rag 5: python@2", profiles=[PROFILE]))
EITHER = Target(TargetKind.EITHER)
PYTHON = Node(SkillId("python"), 1)
COMMON = Question((PYTHON,), EITHER)
PERSONAL = Question((Node(SkillId("python"), 2),), EITHER)


CLIENTS_OF_ONE_QUESTION = [bytes([number]) for number in range(1, CLIENTS + 1)]


class Counted:
    """Answers with the caches in view, and how often they were worked out."""

    def __init__(self, graph: SkillGraph = GRAPH, shared: DictCache | None = None) -> None:
        self.own, self.shared = DictCache(), shared or DictCache()
        self.meter = CountingMeter()
        self.common = CommonQuestions(graph)
        self.prepared = Event()
        self.worked_on = Event()
        self.may_finish = Event()
        self.may_finish.set()
        self._assessor = Assessor(graph)
        self.answer = CachedAnswers(
            self._assess, self._render, self.own, self.shared, self.common, "edition", self.meter
        )

    @property
    def worked_out(self) -> int:
        return self.meter.computations

    def warming(self) -> Warming:
        return Warming(
            self.prepared.set, self.answer.make_ready, self.common, self.shared, self.meter
        )

    def _assess(self, question: Question) -> Assessment:
        self.worked_on.set()
        assert self.may_finish.wait(10)
        return self._assessor.assess(question)

    def _render(self, assessment: Assessment) -> bytes:
        return str([step.node for step in assessment.path.steps]).encode()


def test_the_same_question_is_worked_out_once() -> None:
    counted = Counted()

    assert counted.answer(PERSONAL) == counted.answer(PERSONAL)
    assert counted.worked_out == 1


def test_a_thousand_equal_questions_at_once_are_worked_out_once() -> None:
    counted = Counted()
    counted.may_finish.clear()
    with ThreadPoolExecutor(100) as threads:
        asked = [threads.submit(counted.answer, PERSONAL) for _ in range(1000)]
        assert counted.worked_on.wait(10)
        counted.may_finish.set()
        answers = {flight.result(10) for flight in asked}

    assert len(answers) == 1
    assert counted.worked_out == 1


def test_different_questions_at_once_are_worked_out_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(caching, "TURN_SECONDS", 10)
    turns, at_work, most = Turns(), 0, 0

    def work() -> None:
        nonlocal at_work, most
        with turns.one():
            at_work += 1
            most = max(most, at_work)
            sleep(0.005)
            at_work -= 1

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(work) for _ in range(8)]:
            done.result(10)

    assert most == 1


def test_what_takes_long_does_not_hold_up_another_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(caching, "TURN_SECONDS", 0.01)
    counted = Counted()
    counted.may_finish.clear()
    with ThreadPoolExecutor(2) as threads:
        long = threads.submit(counted.answer, PERSONAL)
        assert counted.worked_on.wait(10)
        counted.worked_on.clear()
        other = threads.submit(counted.answer, COMMON)
        assert counted.worked_on.wait(10)
        counted.may_finish.set()

        assert long.result(10)
        assert other.result(10)


def test_what_another_process_shares_while_one_waits_for_its_turn_is_not_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(caching, "TURN_SECONDS", 10)
    counted = Counted()
    with ThreadPoolExecutor(1) as threads:
        with counted.answer._turns.one():  # noqa: SLF001
            asked = threads.submit(counted.answer, COMMON)
            until = monotonic() + 10
            while not counted.shared.gets and monotonic() < until:
                sleep(0.001)
            counted.shared.put(question_key("edition", COMMON), b"theirs")

        assert asked.result(10) == b"theirs"
    assert counted.worked_out == 0


def test_an_error_reaches_everyone_who_waits_and_is_not_kept() -> None:
    flights = SingleFlight()

    def fail() -> bytes:
        raise MemoryError

    for _ in range(2):
        with pytest.raises(MemoryError):
            flights.once("k", fail)
    assert flights.once("k", lambda: b"v") == b"v"


def test_what_one_person_asked_stays_in_the_process() -> None:
    counted = Counted()
    for _ in range(3 * CLIENTS):
        counted.answer(PERSONAL, b"the same client")

    assert len(counted.own.entries) == 1
    assert counted.shared.gets == 0
    assert not counted.shared.entries


def test_what_a_common_profile_asks_is_shared() -> None:
    counted = Counted()
    counted.answer(COMMON)

    assert len(counted.shared.entries) == 1


@pytest.mark.parametrize(
    "members",
    [
        {"hours_per_week": 3.17},
        {"alternatives": 2},
        {"budget": 4000},
        {
            "target": Target(
                TargetKind.REQUIREMENTS, requirements=GRAPH.catalogue.roles[0].requires
            )
        },
    ],
)
def test_what_one_client_asks_about_a_common_profile_in_a_way_of_its_own_is_not_shared(
    members: dict[str, Any],
) -> None:
    counted = Counted()
    counted.answer(COMMON._replace(**members), b"a client")

    assert not counted.shared.entries


def test_what_five_clients_asked_is_shared_and_not_before() -> None:
    counted = Counted()
    *first, last = CLIENTS_OF_ONE_QUESTION
    for client in first:
        counted.answer(PERSONAL, client)
    assert not counted.shared.entries

    counted.answer(PERSONAL, last)

    assert list(counted.shared.entries.values()) == [counted.answer(PERSONAL)]


def test_what_five_clients_ask_at_once_is_shared_as_soon_as_it_is_known() -> None:
    counted = Counted()
    counted.may_finish.clear()
    with ThreadPoolExecutor(CLIENTS) as threads:
        asked = [
            threads.submit(counted.answer, PERSONAL, client) for client in CLIENTS_OF_ONE_QUESTION
        ]
        assert counted.worked_on.wait(10)
        until = monotonic() + 10
        while PERSONAL not in counted.common and monotonic() < until:
            sleep(0.001)
        counted.may_finish.set()
        answers = {one.result(10) for one in asked}

    assert list(counted.shared.entries.values()) == list(answers)
    assert counted.worked_out == 1


def test_clients_count_who_are_answered_before_the_question_is_read() -> None:
    counted = Counted()
    counted.answer(PERSONAL)
    for client in CLIENTS_OF_ONE_QUESTION:
        counted.answer.hear(PERSONAL, client)

    assert len(counted.shared.entries) == 1


def test_a_restarted_process_finds_what_was_common_and_works_nothing_out() -> None:
    before = Counted()
    before_round = before.warming()
    for client in CLIENTS_OF_ONE_QUESTION:
        before.answer(PERSONAL, client)
    before_round()

    after = Counted(shared=before.shared)
    after.warming()()
    after.answer(PERSONAL)
    after.answer(COMMON)

    assert after.worked_out == 0
    assert after.answer(PERSONAL) == before.answer(PERSONAL)


def test_a_round_makes_ready_what_requests_would_wait_for() -> None:
    counted = Counted()
    counted.warming()()

    assert counted.prepared.is_set()


def test_a_new_graph_finds_the_questions_and_works_them_out_anew() -> None:
    before = Counted()
    for client in CLIENTS_OF_ONE_QUESTION:
        before.answer(PERSONAL, client)
    before.common.exchange(before.shared)

    grown = graph_of(document("python 10 10", "rag 50: python@2", profiles=[PROFILE]))
    after = Counted(grown, before.shared)
    after.answer = replace(after.answer, edition="another")
    after.warming()()
    warmed = after.worked_out
    after.answer(PERSONAL)

    assert PERSONAL in after.common
    assert after.worked_out == warmed


def test_a_question_that_another_graph_cannot_answer_is_not_asked_of_it() -> None:
    before = Counted()
    for client in CLIENTS_OF_ONE_QUESTION:
        before.answer(PERSONAL, client)
    before.common.exchange(before.shared)

    after = Counted(graph_of(document("rust 10")), before.shared)
    after.warming()()

    assert after.common.learned() == ()


@pytest.mark.parametrize(
    "written",
    [
        b"[]",
        b'[{"claims": 7}]',
        b"[3]",
        b'[{"claims": [["python", 1]]}]',
        b'[{"new": "member"}]',
        b'[{"claims": [], "target": {"kind": "either", "role": null}, "budget": "soon"}]',
        b'[{"claims": [], "target": {"kind": "either", "role": null}, "hours_per_week": "ten"}]',
        b'[{"claims": [], "target": {"kind": "either", "role": null}, "alternatives": 99}]',
    ],
)
def test_a_list_that_another_release_wrote_is_read_as_far_as_it_goes(written: bytes) -> None:
    counted = Counted()
    good = [{"claims": [["python", 2]], "target": {"kind": "either", "role": None}}]
    bad = json.loads(written)
    counted.shared.put(LIST_KEY, json.dumps([*bad, *good]).encode())
    counted.warming()()

    assert counted.common.learned() == (PERSONAL,)
    assert counted.meter.lookups["redis", "rejected"] == len(bad)


@pytest.mark.parametrize("written", [b"5", b"[", b"{}", b"null"])
def test_what_is_no_list_is_none(written: bytes) -> None:
    counted = Counted()
    counted.shared.put(LIST_KEY, written)
    counted.warming()()

    assert counted.common.learned() == ()


def test_a_question_that_cannot_be_answered_costs_the_others_nothing() -> None:
    counted = Counted()
    other = PERSONAL._replace(hours_per_week=5)
    for client in CLIENTS_OF_ONE_QUESTION:
        counted.common.hear(PERSONAL, client)
        counted.common.hear(other, client)

    def make_ready(question: Question) -> None:
        if question == PERSONAL:
            raise OverflowError
        counted.answer.make_ready(question)

    replace(counted.warming(), make_ready=make_ready)()

    assert counted.common.learned() == (other,)
    assert counted.meter.lookups["redis", "rejected"] == 1
    assert question_key("edition", other) in counted.own.learned


def test_questions_are_warm_after_a_graph_that_lists_its_skills_in_another_order() -> None:
    two = Question((PYTHON, Node(SkillId("rag"), 1)), EITHER)
    before = Counted()
    for client in CLIENTS_OF_ONE_QUESTION:
        before.answer(two, client)
    before.common.exchange(before.shared)

    after = Counted(graph_of(document("rag 5: python@2", "python 10 10")), before.shared)
    after.warming()()

    assert after.common.learned() == (two._replace(claims=two.claims[::-1]),)


def test_every_member_of_a_question_is_told_to_other_processes() -> None:
    members = set(Question._fields)

    assert members == {"claims", "target", *common._MEMBERS}  # noqa: SLF001


def test_a_shared_cache_that_lost_everything_gets_it_again_when_it_is_back() -> None:
    counted = Counted()
    glance = counted.warming()
    glance()
    had = dict(counted.shared.entries)
    counted.shared.entries.clear()
    counted.shared.well = False
    glance()
    assert not counted.shared.entries
    counted.shared.well = True
    glance()

    assert counted.shared.entries == had
    assert counted.worked_out == len(had)


def test_between_rounds_a_glance_asks_for_no_answer() -> None:
    counted = Counted()
    glance = counted.warming()
    glance()
    counted.shared.entries.clear()
    for _ in range(GLANCES_A_ROUND - 1):
        glance()
    assert not counted.shared.entries
    glance()

    assert counted.shared.entries


def test_what_becomes_common_is_kept_as_such_without_a_shared_cache_too() -> None:
    counted = Counted()
    counted.answer = replace(counted.answer, shared=None)
    for client in CLIENTS_OF_ONE_QUESTION:
        counted.answer(PERSONAL)
        counted.answer.hear(PERSONAL, client)

    assert question_key("edition", PERSONAL) in counted.own.learned


def test_rounds_work_out_nothing_that_there_is_no_room_for() -> None:
    counted = Counted()
    counted.answer = replace(counted.answer, shared=None)
    counted.own.usual.places = 1
    counted.own.learned.places = 2
    for number in range(1, 6):
        for client in CLIENTS_OF_ONE_QUESTION:
            counted.common.hear(PERSONAL._replace(hours_per_week=number), client)
    glance = replace(counted.warming(), shared=None)
    glance()
    worked_out, had = counted.worked_out, dict(counted.own.usual.entries)
    for _ in range(3 * GLANCES_A_ROUND):
        glance()

    assert counted.worked_out == worked_out == 2 + 3  # on each shelf one more than it holds
    assert counted.own.usual.entries == had


def test_what_was_learned_last_is_made_ready_first() -> None:
    counted = Counted()
    counted.own.learned.places = 2
    learned = [PERSONAL._replace(hours_per_week=number) for number in range(1, 6)]
    for question in learned:
        for client in CLIENTS_OF_ONE_QUESTION:
            counted.common.hear(question, client)
    counted.warming()()

    kept = [question_key("edition", question) in counted.own.learned for question in learned]
    assert kept == [False, False, False, True, True]


def test_what_is_learned_leaves_the_answers_for_profiles_where_they_are() -> None:
    counted = Counted()
    counted.own.learned.places = 2
    glance = counted.warming()
    glance()
    for number in range(1, 6):
        for client in CLIENTS_OF_ONE_QUESTION:
            counted.answer(PERSONAL._replace(hours_per_week=number), client)
    worked_out = counted.worked_out
    for _ in range(GLANCES_A_ROUND):
        glance()

    assert counted.worked_out == worked_out
    assert all(
        question_key("edition", question) in counted.own.usual
        for question in counted.common.of_profiles()
    )


def test_what_was_learned_and_is_asked_again_is_kept_as_such_though_the_shelf_is_full() -> None:
    counted = Counted()
    counted.own.learned.places = 1
    others = [PERSONAL._replace(hours_per_week=number) for number in (1, 2)]
    for question in others:
        for client in CLIENTS_OF_ONE_QUESTION:
            counted.common.hear(question, client)
    counted.warming()()
    counted.own.entries.clear()
    counted.answer(others[0], b"a client")

    assert list(counted.own.learned.entries) == [question_key("edition", others[0])]


@pytest.mark.parametrize(
    "members",
    [
        {
            "target": Target(
                TargetKind.REQUIREMENTS, requirements=GRAPH.catalogue.roles[0].requires
            )
        },
        {"start_date": date(2027, 1, 4), "hours_per_week": 5},
        {"also_known": (PYTHON,)},
    ],
)
def test_what_is_a_persons_does_not_become_common_whoever_asks_it(members: dict[str, Any]) -> None:
    counted = Counted()
    own = PERSONAL._replace(**members)
    for client in CLIENTS_OF_ONE_QUESTION * 2:
        counted.answer(own, client)
    counted.common.exchange(counted.shared)

    assert counted.common.learned() == ()
    assert not counted.shared.entries
    assert not counted.own.learned.entries


def test_nothing_grows_with_the_number_of_questions() -> None:
    common = CommonQuestions(GRAPH)
    for number in range(2 * MOST_WATCHED):
        question = Question((PYTHON,), EITHER, hours_per_week=number, assume_prerequisites=False)
        common.hear(question._replace(claims=()), b"a client")

    assert len(common._watched) == MOST_WATCHED  # noqa: SLF001


def test_who_asked_long_ago_is_forgotten() -> None:
    common = CommonQuestions(GRAPH)
    *first, last = CLIENTS_OF_ONE_QUESTION
    for client in first:
        common.hear(PERSONAL, client)
    common.forget_askers()

    assert not common.hear(PERSONAL, last)


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
