"""What holds of every string, every text and every graph: the laws of reading."""

import sys
import unicodedata
from collections.abc import Iterator

from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.domain.naming.extraction import extract_from_text
from service.domain.naming.resolver import Resolver
from service.domain.naming.results import MAX_SUGGESTIONS, Ambiguous, Resolved, Unknown
from service.domain.naming.resume import extract_from_resume
from tests.builders import document, graph_of
from tests.domain.naming.naming_cases import RESOLVER, SHIPPED, rows, told

LAW = settings(max_examples=80, deadline=None)

NAMES = sorted({row["spelling"] for row in rows("names.csv")})
PIECES = [
    *NAMES,
    " ",
    ",",
    " and ",
    "/",
    "(",
    ")",
    ": ",
    " - ",
    "no ",
    "5 years of ",
    "\n",
    "é",
    "🐍",
]

anything = st.text(max_size=300)
nearly_names = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
strings = st.one_of(anything, nearly_names)


@given(strings)
@example("(" * 400)
@example(")(" * 200)
@example("a," * 200)
@example("no " * 100)
@example("C" * 10_000)
@example("\ufdfa" * 400)
@example("1 " * 200)
@LAW
def test_any_string_is_resolved_ambiguous_or_unknown(text: str) -> None:
    match RESOLVER.resolve(text):
        case Resolved(matches):
            assert matches
            assert all(match.skill in SHIPPED.skills for match in matches)
            assert all(0 < match.score <= 1 for match in matches)
        case Ambiguous(candidates):
            assert candidates
            assert list(candidates) == sorted(candidates, key=SHIPPED.first_position)
        case Unknown(suggestions):
            assert len(suggestions) <= MAX_SUGGESTIONS
            assert [s.score for s in suggestions] == sorted(
                (s.score for s in suggestions), reverse=True
            )


@given(st.sampled_from(NAMES))
@LAW
def test_case_makes_no_difference_to_long_names(name: str) -> None:
    if name.isascii() and len(name) > 5:
        assert told(RESOLVER.resolve(name.upper())) == told(RESOLVER.resolve(name.lower()))


@given(strings, st.sampled_from([" ", "  ", "\t", "\n"]))
@LAW
def test_space_around_a_string_makes_no_difference(text: str, space: str) -> None:
    assert told(RESOLVER.resolve(f"{space}{text}{space}")) == told(RESOLVER.resolve(text))


@given(strings)
@LAW
def test_composed_and_decomposed_letters_are_the_same(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert told(RESOLVER.resolve(composed)) == told(RESOLVER.resolve(decomposed))


@given(strings)
@LAW
def test_the_same_string_reads_the_same_again(text: str) -> None:
    assert RESOLVER.resolve(text) == RESOLVER.resolve(text)


@given(strings)
@LAW
def test_every_span_slices_to_the_words_that_were_found(text: str) -> None:
    found = extract_from_text(RESOLVER, text)

    ends = 0
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.text != ""
        assert mention.start >= 0
        ends = max(ends, mention.end)
    assert ends <= len(text)


@given(st.sampled_from(NAMES), st.sampled_from(["x", "é", "7x", "Я"]))
@LAW
def test_a_name_inside_a_word_is_not_found(name: str, letter: str) -> None:
    glued = f"{letter}{name}{letter}"
    starts = {mention.start for mention in extract_from_text(RESOLVER, glued).mentions}

    assert 0 not in starts


@given(strings, strings)
@LAW
def test_a_blank_line_parts_what_is_read(one: str, other: str) -> None:
    apart = f"{one.strip()}\n\n.\n\n{other.strip()}"
    alone = [*_skills(one.strip()), *_skills(other.strip())]

    assert set(alone) <= set(_skills(apart))


def _skills(text: str) -> Iterator[str]:
    yield from (mention.skill for mention in extract_from_text(RESOLVER, text).mentions)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | nearly_names,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["skills", "name", "keywords", "level", "work", "highlights", "basics"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(json_values)
@LAW
def test_any_json_value_can_be_read_as_a_resume(value: object) -> None:
    found = extract_from_resume(RESOLVER, value)

    assert all(mention.skill in SHIPPED.skills for mention in found.mentions)
    assert all(mention.pointer.startswith("/") for mention in found.mentions)


@given(strings, st.integers(-1, 12))
@LAW
def test_completions_are_distinct_skills_at_most_as_many_as_asked(text: str, limit: int) -> None:
    completions = RESOLVER.complete(text, limit)

    assert len(completions) <= max(0, limit)
    assert len({completion.skill for completion in completions}) == len(completions)
    ranks = [("prefix", "infix", "fuzzy").index(completion.match) for completion in completions]
    assert ranks == sorted(ranks)


@given(strings, st.integers(1, 6))
@LAW
def test_fewer_completions_are_the_first_of_more(text: str, limit: int) -> None:
    assert RESOLVER.complete(text, limit) == RESOLVER.complete(text, limit + 5)[:limit]


def test_foreign_labels_change_no_reading() -> None:
    """A catalogue of 2,000 foreign skills beside ours reads our names as ours does alone."""
    raw = document("python 10", "kubernetes 10", "go 10", "spark 10")
    raw["skills"][1]["aliases"] = ["k8s"]
    raw["skills"][3] |= {"tools": ["Databricks"]}
    alone = Resolver(graph_of(raw).catalogue)
    verbs = ["weld", "bake", "tune", "paint", "prune", "carve", "knit", "roast", "audit", "mend"]
    things = [f"{a} {b}" for a in verbs for b in ("pipes", "pianos", "hedges", "ledgers", "boats")]
    for number in range(2000):
        label = f"{verbs[number % 10]} {things[number % 50]} {number // 50}th grade"
        raw["skills"].append({**raw["skills"][0], "id": f"foreign-{number}", "name": label})
    among = Resolver(graph_of(raw).catalogue)

    for name in [*NAMES, "Pyhton", "kubernetse", "Databriks", "advanced Go"]:
        if isinstance(alone.resolve(name), Resolved):
            assert told(among.resolve(name)) == told(alone.resolve(name))
        else:
            assert not isinstance(among.resolve(name), Resolved)


def test_reading_takes_time_in_proportion_to_the_text() -> None:
    """Counted in lines of code that run, which a busy machine does not stretch."""
    text = "Advanced Python, no Java; react to (Go, R): 5 years of Kubernetes - and more. "

    small, large = (_lines_run(text * count) for count in (20, 200))

    assert large < 11 * small


def test_a_string_of_a_megabyte_costs_no_more_than_looking_at_it() -> None:
    assert RESOLVER.resolve("Python, " * 131_072) == Unknown()
    assert RESOLVER.resolve("x" * 1_048_576) == Unknown()


def _lines_run(text: str) -> int:
    counted = 0

    def count(*_: object) -> object:
        nonlocal counted
        counted += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)  # type: ignore[arg-type]
    try:
        extract_from_text(RESOLVER, text)
    finally:
        sys.settrace(before)
    return counted
