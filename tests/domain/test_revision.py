from random import Random
from typing import Any

import pytest

from service.domain.graph import SkillGraph
from service.domain.revision import Cause, Entry, ListChange, Revision, compare
from tests.builders import document, graph, graph_of
from tests.random_graphs import random_case

BEFORE = ("git 4", "python 10 20", "cloud-a 8", "cloud-b 9", "rag 6 8: python; git")
ROLES = {"ai-engineer": "rag@2, cloud-a | cloud-b"}
CODER: Any = [{"id": "coder", "name": "Coder", "skills": [{"skill": "git", "level": 1}]}]
CLOUDY: Any = [{"id": "coder", "name": "Coder", "skills": [{"skill": "cloud-b", "level": 1}]}]


def told(revision: Revision, start: str | None = None) -> list[tuple[str, float, str, str]]:
    """Return the account of a way: step, hours more or less, cause, what needs it."""
    return [
        (
            f"{change.node.skill}@{change.node.level}",
            change.difference / 100,
            change.cause.value,
            f"{change.by.skill}@{change.by.level}" if change.by else "",
        )
        for way in revision.ways
        if way.start == start
        for change in way.changes
    ]


def before() -> SkillGraph:
    return graph(*BEFORE, roles=ROLES, profiles=CODER)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(graph(*BEFORE, roles=ROLES, profiles=CODER), [], id="nothing"),
        pytest.param(
            graph(*BEFORE[:-1], "rag 6 11.5: python; git", roles=ROLES),
            [("rag@2", 3.5, "hours", "")],
            id="other hours of a step",
        ),
        pytest.param(
            graph(*BEFORE, roles={"ai-engineer": "rag@2, cloud-a | cloud-b, python@2"}),
            [("python@2", 20, "asked", "")],
            id="a role asks for more",
        ),
        pytest.param(
            graph(*BEFORE, roles={"ai-engineer": "rag, cloud-a | cloud-b"}),
            [("rag@2", -8, "asked", ""), ("git@1", -4, "follows", "rag@2")],
            id="a role asks for less, and what the step rested on goes with it",
        ),
        pytest.param(
            graph(*BEFORE[:-1], "rag 6 8: python@2; git", roles=ROLES),
            [("python@2", 20, "asked", "rag@1")],
            id="a step has a higher prerequisite",
        ),
        pytest.param(
            graph(*BEFORE[:-1], "rag 6 8: python", roles=ROLES),
            [("git@1", -4, "asked", "rag@2")],
            id="a step has a prerequisite less",
        ),
        pytest.param(
            graph(*BEFORE[:3], "cloud-b 5", BEFORE[4], roles=ROLES),
            [("cloud-a@1", -8, "chosen", ""), ("cloud-b@1", 5, "chosen", "")],
            id="the choice falls otherwise",
        ),
        pytest.param(
            graph(*BEFORE, roles={"ai-engineer": "rag@2, cloud-b"}),
            [("cloud-b@1", 9, "asked", ""), ("cloud-a@1", -8, "accepted", "")],
            id="a choice is taken away",
        ),
        pytest.param(
            graph(*BEFORE, "cloud-c 1", roles={"ai-engineer": "rag@2, cloud-a | cloud-c"}),
            [("cloud-a@1", -8, "chosen", ""), ("cloud-c@1", 1, "accepted", "")],
            id="a shorter alternative is new",
        ),
        pytest.param(
            graph(*BEFORE[:-1], "mcp 3: git", "rag 6 8: python; mcp", roles=ROLES),
            [("mcp@1", 3, "asked", "rag@2")],
            id="a new skill between two steps",
        ),
        pytest.param(
            graph("git 4", "coding 10 20", *BEFORE[2:4], "rag 6 8: coding; git", roles=ROLES),
            [("python@1", -10, "asked", "rag@1"), ("coding@1", 10, "asked", "rag@1")],
            id="a skill removed and another in its place",
        ),
    ],
)
def test_the_account_of_a_way_names_each_step_that_changed_it(
    after: SkillGraph, expected: list[tuple[str, float, str, str]]
) -> None:
    revision = compare(before(), after)

    assert sorted(told(revision)) == sorted(expected)


def test_what_a_profile_claims_changes_its_own_way_alone() -> None:
    revision = compare(before(), graph(*BEFORE, roles=ROLES, profiles=CLOUDY))

    assert told(revision) == []
    assert sorted(told(revision, "coder")) == [
        ("cloud-a@1", -8, "chosen", ""),
        ("git@1", 4, "known", ""),
    ]


def test_a_renamed_skill_is_the_same_skill() -> None:
    raw = document(*BEFORE[1:-1], "vcs 5", "rag 6 8: python; vcs", roles=ROLES)
    raw["skills"][3]["aliases"] = ["Git"]
    revision = compare(before(), graph_of(raw))

    assert revision.skills.renamed == ((Entry("git", "Git"), Entry("vcs", "Vcs")),)
    assert (revision.skills.added, revision.skills.removed) == ((), ())
    assert told(revision) == [("vcs@1", 1, "hours", "")]


def test_a_skill_that_two_may_have_become_is_gone() -> None:
    raw = document("git-a", "git-b")
    raw["skills"][0]["aliases"] = ["Version control"]
    raw["skills"][1]["aliases"] = ["Git"]
    old = document("git")
    old["skills"][0]["aliases"] = ["VCS", "Version control"]
    skills = compare(graph_of(old), graph_of(raw)).skills

    assert skills.renamed == ()
    assert [entry.id for entry in skills.removed] == ["git"]
    assert [entry.id for entry in skills.added] == ["git-a", "git-b"]


def test_what_was_added_and_removed_is_listed_and_not_compared() -> None:
    after = graph(*BEFORE, roles={"operator": "git", **ROLES}, profiles=[])
    revision = compare(before(), after)

    assert [entry.id for entry in revision.roles.added] == ["operator"]
    assert [entry.id for entry in revision.profiles.removed] == ["coder"]
    assert (revision.compared, revision.ways) == (1, ())


def test_graphs_without_roles_have_no_ways_to_compare() -> None:
    nothing = graph_of(document("a", roles={"target": "a"}) | {"roles": []})

    assert compare(nothing, before()).compared == 0


def test_steps_are_told_the_largest_change_first() -> None:
    after = graph("git 5", "python 13 20", *BEFORE[2:], roles=ROLES)

    assert [change.difference for change in compare(before(), after).ways[0].changes] == [300, 100]


def test_the_account_adds_up_to_the_difference() -> None:
    """Two random graphs share ids of skills and roles and little else: every cause occurs."""
    random, causes = Random(7), set()
    for _ in range(60):
        one, two = (graph_of(random_case(random).graph) for _ in range(2))
        for way in compare(one, two).ways:
            causes |= {change.cause for change in way.changes}
            assert sum(change.difference for change in way.changes) == way.difference
            assert len({change.node for change in way.changes}) == len(way.changes)
    assert causes == set(Cause) - {Cause.KNOWN}  # these graphs have no profiles


def test_the_way_back_undoes_every_difference() -> None:
    random = Random(11)
    for _ in range(20):
        one, two = (graph_of(random_case(random).graph) for _ in range(2))
        there = {way.role: way.difference for way in compare(one, two).ways}
        back = {way.role: way.difference for way in compare(two, one).ways}
        assert back == {role: -difference for role, difference in there.items()}


def test_a_graph_against_itself_has_no_changes() -> None:
    revision = compare(before(), before())

    assert (revision.compared, revision.ways) == (2, ())
    assert revision.skills == ListChange((), (), ())
