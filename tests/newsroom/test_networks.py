from ipaddress import ip_address

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from newsroom.lib import networks


@pytest.mark.parametrize(
    ("header", "forwarded", "expected"),
    [
        ("", "203.0.113.9", "192.0.2.1"),
        ("HTTP_X_FORWARDED_FOR", "203.0.113.9", "203.0.113.9"),
        ("HTTP_X_FORWARDED_FOR", "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        ("HTTP_X_FORWARDED_FOR", "2001:db8::1", "2001:db8::1"),
        ("HTTP_X_FORWARDED_FOR", "::ffff:203.0.113.9", "203.0.113.9"),
        ("HTTP_X_FORWARDED_FOR", "nonsense", "None"),
        ("HTTP_X_REAL_IP", "203.0.113.9", "None"),
    ],
)
def test_client_is_whom_the_trusted_proxy_names(
    settings: Settings, header: str, forwarded: str, expected: str
) -> None:
    settings.PROXY_IP_HEADER = header
    request = RequestFactory().get(
        "/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="192.0.2.1"
    )

    assert str(networks.client(request)) == expected


@pytest.mark.parametrize(
    ("address", "household", "truncated"),
    [
        ("203.0.113.9", "203.0.113.9/32", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
    ],
)
def test_only_as_much_of_an_address_is_kept_as_is_needed(
    address: str, household: str, truncated: str
) -> None:
    found = ip_address(address)

    assert networks.household(found) == household
    assert networks.truncated(found) == truncated


def test_unknown_address_has_no_network() -> None:
    assert networks.truncated(None) == networks.household(None) == ""
