"""A database that was restored from a backup: nothing leaves it until somebody has looked."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from newsletter.admin.issue_screen import FOLDER, TEXTS, View, may_send, may_view, user_of
from newsletter.models import Issue, Newsletter
from newsletter.sending import origin as ledger_origin
from newsletter.services import sending
from newsletter.services.drafts import NotAllowed

Status = Issue.Status
CONFIRMED = "Confirmed. Letters leave from this database from now on."


def addresses(wrap: Callable[[View], View]) -> list[URLPattern]:
    return [path("origin/", wrap(origin), name="newsletter_issue_origin")]


@may_view
@require_http_methods(["GET", "HEAD", "POST"])
def origin(request: HttpRequest) -> HttpResponse:
    """What it means, what is to be looked at; POST confirms."""
    if request.method == "POST":
        return confirm(request)
    context = {**admin.site.each_context(request), **outlook(), "title": "A restored database"}
    return render(request, f"{FOLDER}/origin.html", context)


@may_send
def confirm(request: HttpRequest) -> HttpResponse:
    by = user_of(request)
    try:
        sending.confirm_origin(by=by)
    except NotAllowed as error:
        messages.warning(request, str(error))
    else:
        kept, entries = [Newsletter.current()], LogEntry.objects
        entries.log_actions(by.pk, kept, CHANGE, change_message=CONFIRMED, single_object=True)
        messages.success(request, CONFIRMED)
    return redirect("admin:newsletter_issue_origin")


def outlook() -> dict[str, Any]:
    """What might be sent twice, or was sent and is not known here; 3 queries."""
    open_ones = [Status.SCHEDULED, Status.SENDING, Status.PAUSED]
    issues = Issue.objects.filter(status__in=open_ones).defer(*TEXTS).order_by("send_at", "pk")
    return {
        "is_elsewhere": ledger_origin.is_elsewhere(),
        "since": ledger_origin.since(),
        "issues": issues,
    }
