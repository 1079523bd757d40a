"""Random small graphs with a learner and a target, valid by the data contract.

One recipe serves two masters. It asks all its questions through `pick(low, high)`, so a seeded
`random.Random` answers them for the oracle's bulk runs (`random_case`), and Hypothesis for the
laws (`graph_cases`). The low end is the simpler answer, towards which Hypothesis shrinks.

Only `randint` is asked of the random source and no set is ever walked, so a seed gives the
same case on every supported Python.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple, TypeAlias, TypedDict, TypeVar, Unpack

from hypothesis import strategies as st

from tests import oracle

Pick: TypeAlias = Callable[[int, int], int]
Requirement: TypeAlias = dict[str, Any]
Item = TypeVar("Item")

# Neither names nor ids are in alphabetical order, so that file order cannot pass for it.
SKILL_NAMES = ("oak", "fir", "yew", "ash", "elm", "bay", "sloe", "fig", "box", "pear", "alder")
ROLE_NAMES = ("joiner", "cooper", "sawyer")
LEVEL_NAMES = ("aware", "working", "proficient", "expert")


class Knobs(TypedDict, total=False):
    """How large a case may be; see `Size` for the meaning and the defaults."""

    skills: int
    levels: int
    groups: int
    options: int
    roles: int
    acyclic: bool


@dataclass(frozen=True)
class Size:
    """How large a case may be.

    Attributes:
        skills: Most skills, 1 to 11.
        levels: Most levels of a skill, 1 to 4.
        groups: Most prerequisite groups of a node, and most but two groups of a role.
        options: Most options of a group.
        roles: Most roles, 1 to 3.
        acyclic: Whether every option of a node comes before it in one order of all nodes.
    """

    skills: int = 10
    levels: int = 4
    groups: int = 3
    options: int = 4
    roles: int = 3
    acyclic: bool = False


class Case(NamedTuple):
    """A graph document, what a learner knows of it, and what is to be reached.

    Attributes:
        graph: The document, as parsed from JSON; free of defects.
        known: Skill id to level, 1 to the top level of the skill; not always with prerequisites.
        target: A role id or `both`, or None where the groups are the learner's own.
        groups: The groups of the target.
    """

    graph: dict[str, Any]
    known: dict[str, int]
    target: str | None
    groups: list[Requirement]


def random_case(rng: Random, **knobs: Unpack[Knobs]) -> Case:
    """Return the next case of a random source."""
    return _case(rng.randint, Size(**knobs))


@st.composite
def graph_cases(draw: st.DrawFn, **knobs: Unpack[Knobs]) -> Case:
    """Return a strategy of cases that shrinks towards one skill, no group and nothing known."""
    return _case(lambda low, high: draw(st.integers(low, high)), Size(**knobs))


def _case(pick: Pick, size: Size) -> Case:
    whole = bool(pick(0, 2))
    graph = _document(pick, size)
    known = _known(pick, graph)
    targets = [*(role["id"] for role in graph["roles"]), oracle.BOTH, None]
    target = targets[pick(0, len(targets) - 1)]
    asked = (
        oracle.target_groups(graph, target) if target else _asked(pick, size, oracle.nodes(graph))
    )
    case = Case(graph, known, target, [dict(group) for group in asked])
    return case if whole else _trimmed(case)


def _trimmed(case: Case) -> Case:
    """Return the case without the nodes that nothing asks for: what a reader wants to see."""
    asked = oracle.target_groups(case.graph, oracle.BOTH) + case.groups
    asked += [_option(claim) for claim in case.known.items()]
    tops = _mentioned(case.graph, asked)
    skills = [
        {**skill, "levels": skill["levels"][: tops[skill["id"]]]}
        for skill in case.graph["skills"]
        if skill["id"] in tops
    ]
    return case._replace(graph={**case.graph, "skills": skills})


def _mentioned(graph: dict[str, Any], asked: Sequence[oracle.Group]) -> dict[str, int]:
    """Return the skills that some groups name, directly or not, each at its highest level."""
    found: set[oracle.Node] = set()
    waiting = [node for group in asked for node in _options(group)]
    while waiting:
        skill, level = waiting.pop()
        if (skill, level) not in found:
            found.add((skill, level))
            waiting += [(skill, level - 1)] if level > 1 else []
            groups = oracle.prerequisites(graph, (skill, level))
            waiting += [node for group in groups for node in _options(group)]
    return dict(sorted(found))


def _options(group: oracle.Group) -> list[oracle.Node]:
    return [(option["skill"], option["level"]) for option in group.get("of", [group])]


# ---------------------------------------------------------------- the document


def _document(pick: Pick, size: Size) -> dict[str, Any]:
    # The greater of two picks: large cases often, small ones still within reach.
    count = max(pick(1, size.skills), pick(1, size.skills))
    tops = {name: min(pick(1, size.levels), pick(1, size.levels)) for name in SKILL_NAMES[:count]}
    style = pick(0, 3)
    skills = [_skill(pick, name, top, style) for name, top in tops.items()]
    order = _connect(pick, size, skills)
    circle = [] if size.acyclic else _plant_circle(pick, skills, order)
    _open_up(skills)
    roles = [_role(pick, size, name, order) for name in ROLE_NAMES[: pick(1, size.roles)]]
    for role in roles:
        role["requires"] += [_option(node) for node in circle]
    return {
        "schema_version": 1,
        "version": "2026.1.1",
        "as_of": "2026-01-01",
        "title": "A random small graph",
        "levels": [_scale_level(level) for level in range(1, size.levels + 1)],
        "areas": [{"id": "wood", "name": "Wood"}],
        "skills": skills,
        "roles": roles,
    }


def _scale_level(level: int) -> dict[str, Any]:
    name = LEVEL_NAMES[level - 1]
    return {"level": level, "id": name, "name": name.title()}


def _skill(pick: Pick, name: str, top: int, style: int) -> dict[str, Any]:
    levels = [{"effort_hours": _effort_hours(pick, style)} for _ in range(top)]
    return {"id": name, "name": name.title(), "area": "wood", "levels": levels}


def _effort_hours(pick: Pick, style: int) -> dict[str, float]:
    """Return an effort: always an hour, whole hours with zeros, tenths, or hundredths."""
    unit, low, high = ((100, 1, 1), (100, 0, 2), (10, 0, 30), (1, 0, 999))[style]
    likely = unit * pick(low, high)
    return {"low": _hours(likely // 2), "likely": _hours(likely), "high": _hours(2 * likely)}


def _hours(hundredths: int) -> float:
    return hundredths / 100 if hundredths % 100 else hundredths // 100


# ---------------------------------------------------------------- prerequisites


def _connect(pick: Pick, size: Size, skills: list[dict[str, Any]]) -> list[oracle.Node]:
    """Give the levels their prerequisites, most from earlier in a hidden order; return it."""
    order = _hidden_order(pick, skills)
    levels = {skill["id"]: skill["levels"] for skill in skills}
    for place, (skill, level) in enumerate(order):
        rest = [node for node in order if node != (skill, level)]
        groups = []
        for _ in range(min(pick(0, size.groups), pick(0, size.groups))):
            backwards = not size.acyclic and pick(0, 2) == 2
            pool = rest if backwards else order[:place]
            groups += [_requirement(pick, pool, size.options)] if pool else []
        if groups:
            levels[skill][level - 1]["requires"] = groups
    return order


def _plant_circle(
    pick: Pick, skills: list[dict[str, Any]], order: Sequence[oracle.Node]
) -> list[oracle.Node]:
    """At times let A rest on B or C, and B on A or D; return A for the roles to ask for.

    A and B are the cheapest of six nodes, C and D the dearest, so that the circle tempts.
    """
    if len(order) < 4 or pick(0, 1) == 0:
        return []
    levels = {skill["id"]: skill["levels"] for skill in skills}
    effort = oracle.effort({"skills": skills})
    some = _sample(pick, order, min(6, len(order)))
    a, b, *_, c, d = sorted(some, key=lambda node: effort[node])
    for (skill, level), ways in ((a, (b, c)), (b, (a, d))):
        groups = levels[skill][level - 1].setdefault("requires", [])
        groups.append({"at_least": 1, "of": [_option(node) for node in ways]})
    return [a]


def _hidden_order(pick: Pick, skills: list[dict[str, Any]]) -> list[oracle.Node]:
    """Return all nodes in some order with levels ascending; file order is the simplest."""
    waiting = [(skill["id"], len(skill["levels"])) for skill in skills]
    order: list[oracle.Node] = []
    while waiting:
        at = pick(0, len(waiting) - 1)
        name, top = waiting[at]
        level = 1 + sum(1 for other, _ in order if other == name)
        order.append((name, level))
        if level == top:
            waiting.pop(at)
    return order


def _requirement(pick: Pick, pool: Sequence[oracle.Node], most: int) -> Requirement:
    """Return a single prerequisite, or so many of some options; defaults are left out at times."""
    if pick(0, 3) == 0:
        return _option(pool[pick(0, len(pool) - 1)])
    count = min(max(pick(1, most), pick(1, most)), len(pool))
    options = _sample(pick, pool, count)
    enough = pick(2, len(dict(options))) if len(dict(options)) > 1 and pick(0, 2) == 2 else 1
    stated = {"at_least": enough} if enough > 1 or pick(0, 1) else {}
    return {**stated, "of": [_option(node) for node in options]}


def _option(node: oracle.Node) -> dict[str, Any]:
    return {"skill": node[0], "level": node[1]}


def _sample(pick: Pick, items: Sequence[Item], count: int) -> list[Item]:
    left = list(items)
    return [left.pop(pick(0, len(left) - 1)) for _ in range(count)]


def _open_up(skills: list[dict[str, Any]]) -> None:
    """Drop groups until everything can be learned from nothing: circles stay only if open."""
    graph = {"skills": skills}
    levels = {skill["id"]: skill["levels"] for skill in skills}
    while stuck := _unlearnable(graph):
        # The lower level of the first stuck node can be learned, so one of its groups is at fault.
        skill, level = stuck[0]
        groups = levels[skill][level - 1]["requires"]
        reached = oracle.learned_from(graph, ())
        groups.remove(next(group for group in groups if not oracle.satisfied(group, reached)))


def _unlearnable(graph: dict[str, Any]) -> list[oracle.Node]:
    reached = oracle.learned_from(graph, ())
    return [node for node in oracle.nodes(graph) if node not in reached]


# ---------------------------------------------------------------- targets and learners


def _role(pick: Pick, size: Size, name: str, every: Sequence[oracle.Node]) -> dict[str, Any]:
    return {"id": name, "name": name.title(), "requires": _asked(pick, size, every)}


def _asked(pick: Pick, size: Size, every: Sequence[oracle.Node]) -> list[Requirement]:
    return [
        {**_requirement(pick, every, size.options), **_weight(pick)}
        for _ in range(max(pick(1, size.groups + 2), pick(1, size.groups + 2)))
    ]


def _weight(pick: Pick) -> dict[str, int]:
    weight = pick(0, 3)
    return {"weight": weight} if weight else {}


def _known(pick: Pick, graph: dict[str, Any]) -> dict[str, int]:
    """Return nothing, some levels of some skills, or everything."""
    tops = {skill["id"]: len(skill["levels"]) for skill in graph["skills"]}
    share = pick(0, 11)
    if share == 11:
        return tops
    levels = {name: pick(0, top) for name, top in tops.items() if pick(0, 20) < share}
    return {name: level for name, level in levels.items() if level}
