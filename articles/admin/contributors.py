from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import photos
from articles.admin.addressed import AddressedAdmin
from articles.admin.counting import CountingAdmin
from articles.admin.using import UsedAdmin
from articles.forms.texts import ContributorForm
from articles.models import Byline, Contributor


@admin.register(Contributor)
class ContributorAdmin(UsedAdmin, CountingAdmin, AddressedAdmin):
    counted = (Byline.objects.filter(role=""), "contributor")
    form = ContributorForm
    actions = None
    list_display = ["picture", "name", "title", "kind", "pieces"]
    list_display_links = ["name"]
    list_filter = ["is_staff_writer"]
    list_per_page = 50
    list_select_related = ["portrait"]
    ordering = ["name"]
    search_fields = ["name", "title"]
    show_full_result_count = False
    fields = ["name", "title", "is_staff_writer", "portrait", "bio", "slug"]

    @admin.display(description="picture")
    def picture(self, contributor: Contributor) -> SafeString | str:
        if not contributor.portrait:
            return ""
        source = photos.thumbnail(contributor.portrait)
        return format_html('<img class="thumb" src="{}" alt="" width="64" height="48">', source)

    @admin.display(description="writes as", ordering="is_staff_writer")
    def kind(self, contributor: Contributor) -> str:
        return "Staff writer" if contributor.is_staff_writer else "Outside contributor"

    def completion(self, contributor: Contributor) -> dict[str, str]:
        return {"note": contributor.title or contributor.slug}
