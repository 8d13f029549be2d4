"""Appeals: the list, and the addresses of the screens of each."""

from collections.abc import Iterable
from itertools import chain
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from donations import reach
from donations.admin import explain, preview, results, running, shares, writing
from donations.admin.appeal_screen import paths
from donations.admin.checking import check
from donations.admin.log import history
from donations.models import Appeal
from donations.state import Doing, Moment, known, state_of
from newsroom.lib.dates import spoken

AHEAD = [Doing.WAITS, Doing.RUNS, Doing.PAUSED]


class StateFilter(admin.SimpleListFilter):
    """Without a choice, the archived ones stay away."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(doing.value, doing.value.capitalize()) for doing in Doing]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in list(Doing):
            is_searched = "q" in request.GET
            return queryset if is_searched else queryset.exclude(status=Appeal.Status.ARCHIVED)
        return queryset.filter(doing(Doing(cast("str", self.value()))))


def doing(wanted: Doing) -> Q:
    now = timezone.now()
    if wanted == Doing.OVER:
        return Q(status=Appeal.Status.LIVE, ends_at__lte=now)
    if wanted not in AHEAD:
        return Q(status=wanted.value)
    moment = Moment.of(now)
    rows = known(Appeal.objects.ahead(now))
    return Q(pk__in=[row.pk for row in rows if state_of(row, moment).doing == wanted])


class AppealList(ChangeList):
    """Each row with its state, its reach and the number of its variants."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        found = super().get_queryset(request, exclude_parameters)
        counted = found.annotate(n_variants=Count("variants", distinct=True))
        return cast("QuerySet", known(counted))

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list: Any = list(self.result_list)
        moment, names = Moment.of(timezone.now()), reach.names()
        for appeal in self.result_list:
            appeal.doing, appeal.reach = state_of(appeal, moment), reach.reach(appeal, names)


@admin.register(Appeal)
class AppealAdmin(admin.ModelAdmin):
    list_display = ["title", "state", "place", "when", "reach", "variants"]
    list_display_links = ["title"]
    list_filter = [StateFilter, "slot"]
    list_per_page = 50
    search_fields = ["name", "campaign"]
    search_help_text = "Name or campaign"
    show_full_result_count = False
    actions = None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[AppealList]:
        return AppealList

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        cleaned = path("clean/", wrap(writing.clean), name="donations_appeal_clean")
        asked = [part.urls(self.admin_site) for part in (preview, explain, shares, results)]
        mine = [cleaned, *paths([check, *running.VIEWS], wrap), *chain.from_iterable(asked)]
        return [*mine, *super().get_urls()]

    # The forms are our own

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return writing.add(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return writing.change(request, number(object_id))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return writing.delete(request, number(object_id))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return history(request, number(object_id))

    # The list

    @admin.display(description="name", ordering="name")
    def title(self, appeal: Appeal) -> str:
        return appeal.name

    @admin.display(description="state", ordering="status")
    def state(self, appeal: Any) -> SafeString:
        state = appeal.doing
        word = format_html('<span class="state" data-state="{}">{}</span>', state.key, state.word)
        return format_html('{} <p class="help">{}</p>', word, state.why) if state.why else word

    @admin.display(description="slot", ordering="slot")
    def place(self, appeal: Appeal) -> str:
        return appeal.get_slot_display()

    @admin.display(description="when", ordering="starts_at")
    def when(self, appeal: Appeal) -> str:
        return f"{spoken(appeal.starts_at)} – {spoken(appeal.ends_at)}"

    @admin.display(description="reaches")
    def reach(self, appeal: Any) -> str:
        return str(appeal.reach)

    @admin.display(description="variants")
    def variants(self, appeal: Any) -> int:
        return int(appeal.n_variants)


def number(object_id: str) -> int:
    """0, which no row has, of what is no number."""
    is_number = object_id.isascii() and object_id.isdecimal() and len(object_id) < 19
    return int(object_id) if is_number else 0
