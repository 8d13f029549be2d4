"""Goals, and the totals that have come in for them."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from donations import webhooks
from donations.forms.goal import GoalForm, TotalForm
from donations.models import Goal
from donations.money import written
from donations.services import goals
from newsroom.lib.dates import spoken
from newsroom.lib.meeting import MeetingAdmin
from newsroom.models import User

MAY_ADD = "donations.add_total"
N_TOTALS = 50


@admin.register(Goal)
class GoalAdmin(MeetingAdmin):
    form = GoalForm
    list_display = ["name", "state", "raised_so_far", "of_target", "as_of_when"]
    show_full_result_count = False
    actions = None

    @admin.display(description="state")
    def state(self, goal: Goal) -> SafeString:
        key, word = state_of(goal)
        return format_html('<span class="state" data-state="{}">{}</span>', key, word)

    @admin.display(description="raised", ordering="raised")
    def raised_so_far(self, goal: Goal) -> str:
        return "" if goal.raised is None else written(goal.raised, goal.currency)

    @admin.display(description="target")
    def target_sum(self, goal: Goal) -> str:
        return written(goal.target, goal.currency)

    @admin.display(description="target", ordering="target")
    def of_target(self, goal: Goal) -> str:
        return f"of {self.target_sum(goal)}"

    @admin.display(description="as of", ordering="as_of")
    def as_of_when(self, goal: Goal) -> str:
        return f"as of {spoken(goal.as_of)}" if goal.as_of else ""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who may only read sees sums as readers do."""
        may_write = obj is None or self.has_change_permission(request, obj)
        sums = ["currency", "target"] if may_write else ["target_sum"]
        return ["name", "slug", *sums, *(["reason"] if may_write and obj else [])]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["name"]}

    def get_urls(self) -> list[URLPattern]:
        totals = self.admin_site.admin_view(self.totals)
        mine = [path("<int:pk>/totals/", totals, name="donations_goal_totals")]
        return [*mine, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        goal = Goal(pk=obj.pk) if change else Goal()
        obj.pk = goals.set_goal(goal, by=cast("User", request.user), **form.cleaned_data).pk

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        goals.delete_goal(obj, by=cast("User", request.user))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def totals(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What has come in, newest first, and a form for the next total."""
        may_add = request.user.has_perm(MAY_ADD)
        if not (may_add if request.method == "POST" else self.has_view_permission(request)):
            raise PermissionDenied
        goal = get_object_or_404(Goal, pk=pk)
        form = TotalForm(request.POST or None, goal=goal)
        if form.is_valid():
            goals.add_total(goal, by=cast("User", request.user), **form.cleaned_data)
            messages.success(request, "Noted. Readers see the newest total.")
            return redirect("admin:donations_goal_totals", pk)
        context = {**self.shown(request, goal), "form": form, "may_add": may_add}
        template = "admin/donations/goal/totals.html"
        return render(request, template, context, status=422 if form.is_bound else 200)

    def shown(self, request: HttpRequest, goal: Goal) -> dict[str, Any]:
        rows = list(goal.totals.select_related("by")[: N_TOTALS + 1])
        key, word = state_of(goal)
        return {
            **self.admin_site.each_context(request),
            "title": goal.name,
            "opts": self.opts,
            "goal": goal,
            "state": {"key": key, "word": word},
            "raised": self.raised_so_far(goal),
            "target": written(goal.target, goal.currency),
            "totals": [
                {"total": row, "sum": written(row.raised, goal.currency)} for row in rows[:N_TOTALS]
            ],
            "has_more": len(rows) > N_TOTALS,
            "webhook": webhooks.address(goal) if webhooks.is_on() else "",
        }


def state_of(goal: Goal) -> tuple[str, str]:
    """By the names that the desk's sheets know, and in words."""
    if goal.as_of is None:
        return "draft", "No total yet"
    if goal.is_fresh(timezone.now()):
        return "public", "Shown to readers"
    return "failed", "Too old to be shown"
