"""What the list of subscribers shows, and how it is narrowed down."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from newsletter.admin.screens import ScreenAdmin
from newsletter.models import Subscriber
from newsroom.lib import addresses
from newsroom.lib.dates import spoken
from newsroom.lib.lists import CappedPaginator

Status = Subscriber.Status
COLOURS = {  # by the names that the desk's sheets know
    Status.PENDING: "scheduled",
    Status.ACTIVE: "public",
    Status.LEFT: "draft",
    Status.BOUNCED: "failed",
    Status.COMPLAINED: "failed",
}
PERIODS = {"7": "Last 7 days", "30": "Last 30 days", "365": "Last 365 days"}


class SubscriberColumns(ScreenAdmin):
    list_display = ["shown", "state", "source", "since"]
    list_display_links = ["shown"]
    list_per_page = 100
    search_fields = ["address"]
    search_help_text = "Beginning of an address, or @domain"
    show_full_result_count = False
    paginator = CappedPaginator
    actions = None

    @admin.display(description="address", ordering="address")
    def shown(self, subscriber: Subscriber) -> str:
        return subscriber.shown

    @admin.display(description="state")
    def state(self, subscriber: Subscriber) -> SafeString:
        key, word = COLOURS[Status(subscriber.status)], subscriber.get_status_display()
        return format_html('<span class="state" data-state="{}">{}</span>', key, word)

    @admin.display(description="since")
    def since(self, subscriber: Subscriber) -> str:
        at = subscriber.left_at or subscriber.joined_at or subscriber.asked_at
        return spoken(at) if at else ""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return found(queryset, search_term), False


def found(subscribers: QuerySet, term: str) -> QuerySet:
    """By the whole address, its beginning, or what stands from its @ on."""
    term = term.replace("\x00", "").strip().lower()
    if not term:
        return subscribers
    if term.startswith("@"):
        return subscribers.filter(address__endswith=f"@{ascii_domain(term[1:])}")
    return subscribers.filter(address__startswith=begin_of(term))


def begin_of(term: str) -> str:
    try:
        return addresses.compared(term)
    except addresses.Refused:
        return term


def ascii_domain(domain: str) -> str:
    try:
        return addresses.compared(f"a@{domain}").partition("@")[2]
    except addresses.Refused:
        return domain


class JoinedFilter(admin.SimpleListFilter):
    title = "joined"
    parameter_name = "joined"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return PERIODS.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in PERIODS:
            return queryset
        start = timezone.now() - timedelta(days=int(self.value() or 0))
        return queryset.filter(joined_at__gte=start)


FILTERS: list[Any] = ["status", "source", JoinedFilter]
