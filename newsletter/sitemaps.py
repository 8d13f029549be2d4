"""Past letters for search engines."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.sitemaps import Entry, urls
from newsletter.models import Issue
from newsroom.lib.furniture import without_publication
from newsroom.lib.pages import kept


def maps() -> list[str]:
    """The path of the map, if it holds anything; 1 query."""
    listed = Issue.objects.sent().filter(is_listed=True)
    return [reverse("newsletter:sitemap_letters")] if listed.exists() else []


@kept()
@require_safe
@without_publication
def sitemap_letters(request: HttpRequest) -> HttpResponse:
    """The letters that may be found, and their list; 1 query."""
    letters = Issue.objects.sent().filter(is_listed=True).only("published_on", "started_at")
    entries = [Entry(issue.get_absolute_url(), issue.started_at) for issue in letters]
    newest = [Entry(reverse("newsletter:issue_list"), entries[0].changed_at)] if entries else []
    return urls(newest + entries)
