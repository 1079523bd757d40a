"""Schemathesis reads the contract and tries to break the running service with it."""

from pathlib import Path
from typing import Any

import requests
import schemathesis
import yaml
from hypothesis import HealthCheck, assume, settings
from schemathesis import Case, Config
from schemathesis.checks import positive_data_acceptance

DOCUMENT = yaml.safe_load((Path(__file__).parents[2] / "openapi.yaml").read_text(encoding="utf-8"))

REFUSALS = ["400", "404", "405", "406", "413", "414", "415", "422", "431"]

LONGEST_ADDRESS = 60_000
"""A longer one the server refuses itself, without a body; other tests hold it to that."""

api = schemathesis.openapi.from_dict(
    DOCUMENT,
    config=Config.from_dict(
        {"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}}
    ),
)


@api.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_conform_to_the_contract(case: Case[Any], service_address: str) -> None:
    asked = requests.Request(**case.as_transport_kwargs(base_url=service_address)).prepare()
    assume(len(asked.url or "") < LONGEST_ADDRESS)

    response = case.call(base_url=service_address)

    # A well-shaped request may name a role, skill or level that the graph lacks: rightly refused.
    case.validate_response(response, excluded_checks=[positive_data_acceptance])
    assert response.status_code < 500
    if response.status_code >= 400:
        assert response.headers["content-type"] == ["application/problem+json"]
