"""What staff do about a round-up that is on its way: pause it, resume it, stop it, repeat."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from newsletter.admin import outlook
from newsletter.admin.issue_screen import (
    View,
    done,
    found_light,
    may_send,
    may_view,
    not_done,
    noted,
    or_told_why,
    paths,
    screen,
    user_of,
)
from newsletter.admin.tally import tally_now
from newsletter.forms.sending import PauseForm, StopForm
from newsletter.models import Issue
from newsletter.services import sending

Status = Issue.Status
HELD = "Paused. The letters in hand are finished; no further one leaves."


def addresses(wrap: Callable[[View], View]) -> list[URLPattern]:
    return paths([progress, pause, resume, stop, repeat], wrap)


@may_view
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the screen that changes, which asks for itself anew."""
    issue = found_light(pk)
    if issue.status not in Issue.OUT:
        return redirect("admin:newsletter_issue_status", pk)
    seen = outlook.under_way(issue, at=timezone.now())
    return screen(request, "progress", issue, seen, status=200)


@may_send
@require_POST
@or_told_why
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    issue, form, by = found_light(pk), PauseForm(request.POST), user_of(request)
    if not form.is_valid():
        return not_done(request, pk, "Not paused: the reason may have at most 200 characters.")
    why = form.cleaned_data["why"].strip()
    sending.pause(issue, by=by, why=f"Paused by {by}: {why}" if why else "")
    if "then_stop" not in request.POST:
        return done(request, issue, HELD)
    noted(request, issue, HELD)
    return redirect("admin:newsletter_issue_stop", pk)


@may_send
@require_POST
@or_told_why
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    issue = found_light(pk)
    sending.resume(issue, by=user_of(request))
    return done(request, issue, "It goes on where it was paused.")


@may_send
@require_http_methods(["GET", "HEAD", "POST"])
@or_told_why
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the number of those who will not get it, which stands still only in a pause."""
    issue = found_light(pk)
    if issue.status not in {Status.SENDING, Status.PAUSED}:
        return not_done(
            request, pk, sending.refusal(issue, Status.STOPPED, "It is stopped already.")
        )
    is_answer = request.method == "POST" and issue.status == Status.PAUSED
    tally = tally_now(issue)
    form = StopForm(request.POST if is_answer else None, n_never=tally.n_never)
    if not (is_answer and form.is_valid()):
        context = {"form": form, "tally": tally, "is_paused": issue.status == Status.PAUSED}
        return screen(request, "stop", issue, context, status=422 if form.errors else 200)
    sending.stop(issue, by=user_of(request))
    return done(request, issue, f"Stopped for good; {tally.n_never:,} do not get it.")


@may_send
@require_POST
@or_told_why
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what is held, as its answer was lost, again."""
    issue = found_light(pk)
    n = sending.send_uncertain_again(issue, by=user_of(request))
    return done(
        request, issue, f"{n:,} uncertain {'letter is' if n == 1 else 'letters are'} sent again."
    )
