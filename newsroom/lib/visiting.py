"""Pages of the site as somebody unknown gets them, for screens of the desk that show them."""

import re
from io import BytesIO
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

KEPT = ["SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME", "HTTP_HOST", "REMOTE_ADDR"]
KEPT += ["wsgi.url_scheme", "wsgi.errors"]
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)


def as_reader(request: HttpRequest, address: str) -> HttpRequest:
    """The request for `address` that a reader without cookies would send to the same server."""
    kept = {name: request.META[name] for name in KEPT if name in request.META}
    asking = {"REQUEST_METHOD": "GET", "PATH_INFO": address, "wsgi.input": BytesIO()}
    inner: Any = WSGIRequest({**kept, **asking})
    inner.user = AnonymousUser()
    inner.publication = request.publication  # type: ignore[attr-defined]  # by the middleware
    return inner  # type: ignore[no-any-return]


def still(page: str) -> str:
    """`page` to look at: without scripts, its links for other windows, which a sandbox refuses."""
    return SCRIPT.sub("", page).replace("<head>", '<head><base target="_blank">', 1)
