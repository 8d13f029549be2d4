"""Where pieces belong and what they are about."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.forms.slugs import SlugForm
from articles.models import Format, Section, Series, Tag


class CountedAdmin(admin.ModelAdmin):
    """A list that says how many pieces each row has; 1 query."""

    form = SlugForm
    actions = None
    counted = "article"
    ordering = ["name"]
    search_fields = ["name"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: QuerySet = super().get_queryset(request).annotate(n_pieces=Count(self.counted))
        return rows

    @admin.display(description="pieces", ordering="n_pieces")
    def pieces(self, row: Any) -> int:
        return int(row.n_pieces)

    @admin.display(description="on the site")
    def address(self, row: Any) -> SafeString:
        return format_html('<a href="{0}">{0}</a>', row.get_absolute_url())


@admin.register(Section)
class SectionAdmin(CountedAdmin):
    ordering = ["position", "name"]
    list_display = ["name", "position", "front_page_form", "pieces", "address"]
    fields = ["name", "slug", "description", "position", "front_page_form"]


@admin.register(Format)
class FormatAdmin(CountedAdmin):
    list_display = ["name", "pieces"]
    fields = ["name", "slug"]


@admin.register(Series)
class SeriesAdmin(CountedAdmin):
    list_display = ["name", "pieces", "address"]
    fields = ["name", "slug", "description"]


@admin.register(Tag)
class TagAdmin(CountedAdmin):
    counted = "tagged_articles"
    list_display = ["name", "pieces", "address"]
    fields = ["name", "slug", "description"]
    list_per_page = 100

    def completion(self, tag: Any) -> dict[str, str]:
        return {"note": "1 piece" if tag.n_pieces == 1 else f"{tag.n_pieces} pieces"}
