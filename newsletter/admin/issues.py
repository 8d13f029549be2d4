"""Round-ups: the list, and the addresses of the screen on which they are put together."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from newsletter.admin import builder, certified, changes, controls, letters, restored, sending
from newsletter.admin.preview import preview
from newsletter.admin.state import state_of
from newsletter.models import Issue
from newsletter.sending import origin
from newsroom.lib.dates import spoken


class IssueList(ChangeList):
    """Newest first, each with the number of its pieces; one query."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        found = super().get_queryset(request, exclude_parameters)
        unread = ["content", "html", "plain", "opening", "text"]
        pieces = Count("items", filter=Q(items__kind="article", items__skip_reason=""))
        return cast("QuerySet", found.defer(*unread).annotate(n_pieces=pieces))


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin):
    list_display = ["title", "state", "pieces", "cut_off", "sent"]
    list_display_links = ["title"]
    list_filter = ["status"]
    list_per_page = 50
    search_fields = ["subject"]
    search_help_text = "Subject"
    show_full_result_count = False
    actions = None

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        seen = path("<int:pk>/preview/", wrap(preview), name="newsletter_issue_preview")
        parts = [changes, sending, controls, letters, certified, restored]
        ours = [address for part in parts for address in part.addresses(wrap)]
        return [seen, *ours, *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[IssueList]:
        return IssueList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_draft = request.user.has_perm("newsletter.add_issue")
        context = {"title": "Round-ups", "may_draft": may_draft, **(extra_context or {})}
        context["is_elsewhere"] = origin.is_elsewhere()
        return super().changelist_view(request, context)

    # Who may

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is no form to add one: a round-up is drafted."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        is_draft = obj is None or obj.is_draft
        return is_draft and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Issue) -> None:
        """Not if somebody has approved it this moment."""
        drafts = Issue.objects.select_for_update().filter(status=Issue.Status.DRAFT)
        if not drafts.filter(pk=obj.pk).exists():
            raise PermissionDenied
        super().delete_model(request, obj)

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
        if not object_id.isdecimal() or len(object_id) > 18:
            return redirect("admin:newsletter_issue_changelist")
        issues = Issue.objects.select_related("segment", "approved_by")
        return builder.screen(request, get_object_or_404(issues, pk=object_id))

    # The list

    @admin.display(description="subject", ordering="subject")
    def title(self, issue: Issue) -> str:
        return str(issue)

    @admin.display(description="state", ordering="status")
    def state(self, issue: Issue) -> SafeString:
        state = state_of(issue)
        word = format_html('<span class="state" data-state="{}">{}</span>', state.key, state.word)
        return format_html('{} <p class="help">{}</p>', word, state.why) if state.why else word

    @admin.display(description="pieces")
    def pieces(self, issue: Issue) -> int:
        return int(issue.n_pieces)  # type: ignore[attr-defined]

    @admin.display(description="cut-off", ordering="until")
    def cut_off(self, issue: Issue) -> str:
        return spoken(issue.until)

    @admin.display(description="sent", ordering="sent_at")
    def sent(self, issue: Issue) -> str:
        if issue.sent_at:
            return spoken(issue.sent_at)
        if issue.started_at:
            return f"since {spoken(issue.started_at)}"
        return f"to be sent {spoken(issue.send_at)}" if issue.send_at else ""
