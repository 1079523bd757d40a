"""Whether a document has the layout that `skills_graph.schema.json` describes.

The schema words the layout for editors and other programs; here its errors become sentences
for the file's author, and what breaks it is cut out, so that the rest can be checked as well.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeAlias

from jsonschema_rs import Draft202012Validator, ValidationError

from service.adapters.graph_file.findings import Finding, Path, quoted, shortened, suggestion
from service.adapters.graph_file.reading import Document

SCHEMA_VERSION: Final = 1

_Cuts: TypeAlias = dict[str | int, "_Cuts | None"]
"""What to cut, token by token; None stands for everything below."""

_TYPE_NAMES: Final = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}
_CONTAINERS: Final[Mapping[type, str]] = {dict: "an object", list: "a list"}


def unknown_version(document: Document) -> list[Finding]:
    """Find a layout version that this service does not know: nothing more can be checked."""
    version = document.get("schema_version", SCHEMA_VERSION)
    if version == SCHEMA_VERSION and version is not True:
        return []
    message = f"Layout {quoted(version)} is not known; this service reads {SCHEMA_VERSION}."
    return [Finding(("schema_version",), "schema", message)]


def layout_errors(document: Document) -> tuple[list[Finding], Document]:
    """Find everything that breaks the schema.

    Returns:
        The findings, and the document without the defective parts: such members are left out
        and such entries of a list are None, so that positions stay what they are. Whatever is
        left has the type that the schema asks for, but a required member may be missing.
    """
    errors = list(_validator().iter_errors(document))
    findings = [finding for error in errors for finding in _findings(error)]
    cuts: _Cuts = {}
    for path in _defective(errors):
        _cut(cuts, path)
    left: Document = _without(document, cuts)
    return findings, left


@cache
def schema() -> Document:
    """Return the schema that is shipped beside this module."""
    file = files("service.adapters.graph_file") / "skills_graph.schema.json"
    loaded: Document = json.loads(file.read_bytes())
    return loaded


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), validate_formats=True)


def _findings(error: ValidationError) -> Iterator[Finding]:
    path = tuple(error.instance_path)
    if error.kind.name == "additionalProperties":
        known = sorted(_schema_around(error)["properties"])
        for name in error.kind.as_dict()["unexpected"]:
            message = f"Unknown member {quoted(name)}{suggestion(name, known)}"
            yield Finding((*path, name), "schema", message)
    else:
        sentence = _SENTENCES.get(error.kind.name, _does_not_fit)
        yield Finding(path, "schema", sentence(error))


def _schema_around(error: ValidationError) -> Document:
    place: Any = schema()
    for token in error.schema_path[:-1]:
        place = place[token]
    around: Document = place
    return around


def _is_missing(error: ValidationError) -> str:
    return f"Member {quoted(error.kind.as_dict()['property'])} is missing."


def _is_of_wrong_type(error: ValidationError) -> str:
    types = sorted(error.kind.as_dict()["types"], key="null".__eq__)
    wanted = " or ".join(_TYPE_NAMES[name] for name in types)
    found = _CONTAINERS.get(type(error.instance)) or shortened(json.dumps(error.instance))
    return f"This must be {wanted}, not {found}."


def _is_none_of(error: ValidationError) -> str:
    options = ", ".join(map(quoted, error.kind.as_dict()["options"]))
    return f"{quoted(error.instance)} is none of {options}."


def _is_beyond(words: str) -> Callable[[ValidationError], str]:
    return lambda error: words.format(error.kind.as_dict()["limit"])


def _does_not_fit(error: ValidationError) -> str:
    description = _schema_around(error).get("description", error.message)
    return f"{quoted(error.instance)} does not fit: {description}"


_SENTENCES: Final[Mapping[str, Callable[[ValidationError], str]]] = {
    "enum": _is_none_of,
    "exclusiveMinimum": _is_beyond("This must be more than {}."),
    "maxLength": _is_beyond("This must not be longer than {} characters."),
    "maximum": _is_beyond("This must not be more than {}."),
    "minItems": _is_beyond("The entries here must not be fewer than {}."),
    "minLength": _is_beyond("The characters here must not be fewer than {}."),
    "minimum": _is_beyond("This must not be less than {}."),
    "required": _is_missing,
    "type": _is_of_wrong_type,
}


def _defective(errors: Iterable[ValidationError]) -> Iterator[Path]:
    """Return the paths of all parts that must go for the rest to be of the right types."""
    for error in errors:
        path = tuple(error.instance_path)
        if error.kind.name == "additionalProperties":
            yield from ((*path, name) for name in error.kind.as_dict()["unexpected"])
        elif error.kind.name != "required":
            yield path


def _cut(cuts: _Cuts, path: Path) -> None:
    place = cuts
    for token in path[:-1]:
        below = place.setdefault(token, {})
        if below is None:  # cut out with what is around it
            return
        place = below
    place[path[-1]] = None


def _without(value: Any, cuts: _Cuts) -> Any:  # noqa: ANN401  JSON of any shape
    if not cuts:
        return value
    if isinstance(value, dict):
        left = {name: _left(member, cuts.get(name, {})) for name, member in value.items()}
        return {name: member for name, member in left.items() if cuts.get(name, {}) is not None}
    return [_left(entry, cuts.get(index, {})) for index, entry in enumerate(value)]


def _left(value: Any, cuts: _Cuts | None) -> Any:  # noqa: ANN401  JSON of any shape
    return None if cuts is None else _without(value, cuts)
