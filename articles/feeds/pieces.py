"""Pieces for feed readers, whole: of the magazine, a section, a topic, a series, a contributor."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.files.storage import default_storage
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Enclosure
from django.utils.html import escape
from django.views.decorators.http import condition

from articles import content, elsewhere, freshness
from articles.elsewhere import LEAD, THUMBNAIL, absolute
from articles.models import (
    Article,
    ArticleQuerySet,
    Contributor,
    Photo,
    Section,
    Series,
    Tag,
)
from newsroom.lib import feeds
from newsroom.lib.html import photo_ids, plain
from newsroom.models import Publication

N_ENTRIES = 30
STYLES = {"atom": feeds.Atom, "rss": feeds.Rss}


@dataclass(frozen=True)
class Listing:
    """What a feed holds. row: the section, tag ... that it is of; None for the magazine."""

    publication: Publication
    row: Any
    articles: ArticleQuerySet
    at: datetime
    address: str  # of this very feed


@dataclass(frozen=True)
class Entry:
    listing: Listing
    article: Article
    body: str  # as much of it as is given, clean
    photos: Mapping[int, Photo]  # that may be shown
    weights: Mapping[str, int]  # of the lead photos' files, by address


class Pieces(Feed):
    """The newest pieces of the magazine; at most 7 queries, 2 where somebody has them already."""

    language = "en"
    item_guid_is_permalink = False

    def __init__(self, style: str) -> None:
        self.feed_type = STYLES[style]
        self.content_type = STYLES[style].content_type

    def __call__(self, request: HttpRequest, *args: Any, **address: Any) -> HttpResponse:
        listing = self.get_object(request, *args, **address)
        newest = listing.articles.newest_first().values("pk")[:N_ENTRIES]
        fresh = freshness.of_list(newest, self.shown(listing), listing.at)

        @condition(lambda _: fresh.etag, lambda _: fresh.changed_at)
        def answer(request: HttpRequest) -> HttpResponse:
            feed = self.get_feed(listing, request)
            response = HttpResponse(content_type=self.content_type)
            feed.write(response, "utf-8")
            return response

        return answer(request)

    def get_object(self, request: HttpRequest, *args: Any, **address: Any) -> Listing:
        at = timezone.now()
        row = self.row(**address)
        articles = self.articles(row, at)
        publication: Publication = request.publication  # type: ignore[attr-defined]
        return Listing(publication, row, articles, at, request.path)

    def row(self, **address: Any) -> Any:
        return None

    def articles(self, row: Any, at: datetime) -> ArticleQuerySet:
        """Those that the feed has the newest of."""
        return Article.objects.public(at)

    def shown(self, listing: Listing) -> list[Model]:
        """Whatever the feed shows besides pieces."""
        return [one for one in (listing.publication, listing.row) if one]

    def title(self, listing: Listing) -> str:
        name = listing.publication.name
        return f"{listing.row}, in {name}" if listing.row else name

    def subtitle(self, listing: Listing) -> str | None:
        return self.description(listing) or None

    def description(self, listing: Listing) -> str:
        """Required by RSS, so never empty there."""
        said = plain(getattr(listing.row, "description", "") or getattr(listing.row, "bio", ""))
        publication = listing.publication
        return said or publication.description or publication.tagline or publication.name

    def link(self, listing: Listing) -> str:
        return absolute(listing.row.get_absolute_url() if listing.row else "/")

    def feed_url(self, listing: Listing) -> str:
        return absolute(listing.address)

    def feed_guid(self, listing: Listing) -> str:
        return self.feed_url(listing)

    def author_name(self, listing: Listing) -> str:
        return listing.publication.name

    def items(self, listing: Listing) -> Iterator[Entry]:
        found = list(listing.articles.for_copy().newest_first()[:N_ENTRIES])
        inside = content.photos_in(*(piece.body for piece in found))
        leads = {piece.photo.pk: piece.photo for piece in found if piece.photo}
        on = timezone.localdate(listing.at)
        photos = self.allowed(elsewhere.shown(inside | leads, on))
        weights = n_bytes(
            [elsewhere.picture(photos[pk], LEAD)["url"] for pk in leads if pk in photos]
        )
        return (
            Entry(listing, piece, self.body(listing, piece), photos, weights) for piece in found
        )

    def body(self, listing: Listing, article: Article) -> str:
        return article.body

    def allowed(self, photos: Mapping[int, Photo]) -> Mapping[int, Photo]:
        return photos

    def item_title(self, item: Entry) -> str:
        return item.article.headline

    def item_description(self, item: Entry) -> str:
        return escape(item.article.deck)  # feed readers take it for HTML

    def item_link(self, item: Entry) -> str:
        return absolute(item.article.get_absolute_url())

    def item_guid(self, item: Entry) -> str:
        return tag_uri(item.article)

    def item_pubdate(self, item: Entry) -> datetime | None:
        return item.article.published_at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.article.updated_at

    def item_categories(self, item: Entry) -> list[str]:
        """Section, format and tags, each word once."""
        piece = item.article
        names = [str(part) for part in (piece.section, piece.format, *piece.tags.all()) if part]
        once: dict[str, str] = {}
        for name in names:
            once.setdefault(name.casefold(), name)
        return list(once.values())

    def item_enclosures(self, item: Entry) -> list[Enclosure]:
        """The lead photo, whose size RSS wants to know."""
        if not (lead := item.photos.get(item.article.photo_id or 0)):
            return []
        url = elsewhere.picture(lead, LEAD)["url"]
        return [Enclosure(url, str(item.weights[url]), "image/jpeg")] if url in item.weights else []

    def item_extra_kwargs(self, item: Entry) -> dict[str, Any]:
        return {
            "content": self.text(item),
            "authors": authors(item),
            "pictures": pictures(item),
            "licence": item.article.licence_url,
        }

    def text(self, item: Entry) -> str:
        return elsewhere.text(item.article, item.body, item.photos)


class PiecesOf(Pieces):
    """Those of one row; a query more for it."""

    model: type[Model]

    def row(self, **address: Any) -> Any:
        return get_object_or_404(self.model, **address)


class SectionPieces(PiecesOf):
    model = Section

    def articles(self, row: Any, at: datetime) -> ArticleQuerySet:
        return super().articles(row, at).filter(section=row)


class TopicPieces(PiecesOf):
    model = Tag

    def articles(self, row: Any, at: datetime) -> ArticleQuerySet:
        return newest_of(row.tagged_articles, at)


class SeriesPieces(PiecesOf):
    model = Series

    def articles(self, row: Any, at: datetime) -> ArticleQuerySet:
        return super().articles(row, at).filter(series=row)


class ContributorPieces(PiecesOf):
    model = Contributor

    def articles(self, row: Any, at: datetime) -> ArticleQuerySet:
        return newest_of(row.bylines, at)


def newest_of(rows: Any, at: datetime) -> ArticleQuerySet:
    """As many as a feed has, of the pieces that `rows` list; without a look at all the others."""
    newest = rows.public(at).newest_pieces()[:N_ENTRIES]
    return Article.objects.public(at).filter(pk__in=newest)


def tag_uri(article: Article) -> str:
    """The name of a piece for good, whatever becomes of its address and its dates."""
    return tag_of(f"piece-{article.pk}", article.created_at.astimezone(UTC).date())


def tag_of(name: str, day: date) -> str:
    """A URI that names something which we have made on that day (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{day.isoformat()}:{name}"


def authors(item: Entry) -> list[feeds.Author]:
    """In the order of the byline."""
    return [
        {
            "name": byline.contributor.name,
            "url": absolute(byline.contributor.get_absolute_url()),
            "is_author": not byline.role,
        }
        for byline in item.article.bylines.all()
    ]


def pictures(item: Entry) -> list[feeds.Picture]:
    """All that the piece shows, the lead photo first."""
    every = dict.fromkeys([item.article.photo_id or 0, *photo_ids(item.body)])
    shown = [item.photos[pk] for pk in every if pk in item.photos]
    return [
        {
            **elsewhere.picture(photo, LEAD),
            "description": photo.alt_text or photo.caption,
            "credit": photo.credited(""),
            "thumbnail": elsewhere.picture(photo, THUMBNAIL),
        }
        for photo in shown
    ]


def n_bytes(urls: list[str]) -> dict[str, int]:
    """Weights of those files that are there; 0 where nobody can tell.

    https://www.rssboard.org/rss-profile#element-channel-item-enclosure
    """
    found: dict[str, int] = {}
    try:
        for url in urls:
            path = url.removeprefix(settings.SITE_URL).removeprefix(settings.MEDIA_URL)
            with suppress(FileNotFoundError):
                found[url] = default_storage.size(path)
    except OSError:  # the storage is gone: to ask for each of them may take minutes
        return dict.fromkeys(urls, 0) | found
    return found
