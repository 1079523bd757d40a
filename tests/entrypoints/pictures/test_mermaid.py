"""Pictures as Mermaid flowcharts."""

import re

from service.entrypoints.pictures.mermaid import as_mermaid
from service.entrypoints.pictures.picture import picture_of
from tests.builders import graph
from tests.entrypoints.pictures.pictured import choices_and_circles, hostile


def test_a_small_graph_reads_so() -> None:
    picture = picture_of(graph("a 2", "b", "c 3 4: a; a | b", roles={"maker": "c@2"}))
    assert (
        as_mermaid(picture)
        == """flowchart LR
  accTitle: Maker
  accDescr: 3 skills of A small graph, version 2026.1.1: what comes before what, prerequisites \
on the left.
  subgraph a1["General"]
    s1["A<br/>level 1, 2 h"]
    s2["B<br/>level 1, 10 h"]
    s3["C<br/>levels 1 to 2, 7 h<br/>asked: 2 (maker)"]
  end
  c1{"1 of 2"}
  r1(["Maker"])
  s1 -->|"1 for 1"| s3
  s1 -.->|"1"| c1
  s2 -.->|"1"| c1
  c1 -.->|"for 2"| s3
  s3 -->|"2"| r1
  classDef asked stroke-width:3px
  class s3 asked
"""
    )


def test_texts_hold_nothing_that_the_language_gives_a_meaning() -> None:
    text = as_mermaid(hostile())
    for label in re.findall(r'"([^"\n]*)"', text):
        said = re.sub(r"#[0-9]+;|<br/>", "", label)
        assert not set(said) & set('"#%&<>`\\{}[]|'), label
    assert text.count('"') % 2 == 0
    assert "<b>" not in text
    assert "script>" not in text


def test_titles_end_with_their_line() -> None:
    lines = as_mermaid(hostile()).splitlines()
    assert lines[1].startswith("  accTitle: ")
    assert not set(lines[1]) & set('"#%&;<>`\\{}')


def test_ids_of_skills_never_meet_the_words_of_the_language() -> None:
    lines = as_mermaid(hostile()).splitlines()
    assert [line for line in lines if line.strip() == "end"] == ["  end"]


def test_every_line_joins_declared_nodes() -> None:
    for by_level in (False, True):
        text = as_mermaid(picture_of(choices_and_circles(), by_level=by_level))
        declared = set(re.findall(r"^ +([scr][0-9]+)[\[{(]", text, re.MULTILINE))
        joined = re.findall(r"^ +([scr]\d+) -\.?->?.* ([scr]\d+)$", text, re.MULTILINE)
        assert joined
        assert declared.issuperset(end for pair in joined for end in pair)
