"""Where a form was sent from, for pages that are the same for everybody and so hold no token."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_ours(request: HttpRequest) -> bool:
    """Whether a page of ours sent it, or something that is no browser and so has no visitor.

    Source: Fetch Metadata, which browsers send over https and to this machine; else Origin.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or host(origin) == request.get_host()


def host(url: str) -> str:
    """ "" where `url` is none."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""
