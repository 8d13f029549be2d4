"""Who changed what and why: of everything, and of one appeal."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from donations.admin.appeal_screen import found, screen
from donations.models import Change
from newsroom.lib.dates import spoken
from newsroom.lib.readonly import ReadOnlyAdmin

A_PAGE = 100
CHOSEN = admin.RelatedOnlyFieldListFilter
may_look = permission_required("donations.view_change", raise_exception=True)


@may_look
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was changed in one appeal, newest first."""
    appeal = found(pk)
    changes = appeal.changes.select_related("by")
    page = Paginator(changes, A_PAGE).get_page(request.GET.get("page"))
    return screen(request, "history", appeal, {"page": page})


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["field", "about", "values", "reason", "who", "date"]
    list_display_links = None
    list_filter = [("appeal", CHOSEN), ("by", CHOSEN)]
    list_per_page = A_PAGE
    list_select_related = ["by"]
    date_hierarchy = "at"
    search_fields = ["subject", "field", "before", "after", "reason"]
    search_help_text = "Words of the change"
    show_full_result_count = False
    actions = None

    @admin.display(description="about", ordering="subject")
    def about(self, change: Change) -> str:
        return change.subject

    @admin.display(description="before and after")
    def values(self, change: Change) -> SafeString:
        return format_html(
            '<del class="change__before">{}</del> <ins class="change__after">{}</ins>',
            change.before[:500],
            change.after[:500],
        )

    @admin.display(description="who", ordering="by")
    def who(self, change: Change) -> str:
        return str(change.by) if change.by else "by itself"

    @admin.display(description="date", ordering="at")
    def date(self, change: Change) -> str:
        return spoken(change.at)
