"""The wiring of the web application: Flask, and what stands before it."""

import sys
from functools import partial
from time import time

from flask import Flask

from service.adapters import redis_client
from service.adapters.key_file import load_keys
from service.adapters.line_log import LineLog
from service.adapters.memory_cache import MemoryCache
from service.adapters.memory_counter import MemoryCounter
from service.adapters.redis_counter import RedisCounter
from service.application.ports import Counter
from service.application.quota import Quotas
from service.application.use_cases import UseCases
from service.bootstrap import CACHE_SHARES
from service.entrypoints import http, web
from service.entrypoints.http.addresses import TrustedProxies
from service.entrypoints.http.framing import refuse_broken_http
from service.entrypoints.http.front import Front, Gate
from service.entrypoints.http.gates import AccessGate, OriginGate, Rates
from service.entrypoints.http.memo import Kept, Memo
from service.entrypoints.http.short_way import ShortWay
from service.settings import Settings


def create(use_cases: UseCases, settings: Settings) -> Flask:
    """Return the web application around some use cases."""
    app = Flask("service", static_folder=None)
    room = settings.cache_bytes // CACHE_SHARES
    http.register(app, use_cases, MemoryCache[str, bytes](room, len, largest_share=1))
    web.register(app, settings.embed_origins)
    store = MemoryCache[bytes, Kept](room, Kept.size)
    answer, meter = use_cases.answer, use_cases.meter
    short_way = ShortWay(app.wsgi_app, use_cases)
    # Without a cache to share, to be heard here would cost a kept answer more than to be found.
    memo = Memo(short_way, answer.edition, store, meter, answer.hear if answer.shared else None)
    log = LineLog(sys.stdout.fileno(), meter.lines_lost).write if settings.access_log else None
    gates, client_of = _gates(app, settings), _proxies(settings).client_of
    app.wsgi_app = Front(memo, meter, log, gates, client_of)  # type: ignore[assignment, method-assign]
    return app


def _gates(app: Flask, settings: Settings) -> list[Gate]:
    """Return what requests have to pass: what the settings ask for, and sound HTTP."""
    gates: list[Gate] = []
    if settings.cors_origins:
        gates.append(OriginGate(settings.cors_origins))
    rates = Rates(settings.anonymous_per_minute, settings.key_per_minute)
    if settings.api_keys_path or rates != Rates():
        keys = load_keys(settings.api_keys_path) if settings.api_keys_path else None
        quotas = Quotas(_counter(settings), time)
        gates.append(AccessGate(app, keys, quotas, rates, _proxies(settings)))
    return [*gates, refuse_broken_http]


def _counter(settings: Settings) -> Counter:
    own = MemoryCounter()
    if settings.redis_url is None:
        return own
    connect = partial(redis_client.connect, settings.redis_url)
    return RedisCounter(own, connect, settings.cache_secret)


def _proxies(settings: Settings) -> TrustedProxies:
    trusted = settings.trusted_proxies
    return TrustedProxies(hops=trusted) if isinstance(trusted, int) else TrustedProxies(trusted)
