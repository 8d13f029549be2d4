"""The screens on which a round-up is approved and scheduled, and the one that shows its state."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from newsletter.admin import outlook
from newsletter.admin.certified import certified
from newsletter.admin.issue_screen import (
    View,
    done,
    found,
    log,
    may_send,
    may_view,
    not_done,
    or_told_why,
    paths,
    screen,
    user_of,
)
from newsletter.forms.sending import ScheduleForm, TestForm
from newsletter.models import Issue
from newsletter.sending import origin
from newsletter.services import approving
from newsletter.services.drafts import NotAllowed
from newsroom.lib.dates import spoken


def addresses(wrap: Callable[[View], View]) -> list[URLPattern]:
    return paths([approve, test, status, schedule, cancel, reopen], wrap)


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
    seen = outlook.approval(issue, by=user_of(request), at=timezone.now())
    is_under_way = "test" in request.GET and not issue.is_tested
    context = {**seen, "form": form, "is_under_way": is_under_way}
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
    now = timezone.now()
    if issue.status in approving.SCHEDULABLE:
        seen = outlook.before(issue, by=user_of(request), at=now)
    else:
        seen = {**outlook.around(issue, now), **outlook.under_way(issue, at=now)}
        seen["certified"] = certified(issue, seen["tally"])
    elsewhere = {"is_elsewhere": origin.is_elsewhere(), "form": form}
    return screen(request, "status", issue, {**seen, **elsewhere}, status=status)


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
        except approving.OnItsWay as error:
            return not_done(request, pk, error)
        except NotAllowed as error:
            issue = found(pk)
            if issue.status not in approving.SCHEDULABLE:
                return not_done(request, pk, error)
            form.add_error(None, str(error))
        else:
            when = "at once" if at <= now else spoken(at)
            return done(request, issue, f"To be sent {when}.")
    return status_screen(request, issue, form, status=422)


@may_send
@require_POST
@or_told_why
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    issue = found(pk)
    approving.cancel(issue, by=user_of(request))
    return done(request, issue, "Cancelled. It stays approved and can be scheduled again.")


@may_view
@require_POST
@or_told_why
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    issue = found(pk)
    approving.reopen(issue, by=user_of(request))
    log(request, issue, "Approval taken back.")
    messages.success(request, "A draft again. It must be approved anew before it is sent.")
    return redirect("admin:newsletter_issue_change", pk)
