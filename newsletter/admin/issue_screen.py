"""What the screens of one round-up have in common once it is put together."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path

from newsletter.admin.state import state_of
from newsletter.models import Issue
from newsletter.services.drafts import NotAllowed
from newsroom.lib import csp
from newsroom.models import User

FOLDER = "admin/newsletter/issue"
TEXTS = ["content", "html", "plain", "opening", "text"]
View = Callable[..., HttpResponse]
may_view = permission_required("newsletter.view_issue", raise_exception=True)
may_send = permission_required("newsletter.send_issue", raise_exception=True)
may_look = permission_required("newsletter.view_delivery", raise_exception=True)


def paths(views: Iterable[View], wrap: Callable[[View], View]) -> list[URLPattern]:
    return [
        path(f"<int:pk>/{view.__name__}/", wrap(view), name=f"newsletter_issue_{view.__name__}")
        for view in views
    ]


def found(pk: int) -> Issue:
    return get_object_or_404(Issue.objects.select_related("segment", "approved_by"), pk=pk)


def found_light(pk: int) -> Issue:
    """Without its texts, which are long and which not every screen needs."""
    return get_object_or_404(Issue.objects.defer(*TEXTS), pk=pk)


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)  # admin_view lets nobody else in


def done(request: HttpRequest, issue: Issue, said: str) -> HttpResponse:
    noted(request, issue, said)
    return redirect("admin:newsletter_issue_status", issue.pk)


def noted(request: HttpRequest, issue: Issue, said: str) -> None:
    log(request, issue, said)
    messages.success(request, said)


def not_done(request: HttpRequest, pk: int, why: object) -> HttpResponse:
    messages.warning(request, str(why))
    return redirect("admin:newsletter_issue_status", pk)


def or_told_why(view: View) -> View:
    """A view whose service may refuse; why is told on the screen of the round-up's state."""

    @wraps(view)
    def answer(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except NotAllowed as error:
            return not_done(request, pk, error)

    return answer


def log(request: HttpRequest, issue: Issue, said: str) -> None:
    entries, by = LogEntry.objects, user_of(request).pk
    entries.log_actions(by, [issue], CHANGE, change_message=said, single_object=True)


def screen(
    request: HttpRequest, name: str, issue: Issue, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context |= {
        **admin.site.each_context(request),
        "opts": Issue._meta,  # noqa: SLF001  # public, whatever it is called
        "title": str(issue),
        "issue": issue,
        "state": state_of(issue),
    }
    response = render(request, f"{FOLDER}/{name}.html", context, status=status)
    framed = settings.SECURE_CSP_ADMIN | {"frame-src": ["'self'"]}  # the letter
    response["Content-Security-Policy"] = csp.header(framed)
    return response
