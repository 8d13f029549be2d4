"""Where pieces belong."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from taggit.models import Tag as UnusedTag

from articles.admin.addressed import AddressedAdmin
from articles.admin.counting import CountingAdmin
from articles.admin.using import UsedAdmin
from articles.forms.slugs import SlugForm
from articles.models import Article, Format, Section, Series

admin.site.unregister(UnusedTag)  # ours are another model


class TaxonomyAdmin(UsedAdmin, CountingAdmin, AddressedAdmin):
    """A list that says how many pieces each row has; 1 query."""

    form = SlugForm
    actions = None
    ordering = ["name"]
    search_fields = ["name"]
    show_full_result_count = False

    @admin.display(description="on the site")
    def address(self, row: Any) -> SafeString:
        return format_html('<a href="{0}">{0}</a>', row.get_absolute_url())


@admin.register(Section)
class SectionAdmin(TaxonomyAdmin):
    counted = (Article.objects.all(), "section")
    ordering = ["position", "name"]
    list_display = ["name", "position", "front_page_form", "pieces", "address"]
    fields = ["name", "slug", "description", "position", "front_page_form"]


@admin.register(Format)
class FormatAdmin(TaxonomyAdmin):
    counted = (Article.objects.all(), "format")
    list_display = ["name", "schema_type", "pieces"]
    fields = ["name", "slug", "schema_type"]


@admin.register(Series)
class SeriesAdmin(TaxonomyAdmin):
    counted = (Article.objects.all(), "series")
    list_display = ["name", "pieces", "address"]
    fields = ["name", "slug", "description", "order"]
