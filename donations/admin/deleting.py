"""Rows that cannot be deleted while something rests on them."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from donations.services.allowed import NotAllowed


class KeptAdmin(admin.ModelAdmin):
    """Tells in its list why a row stays, where the service refuses to delete it."""

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except NotAllowed as error:
            messages.warning(request, str(error))
            return redirect(f"admin:donations_{self.opts.model_name}_changelist")
