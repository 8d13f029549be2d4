"""Pauses: under way, coming, over."""

from datetime import datetime
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from donations.forms.pause import PauseForm, PauseNowForm
from donations.models import Pause
from donations.services import pausing
from newsroom.lib.dates import spoken
from newsroom.lib.meeting import MeetingAdmin
from newsroom.models import User

WORDS = {"paused": "Under way", "scheduled": "Coming", "draft": "Over"}


@admin.register(Pause)
class PauseAdmin(MeetingAdmin):
    form = PauseForm
    list_display = ["reason", "state", "starts", "ends", "created_by"]
    list_select_related = ["created_by"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    @admin.display(description="state")
    def state(self, pause: Pause) -> SafeString:
        key = state_of(pause, timezone.now())
        return format_html('<span class="state" data-state="{}">{}</span>', key, WORDS[key])

    @admin.display(description="from", ordering="starts_at")
    def starts(self, pause: Pause) -> str:
        return spoken(pause.starts_at)

    @admin.display(description="until", ordering="ends_at")
    def ends(self, pause: Pause) -> str:
        return f"until {spoken(pause.ends_at)}"

    def get_urls(self) -> list[URLPattern]:
        now = self.admin_site.admin_view(self.now)
        return [path("now/", now, name="donations_pause_now"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def now(self, request: HttpRequest) -> HttpResponse:
        """Pause from this moment on."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = PauseNowForm(request.POST or None)
        if form.is_valid():
            now, by = timezone.now(), cast("User", request.user)
            pausing.pause(starts_at=now, by=by, at=now, **form.cleaned_data)
            messages.success(request, "Paused. No reader is asked until then.")
            return redirect("admin:donations_pause_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": "Pause now",
            "opts": self.opts,
            "form": form,
        }
        template = "admin/donations/pause/now.html"
        return render(request, template, context, status=422 if form.is_bound else 200)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by, fields = cast("User", request.user), form.cleaned_data
        if not change:
            obj.pk = pausing.pause(by=by, **fields).pk
        elif not pausing.change_pause(obj, by=by, **fields):
            raise Http404

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        pausing.delete_pause(obj, by=cast("User", request.user))


def state_of(pause: Pause, at: datetime) -> str:
    """By the names that the desk's sheets know."""
    if at < pause.starts_at:
        return "scheduled"
    return "paused" if at < pause.ends_at else "draft"
