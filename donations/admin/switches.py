"""The screen that takes appeals away from readers, and lets them back."""

from typing import cast

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from donations import switchboard
from donations.forms.switch import SwitchForm
from donations.models import Rules
from donations.services.switching import switch_off, switch_on
from newsroom.models import User

MAY_SEE, MAY_SWITCH = "donations.view_rules", "donations.switch_appeals"
TEMPLATE = "admin/donations/switches/switches.html"


def urls(site: AdminSite) -> list[URLPattern]:
    return [path("switches/", site.admin_view(switches), name="donations_switches")]


@require_http_methods(["GET", "HEAD", "POST"])
def switches(request: HttpRequest) -> HttpResponse:
    is_post = request.method == "POST"
    if not request.user.has_perm(MAY_SWITCH if is_post else MAY_SEE):
        raise PermissionDenied
    return switch(request) if is_post else screen(request)


def switch(request: HttpRequest) -> HttpResponse:
    form = SwitchForm(request.POST)
    if not form.is_valid():
        return screen(request, form)
    flip = switch_off if form.cleaned_data["to"] == "off" else switch_on
    place, reason = form.cleaned_data["place"], form.cleaned_data["reason"]
    if flip(place, by=cast("User", request.user), reason=reason):
        messages.success(request, said(form.cleaned_data["to"]))
    return redirect("admin:donations_switches")


def said(to: str) -> str:
    if to == "off":
        return "Switched off. No page that somebody opens from now on asks there."
    return "Switched on. Appeals are back on the next page that somebody opens."


def screen(request: HttpRequest, refused: SwitchForm | None = None) -> HttpResponse:
    """The switches; `refused` is shown as it was typed."""
    posted = refused["place"].value() if refused else None
    rows = [
        {"switch": one, "form": refused if one.place == posted else SwitchForm()}
        for one in switchboard.switches()
    ]
    context = {
        **admin.site.each_context(request),
        "title": "Switches",
        "opts": Rules._meta,  # noqa: SLF001  # public, whatever it is called
        "all": rows[0],
        "rows": rows[1:],
        "may_switch": request.user.has_perm(MAY_SWITCH),
    }
    return render(request, TEMPLATE, context, status=422 if refused else 200)
