"""What is said of taxes, and where appeals may lead."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from donations.admin.deleting import KeptAdmin
from donations.forms.grounds import HostForm, TaxWordingForm
from donations.models import DonationHost, TaxWording
from donations.services import grounds
from newsroom.lib import html
from newsroom.lib.dates import spoken
from newsroom.models import User


@admin.register(TaxWording)
class TaxWordingAdmin(admin.ModelAdmin):
    """Only ever added to: what an appeal said of taxes stays known."""

    form = TaxWordingForm
    list_display = ["version", "wording", "reason", "who", "date", "used_in"]
    list_select_related = ["created_by"]
    list_per_page = 50
    show_full_result_count = False
    actions = None
    sortable_by = []

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        found = super().get_queryset(request)
        return cast("QuerySet", found.annotate(n_appeals=Count("appeal")))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["shown", "reason", "date", "who"] if obj else ["text", "reason"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["shown", "date", "who"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        made = grounds.add_tax_wording(by=cast("User", request.user), **form.cleaned_data)
        obj.pk = made.pk
        messages.info(request, "Appeals keep the wording they have; drafts can take this one.")

    @admin.display(description="version")
    def version(self, wording: TaxWording) -> str:
        return str(wording)

    @admin.display(description="wording")
    def wording(self, wording: TaxWording) -> str:
        return html.plain(wording.text)

    @admin.display(description="text")
    def shown(self, wording: TaxWording) -> SafeString:
        return mark_safe(html.clean_inline(wording.text))  # noqa: S308  # as the cleaner left it

    @admin.display(description="added")
    def date(self, wording: TaxWording) -> str:
        return spoken(wording.created_at)

    @admin.display(description="by")
    def who(self, wording: TaxWording) -> str:
        return str(wording.created_by or "")

    @admin.display(description="used in")
    def used_in(self, wording: Any) -> str:
        n = wording.n_appeals
        return f"{n} {'appeal' if n == 1 else 'appeals'}"


@admin.register(DonationHost)
class DonationHostAdmin(KeptAdmin):
    form = HostForm
    list_display = ["host", "amount_parameter", "interval_parameter"]
    show_full_result_count = False
    actions = None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        names = grounds.PARAMETERS
        fields = {name: form.cleaned_data[name] for name in names}
        by, typed = cast("User", request.user), form.cleaned_data
        obj.pk = grounds.save_host(typed["host"], fields, by=by, reason=typed["reason"]).pk

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        grounds.remove_host(obj, by=cast("User", request.user))
