"""Internet addresses: whose a request is, and how much of it we look at."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client(request: HttpRequest) -> Address | None:
    """Who asks; behind a proxy that PROXY_IP_HEADER trusts, whom it names last. None: unknown."""
    text = request.META.get(settings.PROXY_IP_HEADER or "REMOTE_ADDR", "")
    try:
        found = ip_address(text.rpartition(",")[2].strip())
    except ValueError:
        return None
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found


def household(address: Address | None) -> str:
    """What one customer of a provider has: an IPv4 address, or the /64 of an IPv6 one."""
    return _network(address, v4=32, v6=64)


def truncated(address: Address | None) -> str:
    """The part that tells the region but not the person: /24 of IPv4, /48 of IPv6; "" if unknown.

    Source: what data protection authorities take for anonymous.
    """
    return _network(address, v4=24, v6=48)


def _network(address: Address | None, *, v4: int, v6: int) -> str:
    if address is None:
        return ""
    return str(ip_network(f"{address}/{v4 if address.version == 4 else v6}", strict=False))
