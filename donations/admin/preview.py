"""A wording on a real page, before or after it is live."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, resolve
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from donations import as_if, board
from donations.admin import asked
from donations.admin.appeal_screen import may_view
from donations.choosing import page_rule
from donations.facts import SLOTS
from donations.forms.where import PageForm
from donations.models import Slot
from donations.reasons import REASONS
from donations.surroundings import RealPage, here
from newsroom.lib import csp
from newsroom.lib.visiting import as_reader, still

# To look at: nothing runs in it, and it leads nowhere, as links open windows and forms need leave.
POLICY = settings.SECURE_CSP | {
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-same-origin"],
}
FRAMING = settings.SECURE_CSP_ADMIN | {"frame-src": ["'self'"]}


@dataclass(frozen=True)
class Forced:
    """What the page shows instead of what it would choose."""

    appeal: board.Appeal
    variant: board.Variant


def urls(site: AdminSite) -> list[URLPattern]:
    wrap = site.admin_view
    return [
        path("<int:pk>/preview/", wrap(preview), name="donations_appeal_preview"),
        path("<int:pk>/preview/page/", wrap(page), name="donations_appeal_preview_page"),
    ]


@may_view
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """?variant=, and ?page= or ?path=; else the first of each that fits."""
    row, now = asked.found(pk), timezone.now()
    appeal, pages = as_if.live(row), here().pages(now)
    rules: board.Rules = {
        **as_if.content(now)["rules"],
        "off": [],
    }  # it is looked at while all is off, too
    usual = {"page": next((real.path for real in fitting(rules, appeal, pages)), "")}
    form = PageForm({**usual, **request.GET.dict()}, pages=pages, at=now)
    real = form.cleaned_data.get("real") if form.is_valid() else None
    variant = chosen(appeal, request)
    names = {one.pk: one.name for one in row.variants.all()}
    context: dict[str, Any] = {
        "form": form,
        "real": real,
        "variants": [{"pk": one["id"], "name": names[one["id"]]} for one in appeal["variants"]],
        "variant": variant["id"],
        "is_letter": row.slot == Slot.LETTER,
        "has_place": real is not None and row.slot in SLOTS[real.page.kind],
        "note": REASONS.get(page_rule(rules, appeal, real.page)) if real else "",
    }
    answer = asked.screen(request, "preview", row, context)
    answer["Content-Security-Policy"] = csp.header(FRAMING)
    return answer


@may_view
@require_safe
@xframe_options_sameorigin
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page at ?path= with that wording, as a reader gets it; refuses other addresses."""
    real = here().page(request.GET.get("path", ""), timezone.now())
    if real is None:
        raise Http404
    appeal = as_if.live(asked.found(pk))
    answer = visited(request, real.path, Forced(appeal, chosen(appeal, request)))
    if answer.status_code != 200:
        raise Http404
    return framed(answer)


def fitting(rules: board.Rules, appeal: board.Appeal, pages: list[RealPage]) -> Iterator[RealPage]:
    """Pages on which readers will meet it, then those that have its place, then any."""
    yield from (real for real in pages if not page_rule(rules, appeal, real.page))
    yield from (real for real in pages if appeal["slot"] in SLOTS[real.page.kind])
    yield from pages


def chosen(appeal: board.Appeal, request: HttpRequest) -> board.Variant:
    """That of ?variant=, or the first one."""
    wanted = request.GET.get("variant", "")
    found = (one for one in appeal["variants"] if str(one["id"]) == wanted)
    return next(found, appeal["variants"][0])


def visited(request: HttpRequest, address: str, forced: Forced) -> HttpResponse:
    """What the site answers to somebody unknown who asks for `address`."""
    inner: Any = as_reader(request, address)
    inner.appeal_preview = forced
    match = inner.resolver_match = resolve(address)
    answer: HttpResponse = match.func(inner, *match.args, **match.kwargs)
    return answer


def framed(answer: HttpResponse) -> HttpResponse:
    body = still(answer.content.decode())
    body = body.replace("<html ", "<html data-asked ", 1)  # as where one is asked: no sign-up box
    response = HttpResponse(body)
    response["Content-Security-Policy"] = csp.header(POLICY)
    return response
