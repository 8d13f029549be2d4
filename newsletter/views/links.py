"""What the pages behind the links in our mail have in common."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from newsroom.lib.tokens import Purpose

View = Callable[[HttpRequest, str, str], HttpResponse]
LinkView = Callable[[HttpRequest, str], HttpResponse]


def by_link(purpose: Purpose, *methods: str) -> Callable[[View], LinkView]:
    """A view that gets the value of its token, and the token; nobody else sees its page.

    methods: GET, HEAD and POST if none are named.
    """

    def decorate(view: View) -> LinkView:
        @csrf_exempt  # who holds the link may press its button; mail providers press it for them
        @never_cache
        @require_http_methods(methods or ("GET", "HEAD", "POST"))
        @wraps(view)
        def answer(request: HttpRequest, token: str) -> HttpResponse:
            value = purpose.read(token)
            response = gone(request) if value is None else view(request, value, token)
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex"
            return response

        return answer

    return decorate


def gone(request: HttpRequest) -> HttpResponse:
    """One answer, whether a link is expired, changed, for another purpose, or of no use now."""
    return render(request, "newsletter/gone.html", status=410)
