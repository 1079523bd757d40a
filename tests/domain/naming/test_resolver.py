"""Names as people write them, by a table that anybody can read and add to."""

import pytest

from tests.domain.naming.naming_cases import RESOLVER, rows, told


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        pytest.param(row["spelling"], row["reads as"], id=f"{row['spelling']}: {row['why']}")
        for row in rows("names.csv")
    ],
)
def test_a_name_reads_as(spelling: str, expected: str) -> None:
    assert told(RESOLVER.resolve(spelling)) == expected
