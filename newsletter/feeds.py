"""The round-up for feed readers."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from newsletter import archive
from newsletter.archive import Sent
from newsletter.content import line
from newsletter.models import Issue, Newsletter
from newsletter.pictures import absolute
from newsroom.lib.feeds import Atom
from newsroom.models import Publication

N_LETTERS = 10


class RoundUpFeed(Feed):
    """The last letters, whole, without the personal parts; at most 5 queries."""

    feed_type = Atom

    def get_object(self, request: HttpRequest) -> Publication:
        publication: Publication = request.publication  # type: ignore[attr-defined]
        return publication

    def title(self, publication: Publication) -> str:
        return line(f"{publication.name}: {Newsletter.current().name}")

    def subtitle(self, publication: Publication) -> str:
        return line(publication.newsletter_promise)

    def link(self) -> str:
        return absolute(reverse("newsletter:issue_list"))

    def feed_url(self) -> str:
        return absolute(reverse("newsletter:feed"))

    def items(self) -> list[Sent]:
        letters = Issue.objects.sent().defer("html", "plain", "opening", "text")
        return archive.sent(letters[:N_LETTERS], base=settings.SITE_URL)

    def item_title(self, item: Sent) -> str:
        return str(item.letter["subject"])

    def item_description(self, item: Sent) -> str:
        return str(item.letter["preheader"])

    def item_link(self, item: Sent) -> str:
        return absolute(item.issue.get_absolute_url())

    def item_guid(self, item: Sent) -> str:
        """The same whatever becomes of the site's address and of the letter's."""
        return uuid.uuid5(uuid.NAMESPACE_OID, item.issue.digest).urn

    def item_pubdate(self, item: Sent) -> datetime | None:
        return item.issue.started_at

    def item_updateddate(self, item: Sent) -> datetime | None:
        return item.notices[-1].at if item.notices else item.issue.started_at

    def item_extra_kwargs(self, item: Sent) -> dict[str, str]:
        context = {"letter": item.letter, "notices": item.notices}
        return {"content": render_to_string("newsletter/letter.html", context)}
