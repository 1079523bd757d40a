"""Where a request comes from, as far as anybody can be trusted to say."""

from ipaddress import ip_network

import pytest

from service.entrypoints.http.addresses import TrustedProxies

NETWORKS = tuple(map(ip_network, ("10.0.0.0/8", "2001:db8:ffff::/48")))


def client(proxies: TrustedProxies, peer: str, forwarded: str | None = None) -> str:
    environ = {"REMOTE_ADDR": peer}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    return proxies.client_of(environ)


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "expected"),
    [
        pytest.param(TrustedProxies(), "192.0.2.1", "198.51.100.1", "192.0.2.1", id="nobody"),
        pytest.param(
            TrustedProxies(NETWORKS), "192.0.2.1", "198.51.100.1", "192.0.2.1", id="a stranger"
        ),
        pytest.param(
            TrustedProxies(NETWORKS), "10.0.0.1", "198.51.100.1", "198.51.100.1", id="a proxy"
        ),
        pytest.param(
            TrustedProxies(NETWORKS),
            "10.0.0.1",
            "203.0.113.9, 198.51.100.1, 10.0.0.2",
            "198.51.100.1",
            id="two proxies, and an address that the client made up",
        ),
        pytest.param(
            TrustedProxies(NETWORKS), "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3", id="inside"
        ),
        pytest.param(
            TrustedProxies(NETWORKS), "10.0.0.1", "<script>", "10.0.0.1", id="no address"
        ),
        pytest.param(TrustedProxies(NETWORKS), "10.0.0.1", None, "10.0.0.1", id="no header"),
        pytest.param(
            TrustedProxies(hops=2), "10.0.0.1", "1.1.1.1, 192.0.2.1, 10.9.9.9", "192.0.2.1",
            id="counted from the end",
        ),
        pytest.param(
            TrustedProxies(hops=2), "10.0.0.1", "192.0.2.1", "192.0.2.1", id="a short chain"
        ),
        pytest.param(
            TrustedProxies(NETWORKS),
            "2001:db8:ffff::1",
            "2001:db8:1:2:3:4:5:6",
            "2001:db8:1:2::/64",
            id="of IPv6 the network",
        ),
        pytest.param(
            TrustedProxies(), "::ffff:192.0.2.1", None, "192.0.2.1", id="IPv4 in IPv6"
        ),
        pytest.param(TrustedProxies(), "", None, "", id="a socket without an address"),
        pytest.param(
            TrustedProxies(hops=1), "10.0.0.1", "x" * 8000 + ", 192.0.2.1", "192.0.2.1",
            id="a chain as long as a header",
        ),
    ],
)  # fmt: skip
def test_the_address_is_the_last_one_that_is_not_trusted(
    proxies: TrustedProxies, peer: str, forwarded: str | None, expected: str
) -> None:
    assert client(proxies, peer, forwarded) == expected
