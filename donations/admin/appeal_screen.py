"""What the screens of one appeal have in common."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from donations.models import Appeal
from donations.state import Moment, known, state_of
from newsroom.models import User

FOLDER = "admin/donations/appeal"
View = Callable[..., HttpResponse]
may_view = permission_required("donations.view_appeal", raise_exception=True)
may_change = permission_required("donations.change_appeal", raise_exception=True)
may_add = permission_required("donations.add_appeal", raise_exception=True)
may_run = permission_required("donations.run_appeal", raise_exception=True)
# The screens of an appeal: address, word, the permission to see it.
TABS = [
    ("change", "Wording", "donations.view_appeal"),
    ("check", "Claims and state", "donations.view_appeal"),
    ("preview", "Preview", "donations.view_appeal"),
    ("explain", "Who sees what", "donations.view_appeal"),
    ("shares", "Shares", "donations.view_appeal"),
    ("results", "Results", "donations.view_count"),
    ("history", "Log", "donations.view_change"),
]


def paths(views: Iterable[View], wrap: Callable[[View], View]) -> list[URLPattern]:
    return [
        path(
            f"<int:pk>/{view.__name__.replace('_', '-')}/",
            wrap(view),
            name=f"donations_appeal_{view.__name__}",
        )
        for view in views
    ]


def found(pk: int) -> Appeal:
    rows = known(Appeal.objects.select_related("goal", "tax_wording", "edited_by"))
    return get_object_or_404(rows, pk=pk)


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)  # admin_view lets nobody else in


def screen(
    request: HttpRequest, tab: str, appeal: Appeal, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The template `tab` of an appeal; 3 queries beside its own."""
    context = {**around(request, appeal, tab, timezone.now()), **context}
    return render(request, f"{FOLDER}/{tab}.html", context, status=status)


def around(request: HttpRequest, appeal: Appeal, tab: str, at: datetime) -> dict[str, Any]:
    """What the head of every screen of `appeal` shows; for any template that extends
    admin/donations/appeal/screen.html."""
    return {
        **admin.site.each_context(request),
        "opts": Appeal._meta,  # noqa: SLF001  # public, whatever it is called
        "title": appeal.name,
        "appeal": appeal,
        "state": state_of(appeal, Moment.of(at)),
        "tabs": tabs(request.user, appeal, tab),
    }


def tabs(user: Any, appeal: Appeal, current: str) -> list[dict[str, Any]]:
    return [
        {
            "word": word,
            "url": reverse(f"admin:donations_appeal_{name}", args=[appeal.pk]),
            "is_current": name == current,
        }
        for name, word, permission in TABS
        if user.has_perm(permission) and not (name == "change" and appeal.is_locked)
    ]
