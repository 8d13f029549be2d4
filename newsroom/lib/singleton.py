"""The form of a table that has one row."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from newsroom.lib.meeting import MeetingAdmin


class SingletonAdmin(MeetingAdmin):
    """No list, no adding, no deleting: its address opens the form of the one row."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        self.get_queryset(request).get_or_create(pk=1)
        return self.to_form()

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self.to_form()

    def to_form(self) -> HttpResponseRedirect:
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", 1)
