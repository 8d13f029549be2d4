from typing import Any

from django.contrib import admin, messages
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from newsroom.lib.meeting.form import Meeting


class MeetingAdmin(admin.ModelAdmin):
    """A form in which saves of several people meet."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Locked while it is saved, so that two who save at once come one after the other.

        What leads to it is written meanwhile.
        """
        found: Any = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not connection.in_atomic_block:
            return found
        QuerySet(self.model).select_for_update(no_key=True).filter(pk=found.pk).first()
        return super().get_object(request, object_id, from_field)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (Meeting, form), {}) if change else form

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        if change and form.told:
            messages.info(request, form.told)
        return super().save_form(request, form, change)

    def render_change_form(  # type: ignore[override]  # the rest is passed through
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        response = super().render_change_form(request, context, **kwargs)
        if getattr(context["adminform"].form, "clashing", None):
            response.status_code = 409
        return response
