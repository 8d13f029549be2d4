"""The letters that were sent, for everybody."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from newsletter import archive
from newsletter.models import Issue, Newsletter
from newsroom.lib.pages import kept

PAGE_SIZE = 20


@kept("page")
@require_safe
def issue_list(request: HttpRequest) -> HttpResponse:
    """Newest first; at most 4 queries."""
    letters = Issue.objects.sent().only("subject", "preheader", "published_on")
    page = Paginator(letters, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "newsletter": Newsletter.current()}
    return render(request, "newsletter/issue_list.html", context)


@kept()
@require_safe
def issue_detail(request: HttpRequest, day: date) -> HttpResponse:
    """One letter as it was sent; at most 4 queries."""
    letters = Issue.objects.sent().defer("html", "plain", "opening", "text")
    [sent] = archive.sent([get_object_or_404(letters, published_on=day)])
    response = render(request, "newsletter/issue_detail.html", {"sent": sent})
    if not sent.issue.is_listed:
        response["X-Robots-Tag"] = "noindex"
    return response
