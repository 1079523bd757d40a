"""What an address of the page asks: the whole question stands in it, and nowhere else."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Self
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from service.application.request import Claim
from service.domain.graph import SkillGraph
from service.domain.skill import Node
from service.entrypoints.skill_text import split_level

USUAL_HOURS: Final = "10"
MAX_ALTERNATIVES: Final = 2

IsLevel = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Wish:
    """A question as an address holds it; every text is as it was written.

    Attributes:
        skills: ``NAME`` or ``NAME:LEVEL``.
        requires: A role of the person's own, such as a job posting: as `skills`.
        target: A role's id, ``either`` or ``both``.
        hours_per_week: A number, or nothing.
        start_date: A date, or nothing.
        what_if: A skill at a level: what if it were known already?
        profile: Id of a common profile to begin with.
        is_asked: Whether the address asks anything at all.
    """

    skills: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    target: str = ""
    hours_per_week: str = ""
    start_date: str = ""
    what_if: str = ""
    profile: str = ""
    is_asked: bool = False

    @classmethod
    def of(cls, arguments: "MultiDict[str, str]", graph: SkillGraph) -> Self:
        """Return what the parameters of an address, or of a form, ask."""
        profile = arguments.get("profile", "").strip()
        return cls(
            skills=(*_of_profile(profile, graph), *_filled(arguments.getlist("skill"))),
            requires=tuple(_filled(arguments.getlist("require"))),
            target=arguments.get("target", "").strip(),
            hours_per_week=arguments.get("hours_per_week", "").strip(),
            start_date=arguments.get("start_date", "").strip(),
            what_if=arguments.get("what_if", "").strip(),
            profile=profile,
            is_asked=bool(arguments.keys() & _ASKING),
        )

    def query(self) -> str:
        """Return the query of an address that asks this; always the same for the same."""
        asked = [
            *(("skill", skill) for skill in self.skills),
            *(("require", skill) for skill in self.requires),
            ("target", "" if self.requires else self.target),
            ("hours_per_week", self.hours_per_week),
            ("start_date", self.start_date),
            ("what_if", self.what_if),
        ]
        return urlencode([(name, value) for name, value in asked if value]) or "target=either"

    def address(self, path: str = "/") -> str:
        """Return the address of a page that asks this."""
        return f"{path}?{self.query()}"

    def but(self, **changes: Any) -> "Wish":  # noqa: ANN401  any of the attributes
        """Return the same wish with some changes."""
        return replace(self, **changes)

    def without(self, written: str) -> "Wish":
        """Return the wish without one of its skills, as it was written."""
        return self.but(skills=tuple(skill for skill in self.skills if skill != written))

    def having(self, written: str) -> "Wish":
        """Return the wish with one more skill, and no longer in doubt about it."""
        return self.but(skills=(*self.skills, written), what_if="")

    def instead(self, written: str, skill: str, is_level: IsLevel) -> "Wish":
        """Return the wish with another skill, at the same level, for one that was not read."""
        level = split_level(written, is_level).level
        meant = skill if level is None else f"{skill}:{level}"
        return self.but(skills=tuple(meant if old == written else old for old in self.skills))

    def written_of(self, name: str) -> str:
        """Return which of the skills, level and all, a name was read from."""
        return next((skill for skill in self.skills if skill.startswith(name)), name)

    def document(self, is_level: IsLevel) -> dict[str, Any]:
        """Return the request of the API that asks the same, not checked yet."""
        document: dict[str, Any] = {
            "skills": [_claimed(split_level(skill, is_level)) for skill in self.skills]
        }
        if self.requires:
            document["requirements"] = [
                _claimed(split_level(skill, is_level)) for skill in self.requires
            ]
        elif self.target:
            document["target"] = self.target
        if self.hours_per_week:
            document["hours_per_week"] = _number(self.hours_per_week)
        if self.start_date:
            document["start_date"] = self.start_date
        document["alternatives"] = MAX_ALTERNATIVES
        return document


_ASKING: Final = frozenset(
    {"skill", "require", "target", "hours_per_week", "start_date", "what_if", "profile"}
)


def claim_text(node: Node) -> str:
    """Return a skill at a level as an address holds it."""
    return f"{node.skill}:{node.level}"


def _of_profile(profile: str, graph: SkillGraph) -> Iterator[str]:
    for known in graph.catalogue.profiles:
        if known.id == profile:
            yield from map(claim_text, known.skills)


def _filled(values: Iterable[str]) -> Iterator[str]:
    """Yield what was filled in, each once."""
    yield from dict.fromkeys(value for value in map(str.strip, values) if value)


def _claimed(claim: Claim) -> dict[str, Any]:
    return {"skill": claim.skill} | ({} if claim.level is None else {"level": claim.level})


def _number(written: str) -> object:
    """Return the number that a text states; the text itself where it states none."""
    try:
        number = float(written.replace(",", "."))
    except ValueError:
        return written
    return number if number == number and abs(number) < 1e6 else written  # noqa: PLR0124, PLR2004
