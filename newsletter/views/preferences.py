from django.http import Http404, HttpRequest, HttpResponse


def preferences(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404


def export(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404


def erase(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404
