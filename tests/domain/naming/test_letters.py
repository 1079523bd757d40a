"""The sieve of letters: it may keep too many keys, never too few."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from service.domain.naming.letters import Sieve
from tests.domain.naming.naming_cases import RESOLVER

words = st.text("abcé1+", min_size=1, max_size=8)


@given(st.lists(words, max_size=30, unique=True), words, st.integers(0, 4))
@settings(max_examples=200, deadline=None)
def test_every_key_within_the_distance_is_kept(keys: list[str], key: str, most: int) -> None:
    kept = Sieve(keys).near(key, most)

    assert {other for other in keys if OSA.distance(key, other) <= most} <= set(kept) <= set(keys)
    assert kept == sorted(kept, key=len)
    assert len(kept) == len(set(kept))


def test_of_the_shipped_spellings_few_are_kept() -> None:
    keys = {label.key for label in RESOLVER.labels.labels}
    kept = Sieve(keys).near("kubernetse", 4)

    assert "kubernetes" in kept
    assert len(kept) < len(keys) / 20


def test_without_keys_nothing_is_near() -> None:
    assert Sieve([]).near("python", 4) == []
