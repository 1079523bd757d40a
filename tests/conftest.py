"""Fixtures that more than one folder of tests uses."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.alone import MARK, a_place
from tests.redis_server import RedisServer
from tests.running_service import running_service

collect_ignore = ["clients"]  # programs that tests run, not tests


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    with a_place(alone=item.get_closest_marker(MARK) is not None):
        return (yield)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A server for tests that leave it as they found it: running."""
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def own_redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A server for tests that stall or kill it."""
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def service_address() -> Iterator[str]:
    """A running service on the graph that ships, for tests that leave it as they found it."""
    with running_service() as address:
        yield address
