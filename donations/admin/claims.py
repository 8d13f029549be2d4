"""The register of claims: what appeals may say, who answers for it, and until when it holds."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from donations.admin.deleting import KeptAdmin
from donations.forms.claim import FIELDS, ClaimForm
from donations.models import Appeal, Claim
from donations.services import claims
from donations.state import on
from newsroom.models import User

SOON = timedelta(days=14)
WORDS = {"failed": "Lapsed", "scheduled": "Lapses soon", "public": "Holds"}


def state_of(claim: Claim, today: date) -> str:
    """By the names that the desk's sheets know."""
    if claim.valid_until < today:
        return "failed"
    return "scheduled" if claim.valid_until < today + SOON else "public"


class HoldsFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("lapsed", "Lapsed"), ("soon", "Lapses soon"), ("holds", "Holds")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        spans = {
            "lapsed": {"valid_until__lt": today},
            "soon": {"valid_until__gte": today, "valid_until__lt": today + SOON},
            "holds": {"valid_until__gte": today + SOON},
        }
        return queryset.filter(**spans.get(self.value() or "", {}))


class ClaimList(ChangeList):
    """Lapsed ones first, then what lapses soon; each with the appeals that rest on it."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        found = super().get_queryset(request, exclude_parameters)
        today = timezone.localdate()
        soon = When(valid_until__lt=today + SOON, then=Value(0))
        urgency = Case(soon, default=Value(1), output_field=IntegerField())
        used = ArrayAgg("ties__variant__appeal", distinct=True, default=Value([]))
        ordered = found.annotate(urgency=urgency, used=used)
        return cast("QuerySet", ordered.order_by("urgency", "valid_until", "statement"))

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list: Any = list(self.result_list)
        pks = {pk for claim in self.result_list for pk in claim.used}
        appeals = Appeal.objects.in_bulk(pks)
        for claim in self.result_list:
            claim.appeals = [appeals[pk] for pk in claim.used if pk in appeals]


@admin.register(Claim)
class ClaimAdmin(KeptAdmin):
    form = ClaimForm
    list_display = ["statement", "state", "last_day", "used_in", "source", "owner"]
    list_filter = [HoldsFilter]
    list_select_related = ["owner"]
    list_per_page = 50
    search_fields = ["statement", "source"]
    search_help_text = "Statement or source"
    show_full_result_count = False
    sortable_by = []
    actions = None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ClaimList]:
        return ClaimList

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        may_change = obj is None or self.has_change_permission(request, obj)
        return [*FIELDS, *(["reason"] if obj and may_change else [])]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Claim | None:
        """Locked while it is saved, so that two who save at once come one after the other."""
        claim: Claim | None = super().get_object(request, object_id, from_field)
        if claim and request.method == "POST":
            claim = Claim.objects.select_for_update().filter(pk=claim.pk).first()
        return claim

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"owner": request.user.pk}

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        by, fields = cast("User", request.user), {n: form.cleaned_data[n] for n in FIELDS}
        if change:
            claims.change(obj, fields, by=by, was=form.was, reason=form.cleaned_data["reason"])
        else:
            obj.pk = claims.create(by=by, **fields).pk

    def delete_model(self, request: HttpRequest, obj: Claim) -> None:
        claims.delete(obj, by=cast("User", request.user))

    def render_change_form(self, request: HttpRequest, context: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]  # the rest is passed through
        response = super().render_change_form(request, context, **kwargs)
        if context["adminform"].form.is_bound:
            response.status_code = 409 if has_conflict(context["adminform"].form) else 422
        return response

    @admin.display(description="state")
    def state(self, claim: Claim) -> SafeString:
        key = state_of(claim, timezone.localdate())
        return format_html('<span class="state" data-state="{}">{}</span>', key, WORDS[key])

    @admin.display(description="last valid day")
    def last_day(self, claim: Claim) -> str:
        return on(claim.valid_until)

    @admin.display(description="used in")
    def used_in(self, claim: Any) -> SafeString | str:
        address = "admin:donations_appeal_check"
        links = [(reverse(address, args=[a.pk]), a.name) for a in claim.appeals]
        return format_html_join(", ", '<a href="{}">{}</a>', links) if links else "nowhere"


def has_conflict(form: Any) -> bool:
    return any(error.code == "conflict" for error in form.non_field_errors().as_data())
