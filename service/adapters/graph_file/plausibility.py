"""What is allowed and yet looks like a mistake: warnings only."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import Final, TypeAlias

from service.adapters.graph_file.findings import Finding, Path, pointer, quoted, warning
from service.adapters.graph_file.places import root, skill_levels
from service.adapters.graph_file.reading import Document
from service.adapters.graph_file.references import used_sources

FEWEST_TO_COMPARE: Final = 5
FAR: Final = 8

_Hours: TypeAlias = list[tuple[Path, float]]


def far_hours(document: Document) -> Iterator[Finding]:
    """Find likely hours far from those of like levels.

    Like levels have the same number and belong to skills of the same area; where there are at
    least `FEWEST_TO_COMPARE`, hours of more than `FAR` times their median, or of less than
    their median divided by `FAR`, are far.
    """
    for (_, level), hours in _likely_hours(document).items():
        middle = median(likely for _, likely in hours)
        if len(hours) >= FEWEST_TO_COMPARE:
            for path, likely in hours:
                if likely > FAR * middle or likely * FAR < middle:
                    message = f"{likely} hours are far from {middle}, the median of level {level}."
                    yield warning(path, "far-hours", message)


def missing_sources(document: Document) -> Iterator[Finding]:
    """Find hours that are measured or derived and do not say from what."""
    for level in skill_levels(document):
        basis = level.text("basis") or "estimate"
        if basis != "estimate" and not level.value.get("sources"):
            message = f"Hours that are {basis} need a source."
            yield warning(level.path, "missing-source", message)


def unused_sources(document: Document) -> Iterator[Finding]:
    """Find sources that nothing refers to."""
    used = used_sources(document)
    for source in root(document).each("sources"):
        if source.text("id") not in used:
            message = f"Nothing refers to source {quoted(source.text('id'))}."
            yield warning(source.path, "redundant", message)


def repeated_skills(document: Document) -> Iterator[Finding]:
    """Find skills that one profile, project or role lists twice.

    Of a role only plain requirements are looked at: an alternative may well be asked for itself.
    """
    for name, member in (("profiles", "skills"), ("projects", "proves"), ("roles", "requires")):
        for holder in root(document).each(name):
            first: dict[str, Path] = {}
            for entry in holder.each(member):
                skill = entry.text("skill")
                if skill is None:
                    continue
                if first.setdefault(skill, entry.path) != entry.path:
                    message = f"{quoted(skill)} stands at {pointer(first[skill])} already."
                    yield warning(entry.path, "redundant", message)


def _likely_hours(document: Document) -> dict[tuple[str | None, int], _Hours]:
    found: dict[tuple[str | None, int], _Hours] = defaultdict(list)
    for skill in root(document).each("skills"):
        for number, level in enumerate(skill.each("levels"), start=1):
            for hours in level.member("effort_hours"):
                if "likely" in hours.value:
                    place = (*hours.path, "likely"), hours.value["likely"]
                    found[skill.text("area"), number].append(place)
    return found
