"""Addresses that must not be mailed: found by typing one, lifted for a reason."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from newsletter.admin.screens import ScreenAdmin
from newsletter.forms.subscribers import LiftForm, SuppressedForm
from newsletter.models import Suppression
from newsletter.services import suppressing
from newsroom.lib.dates import spoken
from newsroom.lib.lists import CappedPaginator
from newsroom.lib.readonly import ReadOnlyAdmin
from newsroom.models import User

MAY_LIFT = "newsletter.lift_suppression"
Reason = Suppression.Reason
COLOURS = {  # by the names that the desk's sheets know
    Reason.LEFT: "scheduled",
    Reason.ERASED: "scheduled",
    Reason.BOUNCED: "failed",
    Reason.COMPLAINED: "failed",
}


class StandingFilter(admin.SimpleListFilter):
    title = "stands"
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("yes", "Stands"), ("no", "Lifted")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(lifted_at__isnull=self.value() == "yes")


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin, ScreenAdmin):
    list_display = ["mark", "state", "date", "lifted"]
    list_display_links = ["mark"]
    list_filter = ["reason", StandingFilter]
    list_per_page = 100
    ordering = ["-pk"]
    paginator = CappedPaginator
    show_full_result_count = False
    actions = None

    @admin.display(description="hash")
    def mark(self, suppression: Suppression) -> str:
        return bytes(suppression.digest).hex()[:12]

    @admin.display(description="state")
    def state(self, suppression: Suppression) -> SafeString:
        key = "draft" if suppression.lifted_at else COLOURS[Reason(suppression.reason)]
        word = suppression.get_reason_display()
        return format_html('<span class="state" data-state="{}">{}</span>', key, word)

    @admin.display(description="date")
    def date(self, suppression: Suppression) -> str:
        return spoken(suppression.at)

    @admin.display(description="lifted")
    def lifted(self, suppression: Suppression) -> str:
        return f"lifted {spoken(suppression.lifted_at)}" if suppression.lifted_at else ""

    # Pages

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("find/", wrap(self.find), name="newsletter_suppression_find"),
            path("<int:pk>/lift/", wrap(self.lift), name="newsletter_suppression_lift"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"find_form": SuppressedForm(), **(extra_context or {})}
        return super().changelist_view(request, context)

    @method_decorator(require_POST)
    def find(self, request: HttpRequest) -> HttpResponse:
        """By POST, so that the address gets into no log."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = SuppressedForm(request.POST)
        if not form.is_valid():
            context = {"title": "Is it suppressed?", "form": form}
            return self.page(request, "find", context, status=422)
        if found := suppressing.find(form.cleaned_data["address"]):
            return redirect("admin:newsletter_suppression_change", found.pk)
        messages.success(request, "This address is not suppressed.")
        return redirect("admin:newsletter_suppression_changelist")

    def screen(self, request: HttpRequest, found: Suppression) -> HttpResponse:
        return self.one(request, found, LiftForm())

    @method_decorator(require_POST)
    def lift(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(MAY_LIFT):
            raise PermissionDenied
        suppression = get_object_or_404(Suppression, pk=pk)
        form = LiftForm(request.POST)
        if not form.is_valid():
            return self.one(request, suppression, form, status=422)
        by, why = cast("User", request.user), form.cleaned_data["why"]
        if suppressing.lift(suppression, by=by, why=why):
            self.log_change(request, suppression, f"Lifted: {why}")
            messages.success(request, "Lifted.")
        return redirect("admin:newsletter_suppression_change", pk)

    def one(
        self, request: HttpRequest, suppression: Suppression, form: LiftForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "title": str(suppression),
            "suppression": suppression,
            "state": self.state(suppression),
            "form": form,
            "may_lift": request.user.has_perm(MAY_LIFT) and not suppression.lifted_at,
        }
        return self.page(request, "one", context, status=status)
