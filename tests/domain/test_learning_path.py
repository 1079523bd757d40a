"""The order of a path and its reasons, on graphs small enough to check by hand."""

from service.application.assess import Assessment, Assessor
from service.application.request import Question, Target, TargetKind
from service.domain.graph import SkillGraph
from service.domain.learning_path import Decision, Need, Step
from service.domain.skill import Node, RoleId, SkillId
from service.entrypoints.wording import because
from tests.builders import document, graph, graph_of


def answer(of: SkillGraph, *claims: tuple[str, int], target: str = "target") -> Assessment:
    known = tuple(Node(SkillId(skill), level) for skill, level in claims)
    if target == "both":
        return Assessor(of).assess(Question(known, Target(TargetKind.BOTH)))
    return Assessor(of).assess(Question(known, Target(TargetKind.ROLE, RoleId(target))))


def walk(found: Assessment) -> list[str]:
    return [f"{step.node.skill}@{step.node.level}" for step in found.path.steps]


def step(found: Assessment, skill: str, level: int = 1) -> Step:
    wanted = Node(SkillId(skill), level)
    return next(one for one in found.path.steps if one.node == wanted)


def test_prerequisites_come_first() -> None:
    chain = graph("a", "b: a", "c: b", roles={"target": "c"})

    assert walk(answer(chain)) == ["a@1", "b@1", "c@1"]


def test_what_raises_readiness_most_per_hour_comes_first() -> None:
    short_last = graph("long 50", "short 5", roles={"target": "long, short"})

    assert walk(answer(short_last)) == ["short@1", "long@1"]


def test_a_weighty_requirement_comes_before_a_light_one() -> None:
    weighed = graph("light 10", "heavy 10", roles={"target": "light *1, heavy *5"})

    assert walk(answer(weighed)) == ["heavy@1", "light@1"]


def test_of_options_that_are_all_reached_the_soonest_brings_what_one_of_them_is_worth() -> None:
    both_ways = graph(
        "python 22",
        "shell 4",
        "docker 3: shell",
        roles={"target": "python, docker, python | docker *50"},
    )

    assert walk(answer(both_ways)) == ["shell@1", "docker@1", "python@1"]


def test_a_cheap_prerequisite_of_a_dear_skill_waits_for_its_turn() -> None:
    waits = graph("base 1", "dear 60: base", "quick 4", roles={"target": "dear, quick"})

    assert walk(answer(waits)) == ["quick@1", "base@1", "dear@1"]


def test_where_one_of_two_options_is_reached_what_counts_towards_the_other_is_needed_too() -> None:
    some = graph("git 5", "sql 3 40", roles={"target": "2 of git | sql@2"})
    question = Question((), Target(TargetKind.ROLE, RoleId("target")), budget=800)

    spent = Assessor(some).assess(question).spending

    assert spent is not None
    assert {step.node: step.needed_for for step in spent.steps} == {
        Node(SkillId("git"), 1): (Need(RoleId("target"), SkillId("git")),),
        Node(SkillId("sql"), 1): (Need(RoleId("target"), SkillId("sql")),),
    }


def test_levels_of_one_skill_may_be_apart() -> None:
    apart = graph("a 1 50", "b 5: a", roles={"target": "a@2, b *3"})

    assert walk(answer(apart)) == ["a@1", "b@1", "a@2"]


def test_for_both_what_serves_both_comes_first_and_the_overlap_by_leverage() -> None:
    areas = [
        {"id": "general", "name": "General"},
        {"id": "first", "name": "First", "overlap": True, "leverage_rank": 1},
        {"id": "second", "name": "Second", "overlap": True, "leverage_rank": 2},
    ]
    written = document(
        "own 1",
        "later 1",
        "sooner 40",
        roles={"x": "own, later, sooner", "y": "later, sooner"},
        areas=areas,
    )
    written["skills"][1]["area"] = "second"
    written["skills"][2]["area"] = "first"

    found = answer(graph_of(written), target="both")

    assert walk(found) == ["sooner@1", "later@1", "own@1"]


CHOICE = graph(
    "python 40",
    "typescript 52",
    "http 10: python | typescript",
    "rag 20: http",
    roles={"target": "rag", "other": "python"},
)


def test_a_decision_names_what_was_left_and_what_that_saves() -> None:
    decided = step(answer(CHOICE), "python").decision

    assert decided == Decision((Node(SkillId("typescript"), 1),), 1200)


def test_a_step_without_a_choice_has_no_decision() -> None:
    assert step(answer(CHOICE), "http").decision is None


def test_what_is_held_already_decides_nothing() -> None:
    found = answer(CHOICE, ("typescript", 1))

    assert walk(found) == ["http@1", "rag@1"]
    assert all(one.decision is None for one in found.path.steps)


def test_every_step_names_the_requirement_that_it_serves() -> None:
    needs = [one.needed_for for one in answer(CHOICE).path.steps]

    assert needs == [(("target", "rag"),)] * 3


def test_a_step_that_the_role_asks_for_says_so() -> None:
    reason = step(answer(CHOICE), "rag").because

    assert (reason.roles, reason.node) == (("target",), None)


def test_a_step_that_several_roles_ask_for_names_them_all() -> None:
    shared = graph("a", "b", "c", roles={"one": "a, b", "two": "b, c", "three": "b"})
    found = answer(shared, target="both")

    asked = {one.node.skill: one.because.roles for one in found.path.steps}
    assert asked == {"a": ("one",), "b": ("one", "two", "three"), "c": ("two",)}
    assert (
        because(step(found, "b"), shared) == "The roles One, Two and Three ask for it. So it is."
    )
    assert because(step(found, "a"), shared) == "The role One asks for it. So it is."


def test_any_other_step_names_what_rests_on_it_with_the_reason() -> None:
    reason = step(answer(CHOICE), "python").because

    assert (reason.roles, reason.node, reason.reason) == (
        (),
        Node(SkillId("http"), 1),
        "So it is.",
    )


def test_a_step_unlocks_what_rests_on_it_directly() -> None:
    assert step(answer(CHOICE), "http").unlocks == ("rag",)


def test_a_step_serves_every_role_whose_own_path_holds_it() -> None:
    assert step(answer(CHOICE), "python").serves_roles == ("target", "other")


def test_a_step_serves_every_role_that_needs_it_on_this_path() -> None:
    joined = graph(
        "python 40",
        "typescript 52",
        "http 10: python | typescript",
        roles={"one": "http", "two": "typescript"},
    )

    assert walk(answer(joined, target="one")) == ["python@1", "http@1"]
    assert step(answer(joined, target="both"), "typescript").serves_roles == ("one", "two")


def test_who_knows_everything_has_an_empty_path_and_full_readiness() -> None:
    found = answer(CHOICE, ("rag", 1), ("python", 1))

    assert walk(found) == []
    assert [standing.readiness for standing in found.standings] == [1, 1]
    assert found.path.proof.is_optimal


def test_gaps_name_the_alternative_that_the_path_takes() -> None:
    vague = graph("dear 50", "cheap 5", roles={"target": "dear | cheap"})

    gaps = answer(vague).standings[0].gaps

    assert [(gap.skill, gap.have, gap.need) for gap in gaps] == [("cheap", 0, 1)]


def test_low_and_high_are_summed_along_the_path_and_never_chosen_by() -> None:
    raw = graph("a 10", "b 9", roles={"target": "a | b"})
    effort = answer(raw).path.effort

    assert (effort.low, effort.likely, effort.high) == (900, 900, 900)
