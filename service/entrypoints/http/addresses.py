"""The true address of a client: what trusted proxies say, and nobody else."""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Network: TypeAlias = IPv4Network | IPv6Network

HOUSEHOLD_BITS: Final = 64
"""Of an IPv6 address: the rest is chosen by the client itself, as often as it likes."""

SUBSCRIBER_BITS: Final = 56
"""What a provider usually gives one subscriber: 256 networks of `HOUSEHOLD_BITS`."""

LONGEST_CHAIN: Final = 1024
"""Characters at the end of `X-Forwarded-For` that are looked at."""


class TrustedProxies:
    """The proxies whose word counts for where a request comes from.

    Args:
        networks: Where they are.
        hops: Or how many there are before this service, which then has to be out of reach of
            everybody else; 0 where `networks` tell.
    """

    def __init__(self, networks: Sequence[Network] = (), hops: int = 0) -> None:
        self._networks = tuple(networks)
        self._hops = hops

    def client_of(self, environ: "WSGIEnvironment") -> str:
        """Return the address that a request comes from, the same for all of a household.

        The chain of addresses is read from its end, where the proxies wrote, and only as far as
        they are trusted: what a client puts at its beginning is of no account.
        """
        peer = environ.get("REMOTE_ADDR", "")
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        if not forwarded or not (self._networks or self._hops):
            return household(peer)
        chain = [entry.strip() for entry in forwarded[-LONGEST_CHAIN:].split(",")]
        if self._hops:
            return household(chain[-min(self._hops, len(chain))], peer)
        return household(self._first_stranger(peer, chain), peer)

    def _first_stranger(self, peer: str, chain: list[str]) -> str:
        address = peer
        while chain and _is_in(address, self._networks):
            address = chain.pop()
        return address


@lru_cache(maxsize=4096)
def household(text: str, otherwise: str = "") -> str:
    """Return an address, of IPv6 only the network; of what is none, the other one.

    Example:
        >>> household("2001:db8::1"), household("::ffff:192.0.2.1"), household("x", "192.0.2.1")
        ('2001:db8::/64', '192.0.2.1', '192.0.2.1')
    """
    try:
        address = ip_address(text)
    except ValueError:
        return household(otherwise) if otherwise else ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address.packed, HOUSEHOLD_BITS), strict=False))


@lru_cache(maxsize=4096)
def subscriber(client: str) -> str:
    """Return who is behind a client as `household` names it: of IPv6 the larger network.

    Example:
        >>> subscriber("2001:db8:1:2ff::/64"), subscriber("192.0.2.1")
        ('2001:db8:1:200::/56', '192.0.2.1')
    """
    if ":" not in client:
        return client
    first = client.partition("/")[0]
    return str(ip_network(f"{first}/{SUBSCRIBER_BITS}", strict=False))


@lru_cache(maxsize=4096)
def _is_in(text: str, networks: tuple[Network, ...]) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return any(address in network for network in networks)
