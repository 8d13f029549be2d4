from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.addressed import AddressedAdmin
from articles.forms.texts import PageForm
from articles.models import Page


@admin.register(Page)
class PageAdmin(AddressedAdmin):
    form = PageForm
    actions = None
    list_display = ["title", "address", "footer_order"]
    search_fields = ["title"]
    show_full_result_count = False
    fields = ["title", "body", "slug", "footer_order"]

    @admin.display(description="on the site")
    def address(self, page: Page) -> SafeString:
        return format_html('<a href="{0}">{0}</a>', page.get_absolute_url())
