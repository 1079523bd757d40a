"""The document about the hours says what the graph says."""

from service.adapters.graph_file import load_graph
from tests.contract.calibration import BLOCK, DOCUMENT, FIGURE, LEARNING_TIME, ROOT, written

GRAPH = load_graph(ROOT / "skills_graph.json")
TEXT = DOCUMENT.read_text("utf-8")


def test_its_tables_and_figures_are_those_of_the_graph() -> None:
    assert written(TEXT, GRAPH) == TEXT, "run: make calibration"


def test_it_holds_what_is_made_from_the_graph() -> None:
    assert [found[1] for found in BLOCK.finditer(TEXT)] == [
        *("basis", "sources", "totals", "pace", "codes")
    ]
    assert len(LEARNING_TIME.findall(TEXT)) > 15
    assert len(FIGURE.findall(TEXT)) == 6
