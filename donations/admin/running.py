"""What is done to an appeal as a whole: small addresses that take a POST each."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from donations.admin.appeal_screen import (
    found,
    may_add,
    may_change,
    may_run,
    user_of,
)
from donations.admin.checking import check_screen
from donations.forms.claim import TieForm
from donations.forms.running import EndForm, GoLiveForm, MoveEndForm
from donations.services import appeals, claims, running
from donations.services.allowed import NotAllowed
from newsroom.lib.dates import spoken

LATE = "Nothing was changed: somebody else was faster. This is how it stands now."


@may_run
@require_POST
def go_live(request: HttpRequest, pk: int) -> HttpResponse:
    appeal, form = found(pk), GoLiveForm(request.POST, auto_id="id_live_%s")
    if not form.is_valid():
        return check_screen(request, appeal, forms={"live_form": form}, status=422)
    try:
        running.go_live(appeal, by=user_of(request), **form.cleaned_data)
    except NotAllowed as error:
        return back(request, pk, warning=f"Not live. {error}")
    return back(request, pk, f"Live: shown from {spoken(appeal.starts_at)} on.")


@may_run
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    appeal, form = found(pk), EndForm(request.POST, auto_id="id_end_%s")
    if not form.is_valid():
        return check_screen(request, appeal, forms={"end_form": form}, status=422)
    if not running.end(appeal, by=user_of(request), reason=form.cleaned_data["reason"]):
        return back(request, pk, warning=LATE)
    return back(request, pk, "Ended. No reader sees it any more.")


@may_run
@require_POST
def move_end(request: HttpRequest, pk: int) -> HttpResponse:
    appeal, form = found(pk), MoveEndForm(request.POST, auto_id="id_move_%s")
    if form.is_valid():
        to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
        was = moment(form.cleaned_data["was"])
        try:
            is_moved = was is not None and running.move_end(
                appeal, by=user_of(request), to=to, was=was, reason=reason
            )
        except NotAllowed as error:
            form.add_error("to", str(error))
        else:
            said = f"It ends {spoken(to)}." if is_moved else ""
            return back(request, pk, said, warning="" if is_moved else LATE)
    return check_screen(request, appeal, forms={"move_form": form}, status=422)


@may_run
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    if not running.archive(found(pk), by=user_of(request)):
        return back(request, pk, warning=LATE)
    return back(request, pk, "Archived.")


@may_add
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    made = appeals.copy(found(pk), by=user_of(request))
    messages.success(request, "Copied. This is the copy, a draft.")
    return redirect("admin:donations_appeal_change", made.pk)


@may_change
@require_POST
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a phrase rest on a claim: a known one, or one that is written here."""
    appeal, form = found(pk), TieForm(request.POST)
    form.is_valid()
    if not form.errors and form.is_new and not request.user.has_perm("donations.add_claim"):
        form.add_error("claim", "Choose a claim; your role may not write new ones.")
    if form.errors:
        return check_screen(request, appeal, refused=form, status=422)
    phrase, by = form.cleaned_data["phrase"], user_of(request)
    try:
        if form.is_new:
            claims.tie_new(appeal, phrase, by=by, **form.new)
        else:
            claims.tie(appeal, phrase, form.cleaned_data["claim"], by=by)
    except NotAllowed as error:
        return back(request, pk, warning=str(error))
    return back(request, pk, f"“{phrase}” rests on a claim now.")


def back(request: HttpRequest, pk: int, said: str = "", *, warning: str = "") -> HttpResponse:
    if said:
        messages.success(request, said)
    if warning:
        messages.warning(request, warning)
    return redirect("admin:donations_appeal_check", pk)


def moment(text: str) -> datetime | None:
    try:
        found_ = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found_ if found_.tzinfo else None


VIEWS: list[Callable[..., HttpResponse]] = [go_live, end, move_end, archive, copy, tie]
