"""The last two screens of a round-up: to approve it, and to send it and watch."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from newsletter.admin.outlook import approval, progress
from newsletter.admin.state import state_of
from newsletter.forms.sending import ScheduleForm, TestForm
from newsletter.models import Issue
from newsletter.services import approving
from newsletter.services.drafts import NotAllowed
from newsroom.lib import csp
from newsroom.lib.dates import spoken
from newsroom.models import User

FOLDER = "admin/newsletter/issue"
View = Callable[..., HttpResponse]
may_view = permission_required("newsletter.view_issue", raise_exception=True)
may_approve = permission_required("newsletter.approve_issue", raise_exception=True)
may_send = permission_required("newsletter.send_issue", raise_exception=True)


def addresses(wrap: Callable[[View], View]) -> list[URLPattern]:
    views: Iterable[View] = [approve, test, status, schedule, cancel, reopen]
    return [
        path(f"<int:pk>/{view.__name__}/", wrap(view), name=f"newsletter_issue_{view.__name__}")
        for view in views
    ]


@may_view
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is to be known before; POST freezes the round-up."""
    issue = found(pk)
    if request.method == "POST":
        try:
            approving.approve(issue, by=user_of(request))
        except NotAllowed as error:
            messages.warning(request, f"Not approved. {error}")
            return redirect("admin:newsletter_issue_approve", pk)
        return done(request, issue, "Approved. From here on, nothing in it changes.")
    if not issue.is_draft:
        return redirect("admin:newsletter_issue_status", pk)
    return approve_screen(request, issue, TestForm(initial={"to": [user_of(request).pk]}))


def approve_screen(
    request: HttpRequest, issue: Issue, form: TestForm, status: int = 200
) -> HttpResponse:
    outlook = approval(issue, by=user_of(request), at=timezone.now())
    is_under_way = "test" in request.GET and not issue.is_tested
    context = {**outlook, "form": form, "is_under_way": is_under_way}
    return screen(request, "approve", issue, context, status=status)


@may_view
@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    issue = found(pk)
    form = TestForm(request.POST)
    if form.is_valid():
        to = list(form.cleaned_data["to"])
        try:
            approving.test_send(issue, by=user_of(request), to=to)
        except NotAllowed as error:
            form.add_error("to", str(error))
        else:
            names = ", ".join(user.email for user in to)
            messages.success(request, f"A test is on its way to {names}.")
            return redirect(reverse("admin:newsletter_issue_approve", args=[pk]) + "?test")
    return approve_screen(request, issue, form, status=422)


@may_view
@require_safe
def status(request: HttpRequest, pk: int) -> HttpResponse:
    issue = found(pk)
    if issue.is_draft:
        return redirect("admin:newsletter_issue_approve", pk)
    return status_screen(request, issue, ScheduleForm(initial={"at": issue.send_at}))


def status_screen(
    request: HttpRequest, issue: Issue, form: ScheduleForm, status: int = 200
) -> HttpResponse:
    outlook = progress(issue, by=user_of(request), at=timezone.now())
    return screen(request, "status", issue, {**outlook, "form": form}, status=status)


@may_send
@require_POST
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    issue, now = found(pk), timezone.now()
    form = ScheduleForm(request.POST)
    if form.is_valid():
        at = now if form.cleaned_data["at_once"] else form.cleaned_data["at"]
        recipients = form.cleaned_data["recipients"]
        try:
            approving.schedule(issue, by=user_of(request), at=at, recipients=recipients)
        except approving.Miscounted as error:
            form.add_error("recipients", str(error))
        except NotAllowed as error:
            issue = found(pk)
            if issue.status not in approving.SCHEDULABLE:
                messages.warning(request, str(error))
                return redirect("admin:newsletter_issue_status", pk)
            form.add_error(None, str(error))
        else:
            when = "at once" if at <= now else spoken(at)
            return done(request, issue, f"To be sent {when}.")
    return status_screen(request, issue, form, status=422)


@may_send
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    issue = found(pk)
    try:
        approving.cancel(issue, by=user_of(request))
    except NotAllowed as error:
        messages.warning(request, str(error))
        return redirect("admin:newsletter_issue_status", pk)
    return done(request, issue, "Cancelled. It stays approved and can be scheduled again.")


@may_view
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    issue = found(pk)
    try:
        approving.reopen(issue, by=user_of(request))
    except NotAllowed as error:
        messages.warning(request, str(error))
        return redirect("admin:newsletter_issue_status", pk)
    log(request, issue, "Approval taken back.")
    messages.success(request, "A draft again. It must be approved anew before it is sent.")
    return redirect("admin:newsletter_issue_change", pk)


def found(pk: int) -> Issue:
    return get_object_or_404(Issue.objects.select_related("segment", "approved_by"), pk=pk)


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)  # admin_view lets nobody else in


def done(request: HttpRequest, issue: Issue, said: str) -> HttpResponse:
    log(request, issue, said)
    messages.success(request, said)
    return redirect("admin:newsletter_issue_status", issue.pk)


def log(request: HttpRequest, issue: Issue, said: str) -> None:
    entries, by = LogEntry.objects, user_of(request).pk
    entries.log_actions(by, [issue], CHANGE, change_message=said, single_object=True)


def screen(
    request: HttpRequest, name: str, issue: Issue, context: dict[str, Any], *, status: int
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
