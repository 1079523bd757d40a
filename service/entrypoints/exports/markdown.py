"""An answer as Markdown (with tables, as GitHub and GitLab show them)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from service.domain.graph import SkillGraph
from service.entrypoints.exports.naming import level_name
from service.entrypoints.pictures.lettering import listed, percent, plain

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#+!|~&-])")


def as_markdown(answer: dict[str, Any], graph: SkillGraph) -> str:
    """Return an answer as a document: where one stands, the path, its projects and its proof."""
    sections = (
        _title(answer, graph),
        _notice(answer),
        _standings(answer),
        _steps(answer, graph),
        _first_days(answer, graph),
        _projects(answer),
        _alternatives(answer),
        _budget(answer, graph),
        _proof(answer),
        _sources(answer),
    )
    return "\n\n".join("\n".join(lines) for lines in map(list, sections) if lines) + "\n"


def _title(answer: dict[str, Any], graph: SkillGraph) -> Iterator[str]:
    roles = [_text(graph.roles[role].name) for role in answer["target"]["roles"]]
    yield f"# Learning path to {listed(roles) if roles else 'your requirements'}"
    path = answer["path"]
    hours = path["hours"]
    yield ""
    yield (
        f"{hours['likely']:g} hours likely ({hours['low']:g} to {hours['high']:g})"
        + (f", {path['weeks']:g} weeks" if path["weeks"] is not None else "")
        + (f", until {path['finish_date']}" if path["finish_date"] else "")
        + f". Graph {_text(answer['graph_version'])} of {answer['as_of']}."
    )


def _notice(answer: dict[str, Any]) -> Iterator[str]:
    profile = answer["profile"]
    if profile["notice"]:
        yield _text(profile["notice"])
    missed = [_text(each["input"]) for each in (*profile["ambiguous"], *profile["unknown"])]
    if missed:
        yield f"Not understood, and not counted: {listed(missed)}."


def _standings(answer: dict[str, Any]) -> Iterator[str]:
    if not answer["roles"]:
        return
    yield "## Where you stand"
    yield ""
    rows = [
        (role["name"], percent(role["readiness"]), f"{role['hours']['likely']:g}")
        for role in answer["roles"]
    ]
    yield from _table(("Role", "Readiness", "Hours to go"), rows)


def _steps(answer: dict[str, Any], graph: SkillGraph) -> Iterator[str]:
    steps = answer["path"]["steps"]
    yield "## Steps"
    yield ""
    if not steps:
        yield "Nothing is left to learn."
        return
    rows = [
        (
            str(step["order"]),
            step["name"],
            level_name(graph, step["level"]),
            f"{step['hours']['likely']:g}",
            f"{step['hours_so_far']:g}",
            " to ".join(step["dates"]) if step["dates"] else "",
            step["because"],
        )
        for step in steps
    ]
    yield from _table(("#", "Skill", "Level", "Hours", "Total", "When", "Why"), rows)


def _first_days(answer: dict[str, Any], graph: SkillGraph) -> Iterator[str]:
    first = answer["first_90_days"]
    if not first or not first["skills"]:
        return
    yield f"## The first {first['days']} days"
    yield ""
    for skill in first["skills"]:
        yield f"- {_text(skill['name'])}: {_text(level_name(graph, skill['level']))}"


def _projects(answer: dict[str, Any]) -> Iterator[str]:
    projects = answer["path"]["projects"]
    if not projects:
        return
    yield "## Projects"
    yield ""
    for project in projects:
        after = f"after step {project['after_step']}" if project["after_step"] else "to begin with"
        yield f"- **{_text(project['name'])}**, {after}. {_text(project['summary'])}".rstrip()


def _alternatives(answer: dict[str, Any]) -> Iterator[str]:
    if not answer["alternatives"]:
        return
    yield "## Other paths"
    yield ""
    for other in answer["alternatives"]:
        yield f"- {_text(other['difference'])}"


def _budget(answer: dict[str, Any], graph: SkillGraph) -> Iterator[str]:
    spent = answer.get("within_budget")
    if not spent:
        return
    yield f"## Within {spent['budget_hours']:g} hours"
    yield ""
    before, after = (percent(spent[name]) for name in ("readiness_before", "readiness_after"))
    yield f"Readiness goes from {_text(before)} to {_text(after)}."
    yield ""
    for step in spent["path"]["steps"]:
        yield (
            f"{step['order']}. {_text(step['name'])}: {_text(level_name(graph, step['level']))}, "
            f"{step['hours']['likely']:g} h"
        )


def _proof(answer: dict[str, Any]) -> Iterator[str]:
    certificate = answer["path"]["certificate"]
    yield "## Proof"
    yield ""
    if certificate["status"] == "optimal":
        yield "No path is shorter."
    else:
        yield f"No path takes less than {certificate['lower_bound_hours']:g} hours."


def _sources(answer: dict[str, Any]) -> Iterator[str]:
    if not answer["sources"]:
        return
    yield "## Sources of the hours"
    yield ""
    for source in answer["sources"]:
        yield f"- {_text(source['title'])}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _line(heads)
    yield _line(["---"] * len(heads))
    yield from (_line([_text(cell) for cell in row]) for row in rows)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """Return a text that stands for itself: nothing in it is markup."""
    return _SPECIAL.sub(r"\\\1", plain(text))
