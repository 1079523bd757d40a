"""The service's English: sentences that the HTTP API, the page and the command line share."""

from collections.abc import Sequence
from typing import Final

from service.application.extras import Detour
from service.application.request import Reading
from service.domain.graph import SkillGraph
from service.domain.learning_path import Step
from service.domain.skill import Node, RoleId
from service.entrypoints.pictures.lettering import hours, listed

RANGE: Final = (
    "The low, likely and high hours of all steps added up: who learns one thing slower than "
    "estimated mostly learns all of it slower. Were the errors independent, the range would be "
    "narrower."
)
MOST_NAMED: Final = 3


def because(step: Step, graph: SkillGraph) -> str:
    """Return what needs a step, and the graph's own reason where it gives one."""
    needed = step.because
    if needed.towards is not None:
        asks = _ask(needed.roles, graph)
        sentence = f"It counts towards level {needed.towards.level}, which {asks} for."
    elif needed.node is None:
        asks = _ask(needed.roles, graph)
        sentence = f"{asks[0].upper()}{asks[1:]} for it."
    elif needed.node.skill == step.node.skill:
        sentence = f"Level {needed.node.level} of {graph.skills[needed.node.skill].name} needs it."
    else:
        name = graph.skills[needed.node.skill].name
        sentence = f"{name}, level {needed.node.level}, rests on it."
    return f"{sentence} {needed.reason}".rstrip()


def _ask(roles: Sequence[RoleId], graph: SkillGraph) -> str:
    """Return who asks: ``the role AI engineer asks``, or ``your requirements ask``."""
    if not roles:
        return "your requirements ask"
    if len(roles) > MOST_NAMED:
        return f"{len(roles)} roles ask"
    names = listed(graph.roles[role].name for role in roles)
    return f"the role {names} asks" if len(roles) == 1 else f"the roles {names} ask"


def difference(detour: Detour, graph: SkillGraph) -> str:
    """Return what a further path does differently: ``TypeScript instead of Python: +12 h``."""
    gained, spared = _named(detour.gained, detour.spared, graph), ""
    if detour.spared:
        spared = f" instead of {_named(detour.spared, detour.gained, graph)}"
    return f"{gained or 'Nothing'}{spared}: +{hours(detour.extra)} h"


def _named(nodes: Sequence[Node], others: Sequence[Node], graph: SkillGraph) -> str:
    """Return skills by name, those that stand on both sides with their levels."""
    levels = dict(sorted(nodes))
    on_both = {node.skill for node in others}
    names = [
        graph.skills[skill].name + (f" to level {level}" if skill in on_both else "")
        for skill, level in sorted(levels.items(), key=lambda item: graph.first_position(item[0]))
    ]
    unnamed = len(names) - MOST_NAMED
    if unnamed > 1:
        names[MOST_NAMED:] = [f"{unnamed} others"]
    return listed(names) if names else ""


def notice(reading: Reading) -> str | None:
    """Return a warning when skills were named and none of them was understood."""
    if reading.understood or not (reading.ambiguous or reading.unknown):
        return None
    return (
        "None of the skills you named was understood, so this answer is for someone who starts "
        "from nothing. See what is ambiguous or unknown, and name those skills differently."
    )
