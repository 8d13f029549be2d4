from django.http import Http404, HttpRequest, HttpResponse


def signup(request: HttpRequest) -> HttpResponse:
    raise Http404


def ticket(request: HttpRequest) -> HttpResponse:
    raise Http404


def asked(request: HttpRequest) -> HttpResponse:
    raise Http404


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404
