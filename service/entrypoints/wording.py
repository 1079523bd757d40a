"""The service's English: sentences that the HTTP API, the page and the command line share."""

from service.application.request import Reading
from service.domain.graph import SkillGraph
from service.domain.learning_path import Step


def because(step: Step, graph: SkillGraph) -> str:
    """Return what needs a step, and the graph's own reason where it gives one."""
    needed = step.because
    if needed.role is not None:
        sentence = f"The role {graph.roles[needed.role].name} asks for it."
    elif needed.node is None:
        sentence = "Your requirements ask for it."
    elif needed.node.skill == step.node.skill:
        sentence = f"Level {needed.node.level} of {graph.skills[needed.node.skill].name} needs it."
    else:
        name = graph.skills[needed.node.skill].name
        sentence = f"{name}, level {needed.node.level}, rests on it."
    return f"{sentence} {needed.reason}".rstrip()


def notice(reading: Reading) -> str | None:
    """Return a warning when skills were named and none of them was understood."""
    if reading.understood or not (reading.ambiguous or reading.unknown):
        return None
    return (
        "None of the skills you named was understood, so this answer is for someone who starts "
        "from nothing. See what is ambiguous or unknown, and name those skills differently."
    )
