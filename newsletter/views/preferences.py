"""What somebody wants of the newsletter, and what we keep on them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from newsletter.forms.preferences import PreferencesForm, wishes
from newsletter.models import Newsletter, Subscriber
from newsletter.services import subscribing
from newsletter.tokens import ERASE, EXPORT, LEAVE, PREFERENCES
from newsletter.views.links import by_link, gone
from newsroom.lib import networks


@by_link(PREFERENCES)
def preferences(request: HttpRequest, value: str, token: str) -> HttpResponse:
    subscriber = Subscriber.objects.filter(pk=value).first()
    if subscriber is None:
        return gone(request)
    is_active = subscriber.status == Subscriber.Status.ACTIVE
    form = PreferencesForm(request.POST or None, initial=wishes(subscriber))
    if is_active and request.method == "POST" and form.is_valid():
        network = networks.truncated(networks.client(request))
        subscribing.set_preferences(subscriber, network=network, **form.cleaned_data)
        return redirect(f"{reverse('newsletter:preferences', args=[token])}?saved")
    context = {
        "newsletter": Newsletter.current(),
        "subscriber": subscriber,
        "form": form if is_active else None,
        "is_saved": "saved" in request.GET,
        "leave_token": LEAVE.sign(value),
        "export_token": EXPORT.sign(value),
        "erase_token": ERASE.sign(value),
    }
    return render(
        request, "newsletter/preferences.html", context, status=422 if form.errors else 200
    )


@by_link(EXPORT, "GET", "HEAD")
def export(request: HttpRequest, value: str, token: str) -> HttpResponse:
    """A file of everything we keep on them."""
    subscriber = Subscriber.objects.select_related("batch").filter(pk=value).first()
    if subscriber is None:
        return gone(request)
    response = JsonResponse(subscribing.export_person(subscriber), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = 'attachment; filename="what-we-keep.json"'
    return response


@by_link(ERASE)
def erase(request: HttpRequest, value: str, token: str) -> HttpResponse:
    """Says what stays, then does it; afterwards the address says that it is done."""
    if request.method == "POST":
        subscribing.erase(int(value))
    subscriber = Subscriber.objects.filter(pk=value).first()
    if subscriber is None:
        return render(request, "newsletter/erased.html")
    context = {"subscriber": subscriber, "preferences": PREFERENCES.sign(value)}
    return render(request, "newsletter/erase.html", context)
