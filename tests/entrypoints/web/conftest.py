"""The page on a small graph that has a bit of everything, and on a hostile one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.application.use_cases import UseCases
from service.bootstrap import create_app, use_cases_of
from service.entrypoints.web.plan import Plan, make_plan
from service.entrypoints.web.wish import Wish
from service.settings import Settings
from tests.entrypoints.web.graphs import everything, hostile

SETTINGS = Settings(graph_path=Path("not-read.json"))


@pytest.fixture(scope="package")
def cases() -> UseCases:
    return use_cases_of(everything(), SETTINGS)


@pytest.fixture
def client(cases: UseCases) -> FlaskClient:
    return create_app(cases).test_client()


@pytest.fixture
def plan(cases: UseCases) -> Callable[..., Plan]:
    """Return what makes the answer to a wish."""

    def made(*skills: str, target: str = "", hours_per_week: str = "") -> Plan:
        wish = Wish(skills, target=target, hours_per_week=hours_per_week, is_asked=True)
        return make_plan(wish, cases)

    return made


@pytest.fixture(scope="package")
def hostile_client() -> FlaskClient:
    return create_app(use_cases_of(hostile(), SETTINGS)).test_client()
