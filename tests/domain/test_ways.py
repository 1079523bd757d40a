from service.domain.ways import starts, ways_to_all_roles, ways_to_each_role
from tests.builders import document, graph, graph_of

PROFILES = [{"id": "coder", "name": "Coder", "skills": [{"skill": "rag", "level": 1}]}]
TWO_ROLES = graph(
    "git 4",
    "python 10",
    "rag 6 8: git",
    roles={"ai-engineer": "rag@2", "ml-engineer": "python, git"},
    profiles=PROFILES,
)


def test_everybody_goes_to_every_role() -> None:
    ways = [(way.start, *way.roles, way.effort.likely) for way in ways_to_each_role(TWO_ROLES)]

    assert ways == [
        (None, "ai-engineer", 1800),
        (None, "ml-engineer", 1400),
        ("coder", "ai-engineer", 800),
        ("coder", "ml-engineer", 1000),
    ]


def test_the_way_to_all_roles_shares_their_steps() -> None:
    ways = [(way.start, way.effort.likely) for way in ways_to_all_roles(TWO_ROLES)]

    assert ways == [(None, 2800), ("coder", 1800)]


def test_without_profiles_one_starts_from_nothing() -> None:
    assert starts(graph("git")) == (None,)


def test_without_roles_there_is_no_way() -> None:
    nowhere = graph_of(document("git") | {"roles": []})

    assert list(ways_to_each_role(nowhere)) == []
    assert [way.effort.likely for way in ways_to_all_roles(nowhere)] == [0]
