"""The response headers that Django 5.2 does not set by itself."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

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


def public_bodies(get_response: GetResponse) -> GetResponse:
    """Long texts come from the desk alone; what else is too long is not even read."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        n = int(length) if length.isdecimal() else 0
        if n > settings.PUBLIC_BODY_MAX and not request.path.startswith("/admin/"):
            return HttpResponse("Too long.", status=413, content_type="text/plain")
        return get_response(request)

    return answer
