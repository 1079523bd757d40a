"""Addresses of Redis: what they say, and which are refused before anything starts."""

from pathlib import Path
from typing import Any

import pytest

from service.redis_address import Address, AddressError, read_address
from service.settings import SettingError, Settings

SECRET = "hush"  # noqa: S105  looked for in messages
NOBODY = {"username": None, "password": None}


def one(host: str = "h", port: int = 6379, database: int = 0, **options: Any) -> Address:  # noqa: ANN401
    return Address("redis", ((host, port),), "", "", database, NOBODY | options)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("redis://h", one(), id="a host"),
        pytest.param("redis://h:7/3", one(port=7, database=3), id="a port and a database"),
        pytest.param("redis://h:/", one(), id="strokes before nothing"),
        pytest.param("redis://[::1]:7?db=3", one("::1", 7, 3), id="IPv6, and the database behind"),
        pytest.param("redis:///2", one("localhost", database=2), id="this machine"),
        pytest.param(
            "redis://a%40b:p%2Fw@h", one(username="a@b", password="p/w"), id="a user"  # noqa: S106
        ),
        pytest.param(
            "redis://h?username=a&password=b%20c",
            one(username="a", password="b c"),  # noqa: S106
            id="a user behind",
        ),
        pytest.param(
            "rediss://h?ssl_check_hostname=False&ssl_cert_reqs=optional",
            Address(
                "rediss",
                (("h", 6379),),
                "",
                "",
                0,
                NOBODY | {"ssl": True, "ssl_check_hostname": False, "ssl_cert_reqs": "optional"},
            ),
            id="TLS",
        ),
        pytest.param(
            "unix://:p@/run/my%20redis.sock?db=4",
            Address("unix", (), "/run/my redis.sock", "", 4, NOBODY | {"password": "p"}),
            id="a socket",
        ),
        pytest.param(
            "redis+sentinel://:data@one,two:7,[::1]:8/main/2?sentinel_password=watch",
            Address(
                "redis+sentinel",
                (("one", 26379), ("two", 7), ("::1", 8)),
                "",
                "main",
                2,
                NOBODY | {"password": "data"},
                {"password": "watch"},
            ),
            id="several Sentinels with a password of their own",
        ),
        pytest.param(
            "rediss+sentinel://h/main?ssl_check_hostname=no",
            Address(
                "rediss+sentinel",
                (("h", 26379),),
                "",
                "main",
                0,
                NOBODY | {"ssl": True, "ssl_check_hostname": False},
                {"password": None, "ssl": True, "ssl_check_hostname": False},
            ),
            id="Sentinels with the TLS of their servers",
        ),
        pytest.param(
            "rediss+sentinel://h/main?sentinel_tls=no",
            Address(
                "rediss+sentinel",
                (("h", 26379),),
                "",
                "main",
                0,
                NOBODY | {"ssl": True},
                {"password": None},
            ),
            id="Sentinels without the TLS of their servers",
        ),
        pytest.param(
            "rediss+cluster://a%40b:p%3Aw@one:7000,[::1]/",
            Address(
                "rediss+cluster",
                (("one", 7000), ("::1", 6379)),
                "",
                "",
                0,
                {"username": "a@b", "password": "p:w", "ssl": True},
            ),
            id="a cluster with TLS and a user",
        ),
    ],
)  # fmt: skip
def test_an_address_is_read(url: str, expected: Address) -> None:
    assert read_address(url) == expected
    assert Settings.from_environ({"REDIS_URL": url}).redis_url == url


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("http://h", "like redis://host:6379/0", id="another scheme"),
        pytest.param("redis:h", "like redis://host:6379/0", id="no strokes"),
        pytest.param("redis://", "like redis://host:6379/0", id="nothing"),
        pytest.param("redis://h:abc/0", "port", id="a port of letters"),
        pytest.param("redis://h:99999/0", "port", id="a port too large"),
        pytest.param("redis://h:0", "port", id="port 0"),
        pytest.param("redis://h:²", "port", id="a digit that is none"),
        pytest.param("redis+sentinel://h:abc/main", "port", id="of Sentinel a port of letters"),
        pytest.param("redis+cluster://h:x", "port", id="of a cluster a port of letters"),
        pytest.param(f"redis://:p/{SECRET}@h/0", "%2F", id="a / in a password"),
        pytest.param(f"redis://a:12/{SECRET}@h/0", "%2F", id="a / behind what could be a port"),
        pytest.param(
            f"redis+sentinel://a:12/{SECRET}@h/1", "%2F", id="of Sentinel a / in a password"
        ),
        pytest.param(f"redis://a:12?{SECRET}@h/0", "options", id="a ? in a password"),
        pytest.param(f"redis://a:{SECRET}@[::1/0", "hosts", id="half a bracket"),
        pytest.param("redis://[::g]/0", "IPv6", id="no IPv6"),
        pytest.param("redis://::1/0", "hosts", id="IPv6 without brackets"),
        pytest.param("redis://one,two/0", "hosts", id="two servers without a cluster"),
        pytest.param("redis://a b/0", "hosts", id="a blank in a host"),
        pytest.param("redis+cluster://one,", "hosts", id="an empty host of several"),
        pytest.param("redis+sentinel:///main", "hosts", id="Sentinel without a host"),
        pytest.param("redis+sentinel://h", "/service/0", id="Sentinel without a service"),
        pytest.param("redis+sentinel://h/main/x", "database", id="of Sentinel no database"),
        pytest.param("redis+cluster://h/0", "without a database", id="a cluster has no databases"),
        pytest.param("redis://h:6379/x", "database", id="no database"),
        pytest.param("redis://h/-1", "database", id="a database below 0"),
        pytest.param("redis://h/99999999999", "database", id="a database too large"),
        pytest.param("redis://h/0/1", "database", id="two databases"),
        pytest.param("redis://h/0?db=1", "database", id="two databases, one behind"),
        pytest.param("unix:///x?db=a", "database", id="of a socket no database"),
        pytest.param("unix://run/redis.sock", "three strokes", id="a socket with two strokes"),
        pytest.param("unix:///", "unix:///path", id="no socket"),
        pytest.param("redis://h?socket_timeout=30", "options", id="a time-out"),
        pytest.param("redis://h?retry_on_timeout=1", "options", id="retries"),
        pytest.param("unix:///x?decode_responses=1", "options", id="text for bytes"),
        pytest.param("rediss+cluster://h?protocol=3", "options", id="another protocol"),
        pytest.param("redis+sentinel://h/main?db=1", "options", id="a late database"),
        pytest.param("redis+sentinel://h/main?sentinel_tls=no", "options", id="no TLS"),
        pytest.param("redis://h?sentinel_password=x", "options", id="no Sentinel"),
        pytest.param("redis://h?ssl_ca_certs=/x", "options", id="certificates without TLS"),
        pytest.param("redis://h?db=1&db=2", "options", id="an option twice"),
        pytest.param("redis://h?password=", "options", id="an option without a value"),
        pytest.param("rediss://h?ssl_cert_reqs=maybe", "ssl_cert_reqs is one", id="no such check"),
    ],
)
def test_an_address_that_cannot_work_is_refused_and_not_repeated(url: str, reason: str) -> None:
    with pytest.raises(AddressError) as cause:
        read_address(url)
    with pytest.raises(SettingError, match="The setting REDIS_URL should be an address ") as said:
        Settings.from_environ({"REDIS_URL": url})

    assert reason in str(cause.value)
    assert str(cause.value) in str(said.value)
    assert SECRET not in str(said.value)
    assert said.value.__suppress_context__


@pytest.mark.parametrize(
    "scheme", ["rediss://h", "rediss+sentinel://h/main", "rediss+cluster://h"]
)
@pytest.mark.parametrize("option", ["ssl_ca_certs", "ssl_certfile", "ssl_keyfile"])
@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_cannot_be_used_are_refused(
    scheme: str, option: str, content: str | None, tmp_path: Path
) -> None:
    named = tmp_path / f"{SECRET}.pem"
    if content is not None:
        named.write_text(content)

    with pytest.raises(SettingError, match="certificates in PEM") as said:
        Settings.from_environ({"REDIS_URL": f"{scheme}?{option}={named}"})

    assert SECRET not in str(said.value)
