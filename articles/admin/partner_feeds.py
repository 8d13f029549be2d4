"""Feeds for those who may republish us."""

from typing import Any

from django.conf import settings
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

from articles import services
from articles.forms.partner_feed import PartnerFeedForm
from articles.models import PartnerFeed
from newsroom.lib.meeting import MeetingAdmin


@admin.register(PartnerFeed)
class PartnerFeedAdmin(MeetingAdmin):
    form = PartnerFeedForm
    actions = None
    list_display = ["name", "extent", "chosen", "state", "fetched"]
    show_full_result_count = False
    fields = ["name", "extent", "sections", "formats", "series", "tag_list", "is_active"]

    def get_fields(self, request: HttpRequest, obj: PartnerFeed | None = None) -> Any:
        return [*self.fields, "addresses", "fetched"] if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: PartnerFeed | None = None) -> Any:
        return ["addresses", "fetched"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        found: QuerySet = super().get_queryset(request)
        return found.prefetch_related("sections", "formats", "series", "tags")

    @admin.display(description="which pieces")
    def chosen(self, feed: PartnerFeed) -> str:
        kinds: list[Any] = [feed.sections, feed.formats, feed.series, feed.tags]
        parts = [" or ".join(str(row) for row in kind.all()) for kind in kinds]
        return "; ".join(filter(None, parts)) or "all that others may republish"

    @admin.display(description="state", ordering="is_active")
    def state(self, feed: PartnerFeed) -> SafeString:
        key, word = ("public", "Active") if feed.is_active else ("draft", "Off")
        return format_html('<span class="state" data-state="{}">{}</span>', key, word)

    @admin.display(description="last fetched", ordering="last_fetched_on")
    def fetched(self, feed: PartnerFeed) -> str:
        return f"{feed.last_fetched_on:%a %-d %b %Y}" if feed.last_fetched_on else "never"

    @admin.display(description="addresses")
    def addresses(self, feed: PartnerFeed) -> SafeString:
        """Whoever has one of them reads the feed; give them to the partner alone."""
        atom, rss = (f"{settings.SITE_URL}{feed.address(style)}" for style in ("atom", "rss"))
        return format_html(
            "<div>Atom: <code>{}</code></div><div>RSS: <code>{}</code></div>", atom, rss
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.tags.set(form.cleaned_data["tag_list"])

    def get_urls(self) -> list[URLPattern]:
        renew = self.admin_site.admin_view(self.renew)
        mine = [path("<int:pk>/renew/", renew, name="articles_partnerfeed_renew")]
        return [*mine, *super().get_urls()]

    @method_decorator(require_POST)
    def renew(self, request: HttpRequest, pk: int) -> HttpResponse:
        feed = get_object_or_404(PartnerFeed, pk=pk)
        if not self.has_change_permission(request, feed):
            raise PermissionDenied
        services.renew(feed)
        self.log_change(request, feed, "New address.")
        messages.success(request, f"{feed} has a new address. The old one leads nowhere any more.")
        return redirect("admin:articles_partnerfeed_change", pk)
