"""Who did what: all that the audit holds, to be read and narrowed down."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from newsroom.audit.filtering import FilterForm
from newsroom.audit.paging import page_of
from newsroom.lib.readonly import ReadOnlyAdmin
from newsroom.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """One page; an entry has no form, and the database would refuse what it sent."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="newsroom_auditentry_changelist")]

    @method_decorator(require_safe)
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = FilterForm(request.GET, label_suffix="")
        asked = form.chosen() if form.is_valid() else AuditEntry.objects.none()
        question = request.GET.copy()
        question.pop("before", None)
        context = {
            **self.admin_site.each_context(request),
            "title": "Who did what",
            "opts": self.opts,
            "form": form,
            "one": form.one() if form.is_valid() else "",
            "is_narrowed": any(question.values()),
            "page": page_of(asked, request.GET.get("before", "")),
            "question": question.urlencode(),
        }
        status = 200 if form.is_valid() else 422
        return render(request, "admin/audit/list.html", context, status=status)
