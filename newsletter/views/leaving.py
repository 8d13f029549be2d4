"""Leaving, by a person or by a mail provider for one, and coming back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from newsletter.models import Newsletter, Subscriber
from newsletter.services import subscribing
from newsletter.tokens import LEAVE, PREFERENCES, RETURN
from newsletter.views.links import by_link, gone
from newsroom.lib import networks


@by_link(LEAVE)
def leave(request: HttpRequest, value: str, token: str) -> HttpResponse:
    """One button; any POST is an answer to it, with a body or none. Source: RFC 8058."""
    if request.method == "POST":
        network = networks.truncated(networks.client(request))
        subscribing.leave(int(value), network=network)
    subscriber = Subscriber.objects.filter(pk=value).first()
    context: dict[str, object] = {"newsletter": Newsletter.current(), "subscriber": subscriber}
    if subscriber and subscriber.status in subscribing.IN_TOUCH:
        return render(request, "newsletter/leave.html", context)
    if subscriber and subscribing.can_come_back(subscriber, timezone.now()):
        context["return_token"] = RETURN.sign(value)
    return render(request, "newsletter/left.html", context)


@by_link(RETURN)
def come_back(request: HttpRequest, value: str, token: str) -> HttpResponse:
    """POST takes leaving back; the page itself is for those who come to its address again."""
    if request.method == "POST":
        network = networks.truncated(networks.client(request))
        if not subscribing.come_back(int(value), network=network):
            return gone(request)
        return redirect("newsletter:come_back", token)
    subscriber = Subscriber.objects.active().filter(pk=value).first()
    if subscriber is None:
        return gone(request)
    context = {"newsletter": Newsletter.current(), "preferences": PREFERENCES.sign(value)}
    return render(request, "newsletter/returned.html", context)
