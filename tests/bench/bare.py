"""Django at its barest, to compare with: one view, no middleware, no app, no database.

Settings, addresses and the server's way in, in one module. It answers /NAME/ with the bytes of the
file NAME in the folder BENCH_PAGES.
"""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = "nothing is signed"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = __name__
PAGES = {file.name: file.read_bytes() for file in Path(os.environ["BENCH_PAGES"]).iterdir()}


def page(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(PAGES[name])


urlpatterns = [path("<slug:name>/", page)]
os.environ["DJANGO_SETTINGS_MODULE"] = __name__
application = get_wsgi_application()
