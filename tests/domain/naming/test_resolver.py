"""Names as people write them, by a table that anybody can read and add to."""

from random import Random

import pytest

from service.domain.naming.looks import LOOKS_AT_A_NAME, Looks
from service.domain.naming.resolver import LOOKS_AT_ALL, Resolver
from service.domain.naming.results import Resolved, Unknown
from tests.domain.naming.naming_cases import RESOLVER, SHIPPED, rows, told


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        pytest.param(row["spelling"], row["reads as"], id=f"{row['spelling']}: {row['why']}")
        for row in rows("names.csv")
    ],
)
def test_a_name_reads_as(spelling: str, expected: str) -> None:
    assert told(RESOLVER.resolve(spelling)) == expected


NAMES = [row["spelling"] for row in rows("names.csv")]
HOSTILE = ["".join(Random(seed).choices("ab (),/&-:.", k=200)).strip() for seed in range(500)]
"""Brackets, headings and lists in lists: what costs most to read."""


def test_many_names_are_read_like_each_alone() -> None:
    read = RESOLVER.resolve_all(NAMES)

    assert read == {name: RESOLVER.resolve(name) for name in NAMES}


def test_neither_order_nor_repetition_of_names_makes_a_difference() -> None:
    names = [*NAMES, *HOSTILE]
    shuffled = Random(1).sample(names * 2, k=len(names) * 2)

    assert RESOLVER.resolve_all(names) == RESOLVER.resolve_all(shuffled)


def test_the_work_on_all_names_of_a_request_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in looks, which a busy machine does not stretch."""
    spent: list[Looks] = []

    def count(self: Looks, most: int = LOOKS_AT_A_NAME) -> None:
        self._most, self.spent = most, 0
        spent.append(self)

    monkeypatch.setattr(Looks, "__init__", count)
    read = Resolver(SHIPPED.catalogue).resolve_all([*HOSTILE, *NAMES])
    looks = [looks.spent for looks in spent]

    assert sum(looks) < LOOKS_AT_ALL + 2 * LOOKS_AT_A_NAME
    assert max(looks) < 2 * LOOKS_AT_A_NAME
    assert isinstance(read["Docker & Kubernetes"], Resolved)  # shorter than what is hostile
    assert list(read.values()).count(Unknown()) > 400


def test_beyond_the_bound_spellings_of_the_catalogue_are_known_all_the_same() -> None:
    longest = max((label.text for label in RESOLVER.labels.labels), key=len)
    hostile = [text[: len(longest) - 1] for text in HOSTILE]
    read = RESOLVER.resolve_all([*hostile, longest, f"{longest} and Python"])

    assert isinstance(read[longest], Resolved)
    assert read[f"{longest} and Python"] == Unknown()
    assert isinstance(RESOLVER.resolve(f"{longest} and Python"), Resolved)
