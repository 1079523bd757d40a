"""Everything a graph file says, as values in the file's order, before it is joined to a graph."""

from dataclasses import dataclass

from service.domain.skill import AreaId, Effort, Node, Requirement, RoleId, Skill, SkillId


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the proficiency scale that all skills share.

    Attributes:
        level: 1 to L; 0, nothing known, is implied.
    """

    level: int
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A field that skills belong to.

    Attributes:
        overlap: Whether the roles meet there.
        leverage_rank: Which overlap area pays most, from 1; None outside the overlap.
    """

    id: AreaId
    name: str
    description: str = ""
    overlap: bool = False
    leverage_rank: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from; `url` and `licence` are None where unknown."""

    id: str
    title: str
    url: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A job to aim for.

    Attributes:
        requires: All of these; their weights say what counts most for readiness.
    """

    id: RoleId
    name: str
    requires: tuple[Requirement, ...]
    aliases: tuple[str, ...] = ()
    layer: str = ""
    summary: str = ""
    day: tuple[str, ...] = ()
    characteristics: tuple[str, ...] = ()
    stack: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommonProfile:
    """What a person of a common background usually knows."""

    id: str
    name: str
    skills: tuple[Node, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One line of the comparison of roles.

    Attributes:
        by_role: Role ids, each with what is true of the role.
    """

    id: str
    name: str
    by_role: tuple[tuple[RoleId, str], ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What the roles share in one area.

    Attributes:
        by_role: Role ids, each with what the role does there.
    """

    area: AreaId
    summary: str = ""
    by_role: tuple[tuple[RoleId, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A piece of work that proves skills.

    Attributes:
        roles: The roles it suits.
        order: Which comes first, from 1; None where it does not matter.
        effort: How long it takes; None where unknown.
        proves: What it proves, each at its level.
    """

    id: str
    name: str
    summary: str = ""
    roles: tuple[RoleId, ...] = ()
    order: int | None = None
    effort: Effort | None = None
    proves: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question of the role fit.

    Attributes:
        points: Role ids, each with how much the answer speaks for the role.
        reason: Why it does, one sentence; may be empty.
    """

    id: str
    text: str
    points: tuple[tuple[RoleId, int], ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question that helps to choose a role; its options have distinct ids."""

    id: str
    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class CompensationFact:
    """One fact about pay.

    Attributes:
        source: Id of its source; None where none is named.
    """

    id: str
    statement: str
    as_of: str = ""
    region: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """A piece of advice; `audience` says for whom and may be empty."""

    id: str
    title: str
    text: str
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A whole graph file. Ids are unique and every reference leads somewhere: the loader checked.

    Attributes:
        version: Version of the content; in every answer and every cache key.
        as_of: The day the content was true, ISO 8601.
        content_hash: Hex digest over the file's bytes; two files with one hash are the same file.
    """

    version: str
    as_of: str
    title: str
    content_hash: str
    levels: tuple[Level, ...]
    areas: tuple[Area, ...]
    skills: tuple[Skill, ...]
    roles: tuple[Role, ...]
    sources: tuple[Source, ...] = ()
    profiles: tuple[CommonProfile, ...] = ()
    comparison: tuple[Dimension, ...] = ()
    overlap: tuple[Overlap, ...] = ()
    projects: tuple[Project, ...] = ()
    questions: tuple[Question, ...] = ()
    compensation: tuple[CompensationFact, ...] = ()
    advice: tuple[Advice, ...] = ()

    def skill_ids(self) -> tuple[SkillId, ...]:
        """Return the ids of all skills in catalogue order."""
        return tuple(skill.id for skill in self.skills)
