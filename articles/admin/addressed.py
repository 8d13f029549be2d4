"""What has a page of its own, at an address that staff may change."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles.models import FormerAddress
from articles.services import addresses
from newsroom.lib.meeting import MeetingAdmin
from newsroom.models import User


class AddressedAdmin(MeetingAdmin):
    """An address that somebody has changed goes on leading here."""

    readonly_fields = ["former"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_fields(request, obj)
        has_former = obj is not None and FormerAddress.objects.paths(obj)
        return [*fields, "former"] if has_former else fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        addresses.save(obj, by=cast("User", request.user))

    @admin.display(description="former addresses")
    def former(self, row: Any) -> SafeString:
        """They lead here."""
        paths = FormerAddress.objects.paths(row)
        return format_html_join("", "<div>{}</div>", ((path,) for path in paths))
