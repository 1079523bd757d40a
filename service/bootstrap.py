"""The composition root: the one module that knows every layer and joins them."""

from functools import partial

from flask import Flask

from service.adapters.graph_file import load_graph
from service.adapters.memory_cache import MemoryCache
from service.adapters.redis_cache import RedisCache, connect
from service.application.assess import Assessor
from service.application.caching import CachedAnswers, TieredCache
from service.application.ports import Cache
from service.application.understand import Understanding
from service.application.use_cases import UseCases
from service.domain.graph import SkillGraph
from service.domain.naming.resolver import Resolver
from service.entrypoints import answers, http
from service.settings import Settings


def build_use_cases(settings: Settings) -> UseCases:
    """Return the use cases of one process; raise `GraphError` for defective data."""
    return use_cases_of(load_graph(settings.graph_path), settings)


def use_cases_of(graph: SkillGraph, settings: Settings) -> UseCases:
    """Return the use cases on a graph that is loaded already."""
    resolver = Resolver(graph.catalogue)
    assessor = Assessor(graph)
    own = MemoryCache(settings.cache_bytes)
    answer = CachedAnswers(
        assess=assessor.assess,
        render=partial(answers.render, graph=graph),
        own=own,
        shared=_shared(own, settings.redis_url),
        graph=graph,
    )
    return UseCases(graph, resolver, Understanding(graph, resolver).read, assessor.assess, answer)


def create_app(use_cases: UseCases) -> Flask:
    """Return the web application around some use cases."""
    app = Flask("service", static_folder=None)
    http.register(app, use_cases)
    return app


def _shared(own: Cache, redis_url: str | None) -> Cache:
    if redis_url is None:
        return own
    return TieredCache(own, RedisCache(connect(redis_url)))
