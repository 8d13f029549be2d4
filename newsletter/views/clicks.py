from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsletter import clicks
from newsletter.models import Click, Issue


@require_safe
@never_cache
def go(request: HttpRequest, issue_id: int, link: int) -> HttpResponse:
    """On to where a link of a frozen letter leads, and nowhere else; counted, by nobody."""
    frozen = Issue.objects.exclude(status=Issue.Status.DRAFT).only("content", "started_at")
    issue = get_object_or_404(frozen, pk=issue_id)
    url = clicks.destination(issue, link)
    if url is None:
        raise Http404
    now = timezone.now()
    visit = clicks.Visit(request.method or "", request.headers.get("User-Agent", ""), now)
    is_robot = not url or clicks.is_robot(visit, issue)
    Click.objects.count_one(issue.pk, link, timezone.localdate(now), is_robot=is_robot)
    response = HttpResponseRedirect(url or reverse("newsletter:issue_list"))
    response["X-Robots-Tag"] = "noindex"
    return response
