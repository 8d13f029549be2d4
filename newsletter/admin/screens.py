"""Lists whose rows open a screen of our own."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render


class ScreenAdmin(admin.ModelAdmin):
    """A row is there to be read; what can be done about it is a button with its own address."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        found = self.get_object(request, object_id)
        if found is None:
            return redirect(f"admin:newsletter_{self.opts.model_name}_changelist")
        return self.screen(request, found)

    def screen(self, request: HttpRequest, found: Any) -> HttpResponse:
        raise NotImplementedError

    def page(
        self, request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """The template `name` among those of this list."""
        context |= {**self.admin_site.each_context(request), "opts": self.opts}
        template = f"admin/newsletter/{self.opts.model_name}/{name}.html"
        return render(request, template, context, status=status)
