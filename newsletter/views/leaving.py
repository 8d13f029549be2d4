from django.http import Http404, HttpRequest, HttpResponse


def leave(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404


def come_back(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404
