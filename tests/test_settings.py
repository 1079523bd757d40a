"""Settings are read once, from the environment, and refused by name."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from service.settings import SettingError, Settings, shipped_graph

ORIGINS = "https://careers.example.com, http://localhost:3000"


def test_nothing_has_to_be_set() -> None:
    assert Settings.from_environ({}) == Settings(graph_path=shipped_graph())


@pytest.mark.parametrize("name", ["API_KEYS_FILE", "KEY_PER_MINUTE", "TRUSTED_PROXIES"])
def test_what_is_set_to_nothing_is_not_set(name: str) -> None:
    assert Settings.from_environ({name: ""}) == Settings.from_environ({})


@pytest.mark.parametrize(
    ("name", "text", "attribute", "value"),
    [
        ("API_KEYS_FILE", "/etc/keys", "api_keys_path", Path("/etc/keys")),
        ("ANONYMOUS_PER_MINUTE", "600", "anonymous_per_minute", 600),
        ("KEY_PER_MINUTE", "1", "key_per_minute", 1),
        ("TRUSTED_PROXIES", "2", "trusted_proxies", 2),
        (
            "TRUSTED_PROXIES",
            "10.0.0.0/8, 2001:db8::7",
            "trusted_proxies",
            (ip_network("10.0.0.0/8"), ip_network("2001:db8::7")),
        ),
        (
            "CORS_ORIGINS",
            ORIGINS,
            "cors_origins",
            ("https://careers.example.com", "http://localhost:3000"),
        ),
    ],
)
def test_a_setting_is_read(name: str, text: str, attribute: str, value: object) -> None:
    assert getattr(Settings.from_environ({name: text}), attribute) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ANONYMOUS_PER_MINUTE", "0"),
        ("KEY_PER_MINUTE", "many"),
        ("KEY_PER_MINUTE", "1e3"),
        ("TRUSTED_PROXIES", "0"),
        ("TRUSTED_PROXIES", "10"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("TRUSTED_PROXIES", "proxy.example.com"),
        ("CORS_ORIGINS", "*"),
        ("CORS_ORIGINS", "null"),
        ("CORS_ORIGINS", "https://careers.example.com/"),
        ("CORS_ORIGINS", "https://*.example.com"),
        ("CORS_ORIGINS", "careers.example.com"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, text: str) -> None:
    with pytest.raises(SettingError, match=f"The setting {name} should be ") as refused:
        Settings.from_environ({name: text})

    assert refused.value.name == name
