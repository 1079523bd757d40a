"""What every request has to pass, whoever answers it: keys, rates and origins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from flask import Flask

from service.application.access import ApiKey, KeyRing, Scope
from service.application.quota import WINDOW_SECONDS, Quotas, Standing
from service.entrypoints.http.addresses import TrustedProxies
from service.entrypoints.http.front import KEY_ID, REFUSAL_FOR, Headers, Verdict
from service.entrypoints.http.operations import operations_by_path
from service.entrypoints.http.problems import PROBLEMS, ProblemError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

POLICY: Final = "minute"
"""The name of the only policy of rates."""

EXPOSED: Final = (
    "Content-Disposition, Deprecation, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, "
    "Sunset, X-Request-ID"
)
"""Headers that scripts on pages of other origins may read."""

_PREFLIGHT: Final[Headers] = (
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match, X-Request-ID"),
    ("Access-Control-Max-Age", "7200"),
)
_NOT_MODIFIED: Final = 304


@dataclass(frozen=True, slots=True)
class Rates:
    """Requests a minute.

    Attributes:
        anonymous: Of an address without a key; None for no limit.
        per_key: Of a key that has no number of its own; None for no limit.
    """

    anonymous: int | None = None
    per_key: int | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who makes a request.

    Attributes:
        name: Tells askers apart.
        key: None for whoever shows none, or one that is not good.
        limit: Requests that they may make in a minute; None for no limit.
        is_false: Whether what they show is no good key.
    """

    name: str
    key: ApiKey | None
    limit: int | None
    is_false: bool = False


class AccessGate:
    """Knows who asks, how often they may, and what for.

    What a path needs is looked up by how it is written; once Flask knows which operation is
    meant, it asks again (`service.entrypoints.http.hooks`), so that no spelling of a path or a
    method is a way round.

    A key that is not good is an error even where none is needed, and counts for its address,
    so that guessing ends at the limit of an address.

    Args:
        app: Whose operations say what scope they need, and which are free.
        keys: The good keys; None where the service is open to everybody.
        quotas: Counts.
        rates: How often who may ask.
        proxies: Whose word counts for addresses.
    """

    def __init__(
        self,
        app: Flask,
        keys: KeyRing | None,
        quotas: Quotas,
        rates: Rates,
        proxies: TrustedProxies,
    ) -> None:
        declared = operations_by_path(app)
        self._scopes = {place: each.scope for place, each in declared.items() if each.scope}
        self._free = {path for (_, path), each in declared.items() if each.is_free}
        self._keys = keys
        self._quotas = quotas
        self._rates = rates
        self._proxies = proxies

    def __call__(self, environ: "WSGIEnvironment") -> Verdict:
        """Look at a request."""
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if path in self._free or method == "OPTIONS":
            return Verdict()
        asker = self._asker(environ)
        if asker.key:
            environ[KEY_ID] = asker.key.id
        refusal = None
        if self._keys is not None:
            scope = self._scopes.get(("GET" if method == "HEAD" else method, path))
            refusal = _refusal(asker, scope)
            environ[REFUSAL_FOR] = partial(_refusal, asker)
        if asker.limit is None:
            return Verdict(refusal=refusal)
        standing = self._quotas.take(asker.name, asker.limit)
        if standing.is_over:
            refusal = _problem("quota-exceeded", ("Retry-After", str(standing.seconds)))
        settle = partial(self._settle, asker.name, standing)
        return Verdict(refusal=refusal, settle=settle)

    def _asker(self, environ: "WSGIEnvironment") -> Asker:
        shown = environ.get("HTTP_AUTHORIZATION")
        address = f"address {self._proxies.client_of(environ)}"
        if self._keys is None or shown is None:
            return Asker(address, None, self._rates.anonymous)
        scheme, _, token = shown.partition(" ")
        key = self._keys.find(token.strip()) if scheme.lower() == "bearer" else None
        if key is None:
            return Asker(address, None, self._rates.anonymous, is_false=True)
        return Asker(f"key {key.id}", key, key.per_minute or self._rates.per_key)

    def _settle(self, name: str, standing: Standing, status: int) -> Headers:
        """Return where somebody stands; who had the answer already pays nothing for it."""
        left = standing.left
        if status == _NOT_MODIFIED:
            self._quotas.give_back(name)
            left = min(left + 1, standing.limit)
        return (
            ("RateLimit-Policy", f'"{POLICY}";q={standing.limit};w={WINDOW_SECONDS}'),
            ("RateLimit", f'"{POLICY}";r={left};t={standing.seconds}'),
        )


class OriginGate:
    """Lets scripts on pages of some origins read answers.

    Args:
        origins: As browsers write them, such as ``https://careers.example.com``.
    """

    def __init__(self, origins: Iterable[str]) -> None:
        self._headers: Mapping[str, Headers] = {
            origin: (
                ("Access-Control-Allow-Origin", origin),
                ("Access-Control-Expose-Headers", EXPOSED),
            )
            for origin in origins
        }

    def __call__(self, environ: "WSGIEnvironment") -> Verdict:
        """Look at a request."""
        allowed = self._headers.get(environ.get("HTTP_ORIGIN", ""), ())
        if allowed and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ:
            allowed += _PREFLIGHT
        return Verdict((("Vary", "Origin"), *allowed))


def _refusal(asker: Asker, scope: Scope | None) -> ProblemError | None:
    """Return what stands between somebody and an operation (RFC 6750, 3), if anything."""
    if asker.is_false:
        return _problem("key-required", _challenge('error="invalid_token"'))
    if scope and asker.key is None:
        return _problem("key-required", _challenge())
    if scope and asker.key and scope not in asker.key.scopes:
        return _problem(
            "scope-lacking", _challenge(f'error="insufficient_scope", scope="{scope}"')
        )
    return None


def _challenge(*error: str) -> tuple[str, str]:
    return "WWW-Authenticate", ", ".join(['Bearer realm="skills-gap"', *error])


def _problem(code: str, *headers: tuple[str, str]) -> ProblemError:
    return ProblemError(code, PROBLEMS[code].meaning, headers=dict(headers))
