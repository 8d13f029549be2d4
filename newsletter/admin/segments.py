"""Parts of the subscribers, with how many they are while they are being described."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from newsletter.forms.segments import SegmentForm
from newsletter.models import Issue, Segment, Source, Subscriber
from newsroom.lib.dates import spoken
from newsroom.lib.meeting import MeetingAdmin


@admin.register(Segment)
class SegmentAdmin(MeetingAdmin):
    form = SegmentForm
    list_display = ["name", "described"]
    fields = ["name", "sections", "sources", "joined_from", "joined_before"]
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("sections")

    def has_change_permission(self, request: HttpRequest, obj: Segment | None = None) -> bool:
        """Not while a round-up waits for its time whose readers somebody has counted."""
        return super().has_change_permission(request, obj) and not waits_for(obj)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "GET" and waits_for(self.get_object(request, object_id)):
            messages.info(
                request, "A scheduled round-up goes to it. To change it, cancel that one."
            )
        return super().change_view(request, object_id, form_url, extra_context)

    @admin.display(description="who they are")
    def described(self, segment: Segment) -> str:
        parts = [
            " or ".join(str(section) for section in segment.sections.all()),
            " or ".join(Source(source).label.lower() for source in segment.sources),
            f"joined from {spoken(segment.joined_from)}" if segment.joined_from else "",
            f"joined before {spoken(segment.joined_before)}" if segment.joined_before else "",
        ]
        return "; ".join(filter(None, parts)) or "everybody"

    def get_urls(self) -> list[URLPattern]:
        count = self.admin_site.admin_view(self.count)
        return [path("count/", count, name="newsletter_segment_count"), *super().get_urls()]

    def render_change_form(  # type: ignore[override]  # the rest is passed through
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        segment: Segment | None = kwargs.get("obj")
        context["n_chosen"] = Subscriber.objects.active().within(segment).count()
        return super().render_change_form(request, context, **kwargs)

    @method_decorator(require_POST)
    def count(self, request: HttpRequest) -> HttpResponse:
        """How many the answers that were typed choose; saves nothing."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = SegmentForm(request.POST)
        form.is_valid()  # a name may be missing yet; what does not hold is left out
        return JsonResponse({"n": form.count()})


def waits_for(segment: Segment | None) -> bool:
    """Whether a scheduled round-up goes to it."""
    scheduled = Issue.objects.filter(status=Issue.Status.SCHEDULED)
    return segment is not None and scheduled.filter(segment=segment).exists()
