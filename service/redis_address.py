"""Addresses of Redis: one server, Sentinel, or a cluster.

    redis://[[user]:password@]host[:6379][/database]        one server; rediss:// with TLS
    unix:///path/to/socket[?db=database]                    one server on this machine
    redis+sentinel://[...@]host[:26379],host.../service[/database]
    redis+cluster://[...@]host[:6379],host...               or rediss+ for either, with TLS

User and password are those of the data servers; Sentinels of their own password are asked with
`?sentinel_password=`. They are asked with the same TLS, unless `sentinel_tls=no`. What else may
follow the `?`: `username`, `password`, `db`, and with TLS what `TLS_OPTIONS` names. Time-outs,
retries and the like are the service's own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

USUAL_PORTS: Final[Mapping[str, int]] = {
    "redis": 6379,
    "rediss": 6379,
    "unix": 0,
    "redis+sentinel": 26379,
    "rediss+sentinel": 26379,
    "redis+cluster": 6379,
    "rediss+cluster": 6379,
}
"""Of each scheme."""

TLS_OPTIONS: Final = (
    "ssl_ca_certs",
    "ssl_ca_path",
    "ssl_certfile",
    "ssl_keyfile",
    "ssl_password",
    "ssl_cert_reqs",
    "ssl_check_hostname",
)
"""By the names that redis-py gives them."""

MOST_PORT: Final = 65_535
MOST_DATABASE: Final = 2**31 - 1

_NAME: Final = re.compile(r"[^\s\[\]:/@,]+")
_FILES: Final = ("ssl_certfile", "ssl_keyfile", "ssl_ca_certs", "ssl_ca_path")
_YES_OR_NO: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("0", "no", "false"), False),
    **dict.fromkeys(("1", "yes", "true"), True),
}
_ONE_OF: Final[Mapping[str, Mapping[str, Any]]] = {
    "ssl_cert_reqs": {word: word for word in ("none", "optional", "required")},
    "ssl_check_hostname": _YES_OR_NO,
    "sentinel_tls": _YES_OR_NO,
}
"""What options can be that are no free text."""


class AddressError(ValueError):
    """An address is none that leads to Redis.

    The message says what it should be, and repeats nothing of it: any part of an address that is
    read wrongly may be a part of its password.
    """


@dataclass(frozen=True, slots=True)
class Address:
    """Where Redis is to be found.

    Attributes:
        scheme: One of `USUAL_PORTS`.
        hosts: Names or numbers, each with its port; one, or of Sentinels and clusters several,
            and none where there is a socket.
        socket: Path of the socket; empty where there are hosts.
        service: What the Sentinels call the servers; empty for anything else.
        database: By its number.
        options: Username, password and TLS of the data servers, as redis-py takes them.
        sentinel_options: Password and TLS of the Sentinels themselves, in the same way.
    """

    scheme: str
    hosts: tuple[tuple[str, int], ...]
    socket: str
    service: str
    database: int
    options: Mapping[str, Any]
    sentinel_options: Mapping[str, Any] = field(default_factory=dict)


def read_address(url: str) -> Address:
    """Return what an address says; raise `AddressError` where it cannot lead to Redis."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in USUAL_PORTS or not rest:
        raise AddressError("an address like redis://host:6379/0")
    place, _, query = rest.partition("?")
    authority, slash, path = place.partition("/")
    if "@" in path and scheme != "unix":
        raise AddressError("an address with its user and password percent-encoded: a / is %2F")
    credentials, _, hosts = authority.rpartition("@")
    given = _options(scheme, query)
    socket, service, databases = _within(scheme, slash + path)
    database = _database([*databases, *filter(None, [given.pop("db", None)])])
    user, _, password = map(unquote, credentials.partition(":"))
    tls: dict[str, Any] = {name: given[name] for name in TLS_OPTIONS if name in given}
    if scheme.startswith("rediss"):
        tls["ssl"] = True
    watch = _of_sentinels(given, tls) if service else {}
    options = {
        **tls,
        "username": user or given.get("username"),
        "password": password or given.get("password"),
    }
    return Address(scheme, _hosts(scheme, hosts), socket, service, database, options, watch)


def check_files(address: Address) -> None:
    """Raise `AddressError` where certificates that an address names cannot be used."""
    options = address.options
    if not any(name in options for name in _FILES):
        return
    import ssl  # noqa: PLC0415 - a start without such an address does not wait for it

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    certificate, key, authorities, folder = map(options.get, _FILES)
    try:
        if authorities or folder:
            context.load_verify_locations(authorities, folder)
        if certificate or key:  # without a password it must not ask whoever sits at the terminal
            context.load_cert_chain(certificate or "", key, options.get("ssl_password", ""))
    except (OSError, TypeError, ValueError):
        raise AddressError(
            f"an address whose {', '.join(_FILES)} lead to certificates in PEM, and their key"
        ) from None


def _options(scheme: str, query: str) -> dict[str, Any]:
    """Return what stands behind the question mark, each name once and with a value."""
    names = ["username", "password"]
    names += [] if "+" in scheme else ["db"]
    names += ["sentinel_password"] if scheme.endswith("+sentinel") else []
    names += TLS_OPTIONS if scheme.startswith("rediss") else []
    names += ["sentinel_tls"] if scheme == "rediss+sentinel" else []
    known = f"an address without options, or with some of {', '.join(names)}, each once"
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    except ValueError:
        raise AddressError(known) from None
    options: dict[str, Any] = dict(pairs)
    if len(options) < len(pairs) or not all(name in names and options[name] for name in options):
        raise AddressError(known)
    for name in options.keys() & _ONE_OF:
        meanings = _ONE_OF[name]
        if options[name].lower() not in meanings:
            raise AddressError(f"an address whose {name} is one of {', '.join(meanings)}")
        options[name] = meanings[options[name].lower()]
    return options


def _of_sentinels(given: Mapping[str, Any], tls: Mapping[str, Any]) -> dict[str, Any]:
    """Return with what options Sentinels are asked, whose servers have such TLS."""
    password = {"password": given.get("sentinel_password")}
    return {**password, **tls} if given.get("sentinel_tls", True) else password


def _within(scheme: str, path: str) -> tuple[str, str, list[str]]:
    """Return the socket, the service of Sentinels and the databases that a path names."""
    if scheme == "unix":
        if path in {"", "/"}:
            raise AddressError("an address like unix:///path/to/socket?db=0")
        return unquote(path), "", []
    parts = [unquote(part) for part in path.split("/") if part]
    if scheme.endswith("+sentinel"):
        if not parts:
            raise AddressError(f"an address like {scheme}://host:26379,host:26379/service/0")
        return "", parts[0], parts[1:]
    if scheme.endswith("+cluster") and parts:
        raise AddressError(f"an address like {scheme}://host:6379,host:6379, without a database")
    return "", "", parts


def _database(texts: list[str]) -> int:
    number = _number(texts[0], MOST_DATABASE) if texts else 0
    if number is None or len(texts) > 1:
        raise AddressError("an address whose database is one number, like redis://host:6379/0")
    return number


def _hosts(scheme: str, text: str) -> tuple[tuple[str, int], ...]:
    if scheme == "unix":
        if text:
            raise AddressError("an address like unix:///path/to/socket, with three strokes")
        return ()
    several = text.split(",") if "+" in scheme else [text]
    otherwise = "" if "+" in scheme else "localhost"
    return tuple(_host(host, USUAL_PORTS[scheme], otherwise) for host in several)


def _host(text: str, usual_port: int, otherwise: str) -> tuple[str, int]:
    """Return a host and its port; where the host is left out, the other one."""
    host, separator, port = text.rpartition(":")
    if not separator or text.endswith("]"):  # an IPv6 address without a port
        host, port = text, ""
    number = _number(port, MOST_PORT) if port else usual_port
    if not number:
        raise AddressError(f"an address whose port is a number from 1 to {MOST_PORT}")
    host = unquote(host) or otherwise
    if host.startswith("[") and host.endswith("]"):
        return _of_ipv6(host[1:-1]), number
    if not _NAME.fullmatch(host):
        raise AddressError("an address whose hosts are names, or numbers like 192.0.2.1 or [::1]")
    return host, number


def _of_ipv6(text: str) -> str:
    try:
        IPv6Address(text)
    except ValueError:
        raise AddressError("an address whose IPv6 numbers are like [2001:db8::1]") from None
    return text


def _number(text: str, most: int) -> int | None:
    """Return a number, or None for what is none or too large."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return int(text) if is_number and int(text) <= most else None
