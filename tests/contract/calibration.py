"""The tables and figures of ``docs/calibration.md``, made from the graph.

``python -m tests.contract.calibration`` writes them into the document.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from service.adapters.graph_file import load_graph
from service.domain.graph import SkillGraph
from service.domain.skill import NO_EFFORT, Effort, SkillId, SkillLevel
from service.domain.ways import ways_to_each_role
from service.entrypoints.cli.totals import totals_as_markdown
from service.entrypoints.pictures.lettering import hours

ROOT: Final = Path(__file__).parents[2]
DOCUMENT: Final = ROOT / "docs" / "calibration.md"
SOFTWARE: Final = (
    "backend-engineer",
    "java-backend-engineer",
    "frontend-engineer",
    "full-stack-engineer",
    "devops-engineer",
)
WEEKS: Final = {"six months": 26, "three months": 13}

BLOCK: Final = re.compile(r"<!-- (\w+) -->\n.*?<!-- /\1 -->", re.DOTALL)
LEARNING_TIME: Final = re.compile(
    r"(\| `([\w-]+)` \| (\d)(?:-(\d))? \|.*\|)[^|\n]*\|$", re.MULTILINE
)
FIGURE: Final = re.compile(
    r"\{(?P<from>[\w -]+) to (?P<to>[\w -]+)\}|"
    r"[\d.]+ hours \((?P<told_from>[\w -]+) to (?P<told_to>[\w -]+)\)"
)


def written(text: str, graph: SkillGraph) -> str:
    """Return the document with every table and figure as the graph has it."""
    text = BLOCK.sub(lambda found: _block(found[1], graph), text)
    text = LEARNING_TIME.sub(lambda found: _learning_time(found, graph), text)
    totals = _likely_by_names(graph)

    def figure(found: re.Match[str]) -> str:
        start = " ".join((found["from"] or found["told_from"]).split())
        role = " ".join((found["to"] or found["told_to"]).split())
        return f"{hours(totals[start, role])} hours ({start} to {role})"

    return FIGURE.sub(figure, text)


def _block(name: str, graph: SkillGraph) -> str:
    return f"<!-- {name} -->\n{_BLOCKS[name](graph)}\n<!-- /{name} -->"


def _basis(graph: SkillGraph) -> str:
    levels = list(_levels(graph))
    rows = []
    for basis in ("estimate", "derived", "measured"):
        of_basis = [level.effort for level in levels if level.basis == basis]
        rows.append((f"`{basis}`", str(len(of_basis)), hours(_sum(of_basis).likely)))
    rows.append(("all", str(len(levels)), hours(_sum(level.effort for level in levels).likely)))
    return _table(("basis", "levels", "likely hours in them"), rows)


def _sources(graph: SkillGraph) -> str:
    counts: dict[str, int] = defaultdict(int)
    for level in _levels(graph):
        for source in level.sources:
            counts[source] += 1
    titles = {source.id: source.title for source in graph.catalogue.sources}
    rows = [(titles[source], str(count)) for source, count in sorted(counts.items())]
    return _table(("source", "levels"), rows)


def _pace(graph: SkillGraph) -> str:
    likely = {way.start: way for way in ways_to_each_role(graph) if way.roles == ("ai-engineer",)}
    names = {profile.id: profile.name for profile in graph.catalogue.profiles}
    rows = [
        (
            names[profile],
            hours(likely[profile].effort.likely),
            *(f"{likely[profile].effort.likely / 100 / weeks:.0f}" for weeks in WEEKS.values()),
        )
        for profile in SOFTWARE
    ]
    heads = ("to AI engineer", "hours", *(f"hours a week for {time}" for time in WEEKS))
    return _table(heads, rows)


def _codes(graph: SkillGraph) -> str:
    skills = graph.catalogue.skills
    rows = []
    for catalogue, name in (("esco", "ESCO"), ("onet", "O*NET"), ("wikidata", "Wikidata")):
        coded = sum(1 for skill in skills if dict(skill.same_as).get(catalogue))
        rows.append((name, str(coded), str(len(skills) - coded)))
    return _table(("catalogue", "skills with a verified code", "skills without one"), rows)


_BLOCKS: Final[dict[str, Callable[[SkillGraph], str]]] = {
    "basis": _basis,
    "sources": _sources,
    "totals": totals_as_markdown,
    "pace": _pace,
    "codes": _codes,
}


def _learning_time(found: re.Match[str], graph: SkillGraph) -> str:
    first, last = int(found[3]), int(found[4] or found[3])
    levels = graph.skills[SkillId(found[2])].levels[first - 1 : last]
    low, likely, high = map(hours, _sum(level.effort for level in levels))
    return f"{found[1]} {likely} ({low}\N{EN DASH}{high}) |"


def _likely_by_names(graph: SkillGraph) -> dict[tuple[str, str], int]:
    names = {profile.id: profile.name for profile in graph.catalogue.profiles}
    return {
        (names[way.start], graph.roles[way.roles[0]].name): way.effort.likely
        for way in ways_to_each_role(graph)
        if way.start
    }


def _levels(graph: SkillGraph) -> Iterable[SkillLevel]:
    return (level for skill in graph.catalogue.skills for level in skill.levels)


def _sum(efforts: Iterable[Effort]) -> Effort:
    total = NO_EFFORT
    for effort in efforts:
        total = total.plus(effort)
    return total


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    rule = ("---", *["---:"] * (len(heads) - 1))
    return "\n".join("| " + " | ".join(row) + " |" for row in (heads, rule, *rows))


if __name__ == "__main__":
    graph = load_graph(ROOT / "skills_graph.json")
    DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8"), graph), "utf-8")
