"""Levels as people state them."""

import pytest

from service.domain.catalogue import Level
from service.domain.naming.levels import Levels

LEVELS = Levels(
    (
        Level(1, "aware", "Aware", ("basic", "entry level")),
        Level(2, "working", "Working", ("good",)),
        Level(3, "proficient", "Proficient", ("advanced", "very good")),
        Level(4, "expert", "Expert"),
    )
)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        pytest.param("expert", 4, id="an id"),
        pytest.param("Proficient", 3, id="a name"),
        pytest.param("entry-level", 1, id="an alias, punctuation aside"),
        pytest.param("advanced level", 3, id="an alias and the word level"),
        pytest.param("level 2", 2, id="a number behind the word"),
        pytest.param("3", 3, id="a number"),
        pytest.param("5", None, id="a number beyond the scale"),
        pytest.param("none", 0, id="none at all"),
        pytest.param("0", 0, id="nought"),
        pytest.param("5+ years", 3, id="years"),
        pytest.param("5 years of experience", 3, id="years of experience"),
        pytest.param("2-4 yrs", 2, id="a range of years: its lower end"),
        pytest.param("6 months", 1, id="months"),
        pytest.param("18 months", 2, id="months beyond a year"),
        pytest.param("guru of sorts", None, id="no level"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_string_states_a_level(text: str, level: int | None) -> None:
    assert LEVELS.level(text) == level


def test_a_bare_number_beside_a_name_is_a_version() -> None:
    assert LEVELS.stated("3") is None
    assert LEVELS.word(["3"]) is None


def test_the_longest_level_at_either_end_counts() -> None:
    assert LEVELS.prefix(["very", "good", "python"]) == (3, 2)
    assert LEVELS.suffix(["python", "very", "good"]) == (3, 2)
    assert LEVELS.prefix(["python"]) is None


def test_a_duration_is_split_from_what_stands_around_it() -> None:
    assert LEVELS.split_duration("Python - 5 years") == ("Python -", 3)
    assert LEVELS.split_duration("Python 3.11") == ("Python 3.11", None)


def test_years_never_speak_for_more_than_the_scale_has() -> None:
    assert Levels((Level(1, "known", "Known"),)).level("10 years") == 1
