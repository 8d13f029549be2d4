"""Imports: the list, the form to begin one, and the page on which it is watched."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from newsletter.admin.screens import ScreenAdmin
from newsletter.forms.imports import MAX_BYTES, ImportForm
from newsletter.importing.running import N_REFUSED_KEPT
from newsletter.models import Import
from newsletter.services import importing
from newsroom.lib import exporting
from newsroom.lib.dates import spoken
from newsroom.lib.uploads import takes_uploads
from newsroom.models import User

MAY_IMPORT = "newsletter.import_subscribers"
Status = Import.Status
COLOURS = {  # by the names that the desk's sheets know
    Status.CHECKED: "scheduled",
    Status.DONE: "public",
    Status.FAILED: "failed",
}


@admin.register(Import)
class ImportAdmin(ScreenAdmin):
    list_display = ["file_name", "state", "added", "refused_count", "created_by", "date"]
    list_display_links = ["file_name"]
    list_select_related = ["created_by"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    @admin.display(description="file")
    def file_name(self, batch: Import) -> str:
        return batch.name

    @admin.display(description="state")
    def state(self, batch: Import) -> SafeString:
        key = COLOURS.get(Status(batch.status), "draft")
        word = batch.get_status_display()
        return format_html('<span class="state" data-state="{}">{}</span>', key, word)

    @admin.display(description="added", ordering="n_added")
    def added(self, batch: Import) -> str:
        return f"{batch.n_added:,}"

    @admin.display(description="refused", ordering="n_refused")
    def refused_count(self, batch: Import) -> str:
        return f"{batch.n_refused:,}"

    @admin.display(description="date", ordering="pk")
    def date(self, batch: Import) -> str:
        return spoken(batch.created_at)

    # Who may

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_IMPORT))

    def has_change_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        """The proof of consent stays."""
        return False

    # Pages

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "newsletter_import_{}".format
        return [
            path("<int:pk>/agree/", wrap(self.agree), name=name("agree")),
            path("<int:pk>/go-on/", wrap(self.go_on), name=name("go_on")),
            path("<int:pk>/discard/", wrap(self.discard), name=name("discard")),
            path("<int:pk>/refused.csv", wrap(self.refused), name=name("refused")),
            *super().get_urls(),
        ]

    @takes_uploads(MAX_BYTES, permission=MAY_IMPORT)
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method != "POST":
            return self.page(request, "add", {"title": "Import subscribers", "form": ImportForm()})
        if not form.is_valid():
            context = {"title": "Import subscribers", "form": form}
            return self.page(request, "add", context, status=422)
        file, statement = form.cleaned_data["file"], form.cleaned_data["statement"]
        batch = importing.take(file, name=file.name, statement=statement, by=user_of(request))
        self.log_addition(request, batch, "Uploaded")
        return redirect("admin:newsletter_import_change", batch.pk)

    def screen(self, request: HttpRequest, found: Import) -> HttpResponse:
        context = {
            "title": str(found),
            "batch": found,
            "state": self.state(found),
            "may_import": self.has_add_permission(request),
            "has_report": found.refused_rows.exists(),
            "n_kept": N_REFUSED_KEPT,
        }
        return self.page(request, "progress", context)

    # What can be done about one

    @method_decorator(require_POST)
    def agree(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self.importable(request, pk)
        if importing.agree(batch, by=user_of(request)):
            self.log_change(request, batch, "Started")
        return redirect("admin:newsletter_import_change", pk)

    @method_decorator(require_POST)
    def go_on(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self.importable(request, pk)
        if importing.go_on(batch):
            self.log_change(request, batch, "Continued")
        return redirect("admin:newsletter_import_change", pk)

    @method_decorator(require_POST)
    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self.importable(request, pk)
        if not importing.discard(batch, by=user_of(request)):
            messages.warning(request, "It is at work or done, so it cannot be discarded.")
            return redirect("admin:newsletter_import_change", pk)
        messages.success(request, f"“{batch.name}” is discarded, and the file deleted.")
        return redirect("admin:newsletter_import_changelist")

    @method_decorator(require_safe)
    def refused(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        batch = self.importable(request, pk)
        rows = batch.refused_rows.values_list("line", "text", "reason")
        lines = exporting.lines(["line", "text", "reason"], rows.iterator())
        return exporting.attachment(lines, f"refused-{batch.pk}.csv")

    def importable(self, request: HttpRequest, pk: int) -> Import:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return get_object_or_404(Import, pk=pk)


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)  # admin_view lets nobody else in
