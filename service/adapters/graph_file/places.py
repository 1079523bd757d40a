"""Objects of a document together with where they stand.

The document is what the layout check leaves: any member may be missing and any entry of a list
may be None, but what is there has the right type.
"""

from collections.abc import Iterator
from typing import NamedTuple

from service.adapters.graph_file.findings import Path
from service.adapters.graph_file.reading import Document


class Place(NamedTuple):
    """An object and its path."""

    path: Path
    value: Document

    def each(self, name: str) -> Iterator["Place"]:
        """Return the objects of a list."""
        for index, entry in enumerate(self.value.get(name, ())):
            if entry is not None:
                yield Place((*self.path, name, index), entry)

    def member(self, name: str) -> Iterator["Place"]:
        """Return an object, or nothing where there is none."""
        if name in self.value:
            yield Place((*self.path, name), self.value[name])

    def texts(self, *names: str) -> Iterator[tuple[Path, str]]:
        """Return some strings and strings in lists, in the order of the names."""
        for name in names:
            member = self.value.get(name)
            if isinstance(member, str):
                yield (*self.path, name), member
            elif isinstance(member, list):
                for index, entry in enumerate(member):
                    if entry is not None:
                        yield (*self.path, name, index), entry

    def keys(self, name: str) -> Iterator[tuple[Path, str]]:
        """Return the member names of an object."""
        for key in self.value.get(name, ()):
            yield (*self.path, name, key), key

    def text(self, name: str) -> str | None:
        """Return a string, or None where there is none."""
        value: str | None = self.value.get(name)
        return value

    def whole(self, name: str) -> int | None:
        """Return a whole number, or None where there is none; 2.0 is one too."""
        value = self.value.get(name)
        return None if value is None else int(value)


def root(document: Document) -> Place:
    """Return the whole document."""
    return Place((), document)


def options(requirement: Place) -> Iterator[Place]:
    """Return the options of a requirement; a single requirement is its only one."""
    return requirement.each("of") if "of" in requirement.value else iter((requirement,))


def questions(document: Document) -> Iterator[Place]:
    """Return the questions of the role fit."""
    for role_fit in root(document).member("role_fit"):
        yield from role_fit.each("questions")


def skill_levels(document: Document) -> Iterator[Place]:
    """Return all levels of all skills."""
    for skill in root(document).each("skills"):
        yield from skill.each("levels")
