"""The response headers that Django 5.2 does not set by itself."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from newsroom.lib import csp

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def security_headers(get_response: GetResponse) -> GetResponse:
    """Content-Security-Policy and its kin on every answer; a view may set its own first."""
    public, admin = csp.header(settings.SECURE_CSP), csp.header(settings.SECURE_CSP_ADMIN)
    permissions = ", ".join(f"{feature}=()" for feature in settings.PERMISSIONS_POLICY)

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        policy = admin if request.path.startswith("/admin/") else public
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", permissions)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer
