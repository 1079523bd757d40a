"""``openapi.yaml`` is valid, complete, and what the service itself says."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from service.entrypoints.http.openapi import openapi_document, openapi_yaml
from service.entrypoints.http.problems import PROBLEMS
from tests.contract.service_under_contract import APP

ROOT = Path(__file__).parents[2]
COMMITTED = (ROOT / "openapi.yaml").read_bytes().decode()
DOCUMENT: dict[str, Any] = yaml.safe_load(COMMITTED)
OPERATIONS = [
    pytest.param(path, method, operation, id=operation["operationId"])
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]


def nodes(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def test_the_committed_document_is_the_services_own() -> None:
    assert openapi_yaml(APP) == COMMITTED, "run: make openapi"


def test_both_forms_say_the_same() -> None:
    client = APP.test_client()

    assert client.get("/openapi.yaml").get_data(as_text=True) == COMMITTED
    assert client.get("/openapi.json").get_json() == DOCUMENT
    assert openapi_document(APP) == DOCUMENT


def test_it_does_not_depend_on_the_order_of_sets() -> None:
    script = (
        "from tests.contract.service_under_contract import APP\n"
        "from service.entrypoints.http.openapi import openapi_yaml\n"
        "import sys; sys.stdout.buffer.write(openapi_yaml(APP).encode())"
    )
    written = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "7"},
        check=True,
        capture_output=True,
    ).stdout

    assert written.decode() == COMMITTED


def test_it_is_valid_openapi_3_1() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(DOCUMENT).iter_errors()) == []


PARTS_OF_PAGES = {"/docs/{asset}"}


def test_it_holds_every_route_and_no_other() -> None:
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in APP.url_map.iter_rules()
        if not rule.endpoint.startswith("page.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    documented = {(path, method) for path, item in DOCUMENT["paths"].items() for method in item}

    assert {(path, method) for path, method in served if path not in PARTS_OF_PAGES} == documented


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_an_operation_is_described_with_an_example(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    success = operation["responses"]["200"]
    named = set(re.findall(r"{(\w+)}", path))

    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", operation["operationId"])
    assert operation["summary"]
    assert not operation["summary"].endswith(".")
    assert operation["description"].endswith(".")
    assert operation["tags"][0] in {tag["name"] for tag in DOCUMENT["tags"]}
    assert all("example" in content for content in success["content"].values())
    assert {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"} == named
    assert ("requestBody" in operation) == (method == "post")
    assert {"406", "414", "500", "503"} <= set(operation["responses"])


def test_operation_ids_are_unique() -> None:
    ids = [param.id for param in OPERATIONS]

    assert len(set(ids)) == len(ids)


def _types(member: dict[str, Any]) -> list[str]:
    types = member.get("type", [])
    return types if isinstance(types, list) else [types]


UNITS = re.compile(
    r"hours?|weeks?|days?|levels?|how many|points?|0 to 1|1 and up|from 1|importance|`offset`"
    r"|number of|share|HTTP status|how close|1 for a spelling",
    re.IGNORECASE,
)


def test_every_number_says_what_it_counts() -> None:
    silent = [
        (component, name)
        for component, schema in DOCUMENT["components"]["schemas"].items()
        for name, member in schema.get("properties", {}).items()
        if {"number", "integer"} & set(_types(member)) and not UNITS.search(member["description"])
    ]

    assert silent == []


@pytest.mark.parametrize("name", DOCUMENT["components"]["schemas"])
def test_a_component_has_a_plain_name_and_everything_in_it_is_described(name: str) -> None:
    component = DOCUMENT["components"]["schemas"][name]

    assert re.fullmatch(r"([A-Z][a-z]+)+", name)
    assert component["description"].endswith(".")
    assert [
        member
        for member, described in component.get("properties", {}).items()
        if not described.get("description") and "$ref" not in described
    ] == []


@pytest.mark.parametrize(
    "name",
    [
        "AssessmentRequest",
        "Claim",
        "RequiredSkill",
        "RequiredGroup",
        "Option",
        "RoleFitRequest",
        "FitAnswer",
    ],
)
def test_what_clients_send_is_closed(name: str) -> None:
    assert DOCUMENT["components"]["schemas"][name]["additionalProperties"] is False


def test_a_requirement_is_one_of_two_named_shapes() -> None:
    requirements = DOCUMENT["components"]["schemas"]["AssessmentRequest"]["properties"][
        "requirements"
    ]

    assert requirements["items"] == {
        "oneOf": [
            {"$ref": "#/components/schemas/RequiredSkill"},
            {"$ref": "#/components/schemas/RequiredGroup"},
        ]
    }


def test_unions_of_answers_are_told_apart_by_a_member() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    unions = {name: each for name, each in schemas.items() if "oneOf" in each}

    assert set(unions) == {"Graph", "GraphNode"}
    for union in unions.values():
        by = union["discriminator"]["propertyName"]
        mapping = union["discriminator"]["mapping"]
        assert list(mapping.values()) == [shape["$ref"] for shape in union["oneOf"]]
        for value, reference in mapping.items():
            shape = schemas[reference.rpartition("/")[2]]
            assert shape["properties"][by]["enum"] == [value]
            assert by in shape["required"]


def test_null_is_written_as_a_type() -> None:
    assert [node for node in nodes(DOCUMENT["components"]["schemas"]) if "nullable" in node] == []
    assert [
        node for node in nodes(DOCUMENT["components"]["schemas"]) if None in node.get("enum", [])
    ] == []


def test_no_default_makes_a_member_compulsory_in_generated_clients() -> None:
    assert [node for node in nodes(DOCUMENT) if "default" in node] == []


def test_no_component_is_named_as_a_list_or_object_in_it() -> None:
    """Generators name a variable after the component, and one after each member."""
    clashes = [
        name
        for name, component in DOCUMENT["components"]["schemas"].items()
        for member, described in component.get("properties", {}).items()
        if member == re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
        and ("$ref" in described or described.get("type") == "array")
    ]

    assert clashes == []


def test_no_object_in_a_request_is_of_no_known_shape() -> None:
    bare = [
        node
        for node in nodes(DOCUMENT["components"]["schemas"])
        if node.get("type") == "object" and not {"properties", "additionalProperties"} & set(node)
    ]

    assert bare == []


def test_every_problem_has_an_example() -> None:
    examples = {
        code: example["value"]
        for response in DOCUMENT["components"]["responses"].values()
        for code, example in response["content"]["application/problem+json"]["examples"].items()
    }

    assert set(examples) == set(PROBLEMS)
    assert {code: example["status"] for code, example in examples.items()} == {
        code: int(problem.status) for code, problem in PROBLEMS.items()
    }


def test_the_limits_of_the_contract_are_the_readers() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    request, claim = schemas["AssessmentRequest"]["properties"], schemas["Claim"]["properties"]

    assert request["skills"]["maxItems"] == 500
    assert request["requirements"]["minItems"] == 1
    assert request["requirements"]["maxItems"] == 64
    assert (request["hours_per_week"]["minimum"], request["hours_per_week"]["maximum"]) == (1, 80)
    assert (claim["skill"]["minLength"], claim["skill"]["maxLength"]) == (1, 200)
