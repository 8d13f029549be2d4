"""Signing up: from the box to the letter, and from the letter to the list."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from newsletter.forms.sign_up import SignUpForm, new_ticket
from newsletter.models import Issue, Newsletter
from newsletter.services import subscribing
from newsletter.tokens import CONFIRM, PREFERENCES, request_in
from newsletter.views.links import by_link, gone
from newsroom.lib import networks, origin
from newsroom.lib.pages import kept

N_ISSUES = 6


@kept()
@csrf_exempt  # public pages are the same for everybody, and so hold no token; see origin
@require_http_methods(["GET", "HEAD", "POST"])
def signup(request: HttpRequest) -> HttpResponse:
    """The newsletter's own page; every box posts here, and all get the same answer."""
    if request.method != "POST":
        issues = Issue.objects.sent().only("subject", "published_on")[:N_ISSUES]
        context = {"newsletter": Newsletter.current(), "issues": issues}
        return render(request, "newsletter/signup.html", context)
    return answer(request, SignUpForm(request.POST), timezone.now())


def answer(request: HttpRequest, form: SignUpForm, now: datetime) -> HttpResponse:
    if not origin.is_ours(request):
        return again(request, form, 403, "Another site has sent this. Press the button again.")
    if not form.is_valid():
        return again(request, form, 422, form.why_not())
    if form.is_baited:
        return redirect("newsletter:asked")
    if not form.has_waited(now):
        return one_more_step(request, form)
    address, client = form.cleaned_data["address"], networks.client(request)
    try:
        subscribing.sign_up(address, form=form.source, client=client, at=now)
    except subscribing.TooMany as refusal:
        return again(request, form, 429, str(refusal), after=refusal.after)
    return redirect("newsletter:asked")


def again(
    request: HttpRequest,
    form: SignUpForm,
    status: int,
    error: str,
    *,
    after: timedelta | None = None,
) -> HttpResponse:
    """The form with what was typed in it, and why it was not taken."""
    context = {**what_came(form), "error": error}
    response = render(request, "newsletter/signup_again.html", context, status=status)
    if after:
        response["Retry-After"] = f"{after.total_seconds():.0f}"
    return response


def one_more_step(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    """A button to press, for those without JavaScript, whose form comes without a ticket."""
    return render(request, "newsletter/signup_step.html", what_came(form))


def what_came(form: SignUpForm) -> dict[str, str]:
    ticket = form.ticket_now(timezone.now())
    return {"source": form.source, "address": form.data.get("address", ""), "ticket": ticket}


@never_cache
@require_safe
def ticket(request: HttpRequest) -> HttpResponse:
    """For a form that somebody begins to fill in."""
    return HttpResponse(new_ticket(timezone.now()), content_type="text/plain")


@kept()
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The answer to every sign-up, whether the address is known or not."""
    return render(request, "newsletter/asked.html")


@by_link(CONFIRM)
def confirm(request: HttpRequest, value: str, token: str) -> HttpResponse:
    subscriber_id, asked_at = request_in(value)
    if request.method == "POST":
        network = networks.truncated(networks.client(request))
        subscribing.confirm(subscriber_id, asked_at=asked_at, network=network)
    subscriber = subscribing.who_asked(subscriber_id, asked_at=asked_at)
    if subscriber is None:
        return gone(request)
    context = {
        "newsletter": Newsletter.current(),
        "subscriber": subscriber,
        "preferences": PREFERENCES.sign(str(subscriber.pk)),
    }
    is_pending = subscriber.status == subscriber.Status.PENDING
    name = "confirm" if is_pending else "confirmed"
    return render(request, f"newsletter/{name}.html", context)
