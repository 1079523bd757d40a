"""``openapi.yaml``, made from the schemas and from what each view declares."""

import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import yaml
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask
from marshmallow import Schema, fields
from werkzeug.routing import Rule

from service.domain.errors import Fault
from service.entrypoints.http import problems
from service.entrypoints.http.context import EXTENSION
from service.entrypoints.http.operations import JSON, YAML, Operation, operation_of
from service.entrypoints.schemas.answer import UnionSchema
from service.entrypoints.schemas.fields import Either
from service.entrypoints.schemas.problem import ProblemSchema
from service.entrypoints.schemas.requests import RequestSchema

Members = dict[str, Any]

VERSION: Final = "3.1.0"
"""Of OpenAPI: 3.2 is too new for the generators of clients."""

API_VERSION: Final = "1.0.0"

DESCRIPTION: Final = """\
Current skills in; gap analysis and the exact shortest learning path out.

**Promises.** The same request gives the same bytes. No input gives a 5xx. Every error is
`application/problem+json` (RFC 9457), lists all members at fault at once, and its `type` leads
to a page that says how to mend it. Names that are not understood are reported, never guessed at.

**Limits.** Bodies of 1 MiB, JSON 32 levels deep, numbers of 18 digits, 500 skills a request,
names of 200 characters (after NFKC and case folding), 1,000 names to resolve, texts of 50,000
characters, 64 requirements of 64 alternatives, URLs and
single headers of 8 KiB. Bodies are UTF-8 and not compressed.

**Keys and limits.** Where those who run the service ask for API keys, the operations that name a
scope take one (`Authorization: Bearer`); the others stay open. Where there are limits, each answer
says how many requests are left (`RateLimit`), and one too many is refused with `Retry-After`; 304s
cost nothing.

**Below HTTP.** What cannot be read as a request at all - a malformed first line or header (400), a
URL of more than 64 KiB (414), a head of more than 64 KiB or 100 headers (431) - the server refuses
by the status alone, without a body, and closes the connection. Of a body with chunks and a
`Content-Length` it goes by the chunks, answers once, and closes the connection (RFC 9112, 6.1).
The proxy that comes with the service refuses all of these by problems, two lengths included.

**Repeating is safe.** Every operation only computes, so the same request may be sent again at any
time; an `Idempotency-Key` is not needed, and not looked at.

**HTTP.** Each GET below /v1 has an `ETag` and answers 304 to `If-None-Match`. Answers come in
gzip, br or zstd as `Accept-Encoding` asks. What goes away is announced by `Deprecation` and
`Sunset`, 180 days ahead at least.

Lists in the examples are cut to three entries, texts to three lines.
"""

TAGS: Final = {
    "assessments": "Skills in, learning path out.",
    "guidance": "Which role to aim for.",
    "catalogue": "The roles, skills and common profiles of the graph.",
    "problems": "What errors mean, and how to mend them.",
    "operations": "For those who run the service or build upon it.",
}

EVERYWHERE: Final = (
    "bad-request",
    "key-required",
    "quota-exceeded",
    "method-not-allowed",
    "not-acceptable",
    "uri-too-long",
    "header-too-large",
    "internal",
    "temporarily-overloaded",
)
"""Codes of the problems that every operation can answer with."""

SECURITY_SCHEME: Final = "ApiKey"

LONGEST_LIST_IN_EXAMPLES: Final = 3
LONGEST_LINE_IN_EXAMPLES: Final = 200

CONTRACT_TYPES: Final = frozenset({JSON, YAML})
"""Media types in which this document itself is served; it is no example of itself."""

_ORDER: Final = ("openapi", "info", "servers", "security", "tags", "paths", "components")
_EXAMPLE_FAULT: Final = Fault("/skills/3/level", "A level is a whole number from 0 to 4.")
_FAULTY: Final = frozenset({HTTPStatus.UNPROCESSABLE_ENTITY})
_PATH_PARAMETER: Final = re.compile(r"<(?:\w+:)?(\w+)>")


def openapi_yaml(app: Flask) -> str:
    """Return the contract of an application as YAML; equal applications give equal bytes."""
    written: str = yaml.dump(
        openapi_document(app), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100
    )
    return written


def openapi_document(app: Flask, *, has_examples: bool = True) -> Members:
    """Return the contract of an application, with its own answers as examples."""
    plugin = _Plugin(schema_name_resolver=_component_name)
    spec = APISpec(
        title="Skills gap",
        version=API_VERSION,
        openapi_version=VERSION,
        plugins=[plugin],
        info={
            "summary": "The shortest learning path to a role.",
            "description": DESCRIPTION,
            "contact": {"name": "The maintainers of skills-gap"},
        },
        servers=[{"url": "/", "description": "This service."}],
        security=[{}, {SECURITY_SCHEME: []}],  # said once: generators insist on one said twice
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
    )
    for response in _problem_responses():
        spec.components.response(*response)
    retires = any(operation.retirement for _, operation in _operations(app))
    for name, header in _HEADERS.items():
        if retires or name not in _ANNOUNCING:  # linters take what nothing uses for a mistake
            spec.components.header(name, header)
    spec.components.security_scheme(SECURITY_SCHEME, _API_KEY)
    for rule, operation in _operations(app):
        spec.path(
            path=_PATH_PARAMETER.sub(r"{\1}", rule.rule),
            operations={
                _method(rule): _Described(
                    app, rule, operation, has_examples=has_examples
                ).members()
            },
        )
    document = _plain(spec.to_dict())
    return {name: document[name] for name in _ORDER}


_API_KEY: Final[Members] = {
    "type": "http",
    "scheme": "bearer",
    "description": "An API key, where those who run the service give them out; without, all "
    "operations are open to everybody.",
}

_RATES: Final = ("RateLimit-Policy", "RateLimit")

_ALWAYS: Final = (
    "Cache-Control",
    "Vary",
    "X-Request-ID",
    "X-Content-Type-Options",
    "Content-Security-Policy",
    "Referrer-Policy",
)
"""Headers of every answer; those of rates besides, where there are any."""

_ANNOUNCING: Final = ("Deprecation", "Sunset")

_HEADERS: Final[Mapping[str, Members]] = {
    "RateLimit-Policy": {
        "description": "Requests (`q`) that may be made in so many seconds (`w`); only where "
        "there is a limit.",
        "schema": {"type": "string"},
        "example": '"minute";q=600;w=60',
    },
    "RateLimit": {
        "description": "Requests that are left (`r`), and seconds until they are renewed (`t`); "
        "only where there is a limit.",
        "schema": {"type": "string"},
        "example": '"minute";r=598;t=33',
    },
    "WWW-Authenticate": {
        "description": "How to show a key, what is wrong with the one that was shown, and what it "
        "has to be good for (RFC 6750).",
        "schema": {"type": "string"},
        "example": 'Bearer realm="skills-gap", error="insufficient_scope", scope="assess"',
    },
    "Content-Encoding": {
        "description": "How the body is compressed, if `Accept-Encoding` allows any.",
        "schema": {"type": "string", "enum": ["gzip", "br", "zstd"]},
    },
    "Vary": {
        "description": "The headers of the request that the answer depends on.",
        "schema": {"type": "string"},
    },
    "X-Request-ID": {
        "description": "Identifies the request in the service's log; sent one is given back.",
        "schema": {"type": "string", "maxLength": 64},
    },
    "ETag": {
        "description": "Identifies this very answer in this coding, for `If-None-Match`.",
        "schema": {"type": "string"},
    },
    "Cache-Control": {
        "description": "Who may keep the answer, and for how long.",
        "schema": {"type": "string"},
    },
    "Link": {
        "description": "The first, previous and next part of the list (RFC 8288).",
        "schema": {"type": "string"},
    },
    "Content-Disposition": {
        "description": "The name of the file, where the answer is one to keep.",
        "schema": {"type": "string"},
        "example": 'attachment; filename="learning-path.csv"',
    },
    "X-Content-Type-Options": {
        "description": "Tells browsers to take `Content-Type` at its word.",
        "schema": {"type": "string", "enum": ["nosniff"]},
    },
    "Content-Security-Policy": {
        "description": "What browsers may load for the answer: for data, nothing.",
        "schema": {"type": "string"},
    },
    "Referrer-Policy": {
        "description": "Tells browsers not to pass on the address, which may name skills.",
        "schema": {"type": "string", "enum": ["no-referrer"]},
    },
    "Accept-Post": {
        "description": "The media type that a body may have.",
        "schema": {"type": "string"},
    },
    "Accept-Encoding": {
        "description": "The content coding that a body may have.",
        "schema": {"type": "string", "enum": ["identity"]},
    },
    "Deprecation": {
        "description": "Since when nobody should begin to use the operation (RFC 9745).",
        "schema": {"type": "string"},
    },
    "Sunset": {
        "description": "From when the operation may be gone (RFC 8594).",
        "schema": {"type": "string"},
    },
    "Allow": {
        "description": "The methods that the path has.",
        "schema": {"type": "string"},
    },
    "Retry-After": {
        "description": "Seconds until another try makes sense.",
        "schema": {"type": "integer", "minimum": 0},
    },
}


_HEADERS_OF_PROBLEMS: Final[Mapping[HTTPStatus, Sequence[str]]] = {
    HTTPStatus.UNAUTHORIZED: ("WWW-Authenticate",),
    HTTPStatus.FORBIDDEN: ("WWW-Authenticate",),
    HTTPStatus.METHOD_NOT_ALLOWED: ("Allow",),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("Accept-Post", "Accept-Encoding"),
    HTTPStatus.TOO_MANY_REQUESTS: ("Retry-After",),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Retry-After",),
}


class _Converter(OpenAPIConverter):
    """Describes components by their docstrings; only what clients send is closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  passed through
        super().__init__(*args, **kwargs)
        self.attribute_functions.append(self._either)

    def _either(self, field: fields.Field[Any], **_: object) -> Members:
        """Describe a field of several shapes; apispec knows no `oneOf` by itself."""
        if not isinstance(field, Either):
            return {}
        shapes = map(self.resolve_nested_schema, field.shapes)
        return {"oneOf": list(shapes)}

    def schema2jsonschema(self, schema: Schema) -> Members:
        """Return the component of a schema."""
        if isinstance(schema, UnionSchema):
            return self._union(schema)
        members: Members = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]
        members.pop("additionalProperties", None)
        if isinstance(schema, RequestSchema):
            members["additionalProperties"] = False
        return {"description": _sentences(schema.__doc__), **members}

    def _union(self, schema: UnionSchema) -> Members:
        shapes = {
            kind: self.resolve_nested_schema(shape)  # type: ignore[no-untyped-call]
            for kind, shape in schema.shapes.items()
        }
        mapping = {kind: reference["$ref"] for kind, reference in shapes.items()}
        return {
            "description": _sentences(schema.__doc__),
            "oneOf": list(shapes.values()),
            "discriminator": {"propertyName": schema.by, "mapping": mapping},
        }


class _Plugin(MarshmallowPlugin):
    Converter = _Converter


class _Described:
    """One operation in the words of OpenAPI."""

    def __init__(
        self, app: Flask, rule: Rule, operation: Operation, *, has_examples: bool
    ) -> None:
        self._app = app
        self._has_examples = has_examples
        self._rule = rule
        self._operation = operation
        self._view = app.view_functions[rule.endpoint]

    def members(self) -> Members:
        operation = self._operation
        summary, _, description = _sentences(self._view.__doc__).partition("\n\n")
        described: Members = {
            "operationId": self._view.__name__,
            "tags": [operation.tag],
            "summary": summary.rstrip("."),
            "description": description or summary,
        }
        if operation.scope:
            described["description"] += (
                f"\n\nWhere API keys are asked for, it takes one of the scope `{operation.scope}`."
            )
        if operation.retirement:
            described["deprecated"] = True
        if operation.samples:
            described["x-codeSamples"] = [
                {"lang": sample.language, "label": sample.label, "source": sample.source}
                for sample in operation.samples
            ]
        if parameters := list(self._parameters()):
            described["parameters"] = parameters
        described["responses"] = dict(self._responses())
        if operation.body is not None:
            content = {"schema": operation.body, "example": operation.example.body}
            described["requestBody"] = {"required": True, "content": {JSON: content}}
        return described

    def _parameters(self) -> Iterator[Members]:
        for name, description in self._operation.path.items():
            yield {
                "name": name,
                "in": "path",
                "required": True,
                "description": description,
                "schema": {"type": "string"},
                "example": self._example_ids()[name],
            }
        if self._operation.query is not None:
            yield {"in": "query", "schema": self._operation.query}

    def _responses(self) -> Iterator[tuple[str, Any]]:
        operation = self._operation
        yield "200", self._answer()
        if operation.is_cacheable:
            headers = {name: name for name in ("ETag", *self._headers())}
            yield "304", {"description": "You have this answer already.", "headers": headers}
        codes = {*operation.problems, *EVERYWHERE}
        if operation.scope:
            codes.add("scope-lacking")
        for status in sorted({problems.PROBLEMS[code].status for code in codes}):
            yield str(int(status)), _response_name(status)

    def _answer(self) -> Members:
        operation = self._operation
        content = {}
        for media_type in operation.media_types:
            content[media_type] = self._content(media_type)
        names = ["ETag"] if operation.is_cacheable else []
        names += ["Content-Encoding", *self._headers()]
        if operation.is_file:
            names.append("Content-Disposition")
        return {
            "description": _sentences(
                operation.answer.__doc__ if operation.answer else "The document."
            ),
            "headers": {name: name for name in names},
            "content": content,
        }

    def _headers(self) -> Iterator[str]:
        """Yield the headers of an answer that is no problem, beside those of its body."""
        operation = self._operation
        yield from _ALWAYS
        if not operation.is_free:
            yield from _RATES
        if operation.is_paged:
            yield "Link"
        if operation.retirement:
            yield from (*_ANNOUNCING, "Link")

    def _content(self, media_type: str) -> Members:
        if media_type in CONTRACT_TYPES and self._operation.answer is None:
            whole = {"type": "object", "additionalProperties": True}
            return {"schema": whole, "example": {"openapi": VERSION}}
        is_json = media_type == JSON
        schema = self._operation.answer if is_json else {"type": "string"}
        return {"schema": schema, **self._example(media_type)}

    def _example(self, media_type: str) -> Members:
        """Return the service's own answer; a graph may hold nothing to ask about."""
        if not self._has_examples:
            return {}
        example = self._operation.example
        if example.answer is not None:
            return {"example": example.answer}
        answer = self._app.test_client().open(
            example.path.format(**self._example_ids()),
            method=_method(self._rule).upper(),
            json=example.body,
            headers={"Accept": media_type},
        )
        if answer.status_code != HTTPStatus.OK:
            return {}
        if media_type == JSON:
            return {"example": _shortened(answer.get_json())}
        return {"example": _cut(answer.get_data(as_text=True))}

    def _example_ids(self) -> dict[str, str]:
        graph = self._app.extensions[EXTENSION].graph
        profiles = graph.catalogue.profiles
        return {
            "profile": profiles[0].id if profiles else "backend-engineer",
            "roles": ",".join(graph.roles),
            "role": next(iter(graph.roles), "ai-engineer"),
            "skill": next(iter(graph.skills), "python"),
            "code": "invalid-request",
        }


def _operations(app: Flask) -> Iterator[tuple[Rule, Operation]]:
    """Yield every declared route in the order of the tags, then of the paths."""
    declared = [(rule, operation_of(app, rule.endpoint)) for rule in app.url_map.iter_rules()]
    found = [(rule, operation) for rule, operation in declared if operation is not None]
    tags = list(TAGS)
    yield from sorted(
        found, key=lambda item: (tags.index(item[1].tag), item[0].rule, _method(item[0]))
    )


def _method(rule: Rule) -> str:
    (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    return method.lower()


def _problem_responses() -> Iterator[tuple[str, Members]]:
    statuses = {problem.status for problem in problems.PROBLEMS.values()}
    for status in sorted(statuses):
        codes = [code for code, known in problems.PROBLEMS.items() if known.status == status]
        yield _response_name(status), _problem_response(codes)


def _problem_response(codes: list[str]) -> Members:
    known = [problems.PROBLEMS[code] for code in codes]
    headers = [*_ALWAYS, *_RATES, *_HEADERS_OF_PROBLEMS.get(known[0].status, ())]
    examples = {code: {"value": _example_problem(code)} for code in codes}
    return {
        "description": " ".join(
            f"`{code}`: {problem.meaning}" for code, problem in zip(codes, known, strict=True)
        ),
        "headers": {name: name for name in headers},
        "content": {problems.MEDIA_TYPE: {"schema": ProblemSchema(), "examples": examples}},
    }


def _example_problem(code: str) -> Members:
    problem = problems.PROBLEMS[code]
    faults = [_EXAMPLE_FAULT] if problem.status in _FAULTY else []
    return {
        **problems.members(code, problem.meaning, faults),
        "instance": "/v1/assessments",
        "request_id": "2f1c0a9e",
    }


def _response_name(status: HTTPStatus) -> str:
    return "".join(word.capitalize() for word in re.split(r"[^A-Za-z]+", status.phrase))


def _component_name(schema: Schema | type[Schema]) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("Schema")


def _sentences(docstring: str | None) -> str:
    """Return a docstring as paragraphs of one line each."""
    paragraphs = re.split(r"\n\s*\n", (docstring or "").strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _shortened(value: object) -> object:
    if isinstance(value, dict):
        return {name: _shortened(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_shortened(inner) for inner in value[:LONGEST_LIST_IN_EXAMPLES]]
    return value


def _cut(text: str) -> str:
    """Return the beginning of a text, as an example of its form."""
    lines = text.splitlines()[:LONGEST_LIST_IN_EXAMPLES]
    return "\n".join(line[:LONGEST_LINE_IN_EXAMPLES] for line in lines)


def _plain(value: Any) -> Any:  # noqa: ANN401  plain data of any shape
    """Return a document of plain dicts and lists, as YAML and JSON know them."""
    if isinstance(value, Mapping):
        return _told_in_words({name: _plain(inner) for name, inner in value.items()})
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _told_in_words(described: Members) -> Members:
    """Return a member or parameter with its default in its description.

    Generators of clients take a `default` to mean that the member is always there, and then
    insist on getting it from whoever sends a request.
    """
    schema: Members = described.get("schema", {}) if described.get("in") == "query" else described
    if schema.get("default", 0) is None:
        del schema["default"]
    if "description" in described and isinstance(schema.get("default"), bool | int | float):
        default = str(schema.pop("default")).lower().removesuffix(".0")
        described["description"] = f"{described['description']} Left out it is {default}."
    return described


class _Dumper(yaml.SafeDumper):
    """Writes lists indented and texts of several lines as blocks, and never an alias."""

    def ignore_aliases(self, _: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
