"""What readers are told when nothing can be made for them."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from newsroom.lib import csp

RETRY_AFTER = 5  # seconds


@cache
def body() -> bytes:
    return render_to_string("503.html").encode()


def headers() -> dict[str, str]:
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Retry-After": str(RETRY_AFTER),
        "Cache-Control": "no-store",
        "Content-Security-Policy": csp.header(settings.SECURE_CSP),
        "X-Content-Type-Options": "nosniff",
    }


def unavailable(start_response: Callable[..., Any]) -> Iterable[bytes]:
    said = headers() | {"Content-Length": str(len(body()))}
    start_response("503 Service Unavailable", list(said.items()))
    return (body(),)
