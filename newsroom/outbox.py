"""Outgoing mail where no mail server is set: for developers, to read and to click."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import NamedTuple

from django.conf import settings
from django.contrib import admin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from newsroom.lib import csp, outbox

N_A_PAGE = 50
LINK = re.compile(r"https?://[^\s<>\"')]+")
HEADERS = ["From", "To", "Date", "Message-ID", "List-Id", "List-Unsubscribe"]
HEADERS += ["List-Unsubscribe-Post", "Auto-Submitted"]


class Letter(NamedTuple):
    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return self.message["Subject"] or "Without a subject"

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def at(self) -> datetime:
        """Django writes the date in UTC as -0000, which reads as a time without a zone."""
        found: datetime = self.message["Date"].datetime
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    def part(self, kind: str) -> str:
        """`kind`: plain or html; "" where the letter has no such part."""
        found = self.message.get_body([kind])
        return found.get_content() if found else ""


def is_shown() -> bool:
    """Only on a machine of one's own, where nothing leaves; whoever works at its desk may look."""
    return settings.SITE_IS_LOCAL and settings.EMAIL_BACKEND == outbox.BACKEND


def letters_named(names: Iterable[str]) -> Iterator[Letter]:
    """Without those that newer ones have pushed out this moment."""
    for name in names:
        with suppress(FileNotFoundError):
            yield Letter(name, outbox.read(name))


def letter_or_404(name: str) -> Letter:
    if not is_shown():
        raise Http404
    try:
        return Letter(name, outbox.read(name))
    except FileNotFoundError:
        raise Http404 from None


@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    if not is_shown():
        raise Http404
    page = Paginator(outbox.names(), N_A_PAGE).get_page(request.GET.get("page"))
    letters = list(letters_named(page))
    context = {**admin.site.each_context(request), "title": "Outgoing mail"}
    context |= {"letters": letters, "page": page, "n_kept": outbox.N_KEPT}
    return render(request, "admin/outbox/list.html", context)


@require_safe
def letter_detail(request: HttpRequest, name: str) -> HttpResponse:
    letter = letter_or_404(name)
    text = letter.part("plain")
    context = {
        **admin.site.each_context(request),
        "title": letter.subject,
        "letter": letter,
        "text": text,
        "headers": [(key, letter.message[key]) for key in HEADERS if letter.message[key]],
        "links": list(dict.fromkeys(LINK.findall(text))),
        "has_html": bool(letter.part("html")),
    }
    response = render(request, "admin/outbox/letter.html", context)
    framing = settings.SECURE_CSP_ADMIN | {"frame-src": ["'self'"]}
    response["Content-Security-Policy"] = csp.header(framing)
    return response


@require_safe
@xframe_options_sameorigin
def letter_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part as it was sent, for a frame without rights; its links open in the window."""
    letter = letter_or_404(name)
    body = letter.part("html").replace("<head>", '<head><base target="_top">', 1)
    response = HttpResponse(body)
    response["Content-Security-Policy"] = csp.header(
        {
            "default-src": ["'none'"],
            "img-src": ["'self'", settings.SITE_URL],
            "style-src": ["'unsafe-inline'"],  # letters carry their styles themselves
            "form-action": ["'none'"],
            "frame-ancestors": ["'self'"],
            "sandbox": ["allow-top-navigation-by-user-activation"],
        }
    )
    return response


def urls() -> list[URLPattern]:
    wrap = admin.site.admin_view
    return [
        path("outbox/", wrap(letter_list), name="outbox"),
        path("outbox/<slug:name>/", wrap(letter_detail), name="outbox_letter"),
        path("outbox/<slug:name>/html/", wrap(letter_html), name="outbox_letter_html"),
    ]
