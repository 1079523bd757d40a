"""The composition root: the one place that knows every layer and joins them.

The use cases are joined here, the web application in `web_application`: a command that answers
one question at a terminal starts without Flask.
"""

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from service.adapters import redis_client
from service.adapters.answer_cache import AnswerCache
from service.adapters.graph_file import load_graph
from service.adapters.key_file import load_keys
from service.adapters.meter import PrometheusMeter
from service.adapters.own_code import code_edition
from service.adapters.redis_cache import RedisCache
from service.application.assess import Assessor
from service.application.caching import CachedAnswers
from service.application.common import CommonQuestions
from service.application.ports import Meter, SharedCache
from service.application.understand import Understanding
from service.application.use_cases import UseCases
from service.application.warming import Warming
from service.domain.graph import SkillGraph
from service.domain.naming.resolver import Resolver
from service.entrypoints import answers
from service.garbage import made_to_stay, uncollected
from service.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

logger = logging.getLogger(__name__)

CACHE_SHARES: Final = 4
"""Of four shares of the cache the memo of exact bytes takes one, what is made once for everyone
another, and the answers to questions the rest."""


class Knowledge:
    """What depends on the graph alone: built once, then only read, by forked workers too."""

    def __init__(self, graph: SkillGraph) -> None:
        self.graph = graph
        self.resolver = Resolver(graph.catalogue)
        self.assessor = Assessor(graph)


_preloaded: dict[Path, Knowledge] = {}


def preload(settings: Settings) -> SkillGraph:
    """Load a graph for all workers that this process is going to fork, and return it.

    So they start in a moment and share its memory; and one that takes the place of a dead one
    still has the graph that was checked, whatever became of the file.

    Raises:
        GraphError: The graph is defective.
    """
    with made_to_stay():
        from service.bootstrap import web_application  # noqa: F401, PLC0415 - workers need it

        knowledge = Knowledge(load_graph(settings.graph_path))
    _preloaded[settings.graph_path.resolve()] = knowledge
    return knowledge.graph


def build_use_cases(
    settings: Settings, graph_path: Path | None = None, meter: Meter | None = None
) -> UseCases:
    """Return the use cases of one process; raise `GraphError` for defective data.

    Args:
        settings: Of the process.
        graph_path: A graph file other than the one of the settings.
        meter: Counts what happens; one for Prometheus where there is none.
    """
    path = graph_path or settings.graph_path
    knowledge = _preloaded.get(path.resolve())
    with uncollected():
        return _use_cases(knowledge or Knowledge(load_graph(path)), settings, meter)


def use_cases_of(graph: SkillGraph, settings: Settings, meter: Meter | None = None) -> UseCases:
    """Return the use cases on a graph that is loaded already."""
    return _use_cases(Knowledge(graph), settings, meter)


def _use_cases(knowledge: Knowledge, settings: Settings, meter: Meter | None) -> UseCases:
    graph, resolver, assessor = knowledge.graph, knowledge.resolver, knowledge.assessor
    meter = meter or PrometheusMeter()
    shared = _shared(settings, meter)
    common = CommonQuestions(graph)
    answer = CachedAnswers(
        assess=assessor.assess,
        render=partial(answers.render, graph=graph),
        own=AnswerCache(2 * settings.cache_bytes // CACHE_SHARES),
        shared=shared,
        common=common,
        edition=f"{graph.catalogue.content_hash}:{code_edition()}",
        meter=meter,
    )
    return UseCases(
        graph=graph,
        resolver=resolver,
        understand=Understanding(graph, resolver).read,
        assess=assessor.assess,
        answer=answer,
        keep_warm=Warming(resolver.make_ready, answer.make_ready, common, shared, meter),
        meter=meter,
    )


def create_app(use_cases: UseCases, settings: Settings | None = None) -> "Flask":
    """Return the web application around some use cases; without settings, as by default."""
    from service.bootstrap import web_application  # noqa: PLC0415 - commands do without Flask

    return web_application.create(use_cases, settings or Settings.from_environ({}))


def _shared(settings: Settings, meter: Meter) -> SharedCache | None:
    if settings.redis_url is None:
        return None
    if not settings.cache_secret:
        logger.warning(
            "CACHE_SECRET is not set: who can write to Redis can forge answers, and who can read"
            " there can find out which addresses ask"
        )
    connect = partial(redis_client.connect, settings.redis_url)
    return RedisCache(connect, meter, settings.cache_secret)


def check_access(settings: Settings) -> None:
    """Raise `UnreadableKeysError` where the file of API keys cannot be used."""
    if settings.api_keys_path:
        load_keys(settings.api_keys_path)
