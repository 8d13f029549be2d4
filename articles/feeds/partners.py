"""Pieces for those who may republish them: with our name, without pictures that are not ours."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles import content, elsewhere
from articles.elsewhere import absolute
from articles.feeds.pieces import Entry, Listing, Pieces, tag_of
from articles.models import Article, ArticleQuerySet, PartnerFeed, Photo
from articles.services.partnering import note_fetch

Extent = PartnerFeed.Extent


class PartnerPieces(Pieces):
    """What a partner may have; a query more for it, and another one once a day."""

    def __call__(self, request: HttpRequest, *args: Any, **address: Any) -> HttpResponse:
        response = super().__call__(request, *args, **address)
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-cache"  # the address is the key
        return response

    def row(self, **address: Any) -> PartnerFeed:
        feed = PartnerFeed.objects.active().with_choices().filter(**address).first()
        if feed is None:
            raise Http404
        note_fetch(feed, on=timezone.localdate())
        return feed

    def articles(self, row: Any, at: datetime) -> ArticleQuerySet:
        pieces: ArticleQuerySet = row.pieces(super().articles(row, at))
        return pieces

    def title(self, listing: Listing) -> str:
        return f"{listing.publication.name} for {listing.row.name}"

    def link(self, listing: Listing) -> str:
        return absolute("/")

    def feed_guid(self, listing: Listing) -> str:
        return tag_of(f"partner-{listing.row.pk}", listing.row.made_at.astimezone(UTC).date())

    def body(self, listing: Listing, article: Article) -> str:
        if listing.row.extent == Extent.FULL:
            return article.body
        return content.fold(article.body, article.teaser_paragraphs)[0]

    def allowed(self, photos: Mapping[int, Photo]) -> Mapping[int, Photo]:
        return {pk: photo for pk, photo in photos.items() if photo.may_republish}

    def text(self, item: Entry) -> str:
        source = elsewhere.Source(
            item.listing.publication.name, is_all=item.listing.row.extent == Extent.FULL
        )
        return elsewhere.text(item.article, item.body, item.photos, source)
