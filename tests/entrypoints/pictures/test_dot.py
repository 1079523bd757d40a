"""Pictures in DOT."""

import re

from service.entrypoints.pictures.dot import as_dot
from service.entrypoints.pictures.picture import picture_of
from tests.builders import graph
from tests.entrypoints.pictures.pictured import choices_and_circles, hostile

STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def test_a_small_graph_reads_so() -> None:
    picture = picture_of(graph("a 2", "b", "c 3 4: a; a | b", roles={"maker": "c@2"}))
    assert (
        as_dot(picture)
        == r"""digraph "Maker" {
  graph [rankdir=LR, label="Maker", labelloc=t, fontname=sans];
  node [shape=box, style=rounded, fontname=sans];
  edge [fontname=sans, fontsize=10];
  subgraph "cluster_general" {
    label="General";
    "a" [label="A\nlevel 1, 2 h"];
    "b" [label="B\nlevel 1, 10 h"];
    "c" [label="C\nlevels 1 to 2, 7 h\nasked: 2 (maker)", style="rounded,bold"];
  }
  "choice:1" [shape=diamond, style=solid, label="1 of 2", tooltip="any 1 of A (1) and B (1)"];
  "role:maker" [shape=oval, style=bold, label="Maker"];
  "a" -> "c" [label="1 for 1", tooltip="So it is."];
  "a" -> "choice:1" [label="1", style="dashed"];
  "b" -> "choice:1" [label="1", style="dashed"];
  "choice:1" -> "c" [label="for 2", style="dashed", tooltip="So it is."];
  "c" -> "role:maker" [label="2", tooltip="So it is."];
}
"""
    )


def test_no_text_breaks_out_of_its_quotes() -> None:
    text = as_dot(hostile())
    outside = STRING.sub("", text)
    assert '"' not in outside
    assert "\\" not in outside
    assert "script" not in outside
    assert outside.count("{") == outside.count("}") == 2


def test_a_backslash_in_a_name_is_no_command() -> None:
    assert r"&\\N'" in as_dot(hostile())


def test_every_line_joins_declared_nodes() -> None:
    for by_level in (False, True):
        text = as_dot(picture_of(choices_and_circles(), by_level=by_level))
        declared = set(re.findall(r'^ +"([^"]+)" \[', text, re.MULTILINE))
        joined = re.findall(r'^ +"([^"]+)" -> "([^"]+)"', text, re.MULTILINE)
        assert joined
        assert declared.issuperset(end for pair in joined for end in pair)
