"""Autocomplete: prefix, then infix, then fuzzy; in a stable order."""

import pytest

from service.domain.naming.resolver import Resolver
from tests.builders import document, graph_of

RAW = document("vector-search 10", "docker 10", "vectors 10", "kubernetes 10", "linear-algebra 10")
RAW["skills"][3]["aliases"] = ["docker orchestration"]
RAW["skills"][4]["shared_aliases"] = ["vector maths"]
RESOLVER = Resolver(graph_of(RAW).catalogue)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(
            "vec",
            [("vectors", "prefix"), ("vector-search", "prefix"), ("linear-algebra", "prefix")],
            id="names before shared spellings, the shorter first",
        ),
        pytest.param(
            "VECTOR.SEARC", [("vector-search", "prefix")], id="case and signs are no difference"
        ),
        pytest.param("docker", [("docker", "prefix"), ("kubernetes", "prefix")], id="the whole"),
        pytest.param("netes", [("kubernetes", "infix")], id="the middle"),
        pytest.param("dokcer", [("docker", "fuzzy")], id="a misspelling"),
        pytest.param("zzz", [], id="nothing"),
        pytest.param("--", [], id="no letters"),
    ],
)
def test_what_was_typed_is_completed(typed: str, expected: list[tuple[str, str]]) -> None:
    assert [(c.skill, c.match) for c in RESOLVER.complete(typed, 10)] == expected


def test_each_completion_says_which_spelling_fits() -> None:
    assert [c.spelling for c in RESOLVER.complete("docker orch", 1)] == ["docker orchestration"]
