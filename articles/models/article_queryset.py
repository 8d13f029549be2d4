"""The named slices of the archive."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import (
    Cast,
    Coalesce,
    Extract,
    ExtractMonth,
    ExtractYear,
    Greatest,
    JSONArray,
    JSONObject,
)
from django.utils import timezone

from articles.models.byline import Byline
from articles.models.photo import Photo
from articles.models.status import UNPUBLISHED, Status
from newsroom.lib.captures import Captures
from newsroom.lib.html import PHOTO
from newsroom.lib.words import Words, beginning_with

if TYPE_CHECKING:
    from articles.models.article import Article  # noqa: F401  # what the rows are

PHOTOS_IN_BODY = Captures("body", PHOTO)
PIECE = "/[0-9]{4}/[0-9]{2}/[0-9]{2}/[-a-zA-Z0-9_]+/"  # the path of a piece, in addresses
SEARCHED = ["headline", "deck", "slug"]  # at the desk
N_LISTED = 50  # a tag on so many pieces says little about one of them
N_OLDER = 6  # three to read next, itself, and what is around it in its series
LINKS_IN_BODY = Captures("body", f'<a href="([^"?#]*{PIECE})')
MONTH = ExtractYear("published_on") * 12 + ExtractMonth("published_on")  # as one number


class ArticleQuerySet(models.QuerySet["Article"]):
    """The named slices of the archive; no view spells out a status filter itself."""

    def search(self, typed: str) -> Self:
        """Those of whose headline, deck or slug words begin as those in `typed`; all for ""."""
        if not typed.strip():
            return self
        return self.alias(words=Words(*SEARCHED)).filter(words=beginning_with(typed))

    def public(self, at: datetime | None = None) -> Self:
        """Articles a reader may see at `at` (aware; default now)."""
        at = at or timezone.now()
        still = Q(published_until=None) | Q(published_until__gt=at)
        return self.filter(still, status=Status.PUBLISHED, published_at__lte=at)

    def findable(self, at: datetime | None = None) -> Self:
        """Public ones that search engines shall find here, and nowhere else."""
        return self.public(at).filter(is_noindex=False, canonical_url="")

    def waiting(self, at: datetime | None = None) -> Self:
        """What will be published at a time after `at`."""
        at = at or timezone.now()
        return self.filter(status=Status.PUBLISHED, published_at__gt=at)

    def planned(self) -> Self:
        """Unpublished pieces that somebody has given a time, and that readers have not seen."""
        return self.unpublished().filter(published_at__isnull=False, published_on=None)

    def expected(self, at: datetime | None = None) -> Self:
        """Public ones, and those that will be at a time that is known."""
        return self.public(at) | self.waiting(at) | self.planned()

    def ending(self, at: datetime | None = None) -> Self:
        """Published pieces that will go at a time after `at`."""
        at = at or timezone.now()
        return self.filter(status=Status.PUBLISHED, published_until__gt=at)

    def unpublished(self) -> Self:
        """What somebody still works on: drafts, pieces in review, approved ones."""
        return self.filter(status__in=UNPUBLISHED)

    def killed(self) -> Self:
        return self.filter(status=Status.KILLED)

    def over(self, at: datetime | None = None) -> Self:
        """Published pieces whose end has come by `at`."""
        return self.filter(status=Status.PUBLISHED, published_until__lte=at or timezone.now())

    def gone(self, at: datetime | None = None) -> Self:
        """What readers could see once and shall not see any more: killed, or past its end."""
        return self.over(at) | self.killed()

    def showing(self, photo: Photo) -> Self:
        """Those with `photo` as their lead or in their body, by index."""
        inside = Q(body_photos__contains=[str(photo.pk)])
        return self.alias(body_photos=PHOTOS_IN_BODY).filter(Q(photo=photo) | inside)

    def with_updated_at(self, at: datetime | None = None) -> Self:
        """As `updated_at`, when each changed in substance: it came out, or its newest notice did.

        Mended typos do not count. No query of its own.
        """
        notices = apps.get_model("articles", "Notice").objects  # it refers to articles itself
        newest = notices.filter(article=OuterRef("pk"), at__lte=at or timezone.now())
        last = Subquery(newest.order_by("-at").values("at")[:1])
        return self.annotate(updated_at=Greatest("published_at", last))

    def linking(self, paths: list[str]) -> Self:
        """Those with a link in their body to a piece's address, one of `paths`; by index."""
        addresses = [*paths, *(settings.SITE_URL + path for path in paths)]
        return self.alias(body_links=LINKS_IN_BODY).filter(body_links__overlap=addresses)

    def with_series_list(self, at: datetime | None = None) -> Self:
        """The newest pieces of its series, as `series_list`; see listed(). No query of its own."""
        rows = ArticleQuerySet(self.model).public(at).filter(series=OuterRef("series"))
        return self.annotate(series_list=listed(rows.newest_first(), "pk", "published_at"))

    def with_older(self, at: datetime | None = None) -> Self:
        """As `older_ids`, N_OLDER pieces of its section, itself and those before it, newest first.

        Of a draft the newest; without those that somebody has put beside it. No query of its own.
        """
        at = at or timezone.now()
        before = Coalesce(OuterRef("published_at"), at)
        rows = ArticleQuerySet(self.model).public(at).filter(section=OuterRef("section"))
        links = apps.get_model("articles", "RelatedLink").objects
        chosen = links.filter(article=OuterRef(OuterRef("pk")), to_article=OuterRef("pk"))
        older = rows.filter(~Exists(chosen), published_at__lte=before).newest_first()
        return self.annotate(older_ids=ArraySubquery(older.values("pk")[:N_OLDER]))

    def with_neighbours(self, at: datetime | None = None) -> Self:
        """As `previous_part` and `next_part`, the pieces around it in its series, or None.

        Each as `{"pk": , "headline": , "day": , "slug": }`. No query of its own.
        """
        rows = ArticleQuerySet(self.model).public(at).filter(series=OuterRef("series"))
        same = Q(published_at=OuterRef("published_at"))
        before = Q(published_at__lt=OuterRef("published_at")) | same & Q(pk__lt=OuterRef("pk"))
        after = Q(published_at__gt=OuterRef("published_at")) | same & Q(pk__gt=OuterRef("pk"))
        until = rows.filter(before, published_at__lte=OuterRef("published_at"))  # by index, as
        since = rows.filter(after, published_at__gte=OuterRef("published_at"))  # no OR is
        piece = JSONObject(pk="pk", headline="headline", day="published_on", slug="slug")
        return self.annotate(
            previous_part=Subquery(until.newest_first().values(piece=piece)[:1]),
            next_part=Subquery(since.oldest_first().values(piece=piece)[:1]),
        )

    def with_chosen(self) -> Self:
        """As `chosen_ids`, the pieces that somebody has put beside it, in order."""
        links = apps.get_model("articles", "RelatedLink").objects.filter(article=OuterRef("pk"))
        return self.annotate(chosen_ids=ArraySubquery(links.values("to_article")))

    def oldest_first(self) -> Self:
        return self.order_by("published_at", "pk")

    def republishable(self) -> Self:
        """Those whose text is ours to give, and given."""
        return self.filter(may_republish=True, canonical_url="")

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def for_list(self) -> Self:
        """With everything a card shows, the authors as `byline_names`; 1 query."""
        return self.for_teaser().defer("body")

    def for_line(self) -> Self:
        """With what a line of a list shows, headline, label and date, and no more; 1 query."""
        shown = ["headline", "slug", "published_at", "published_on", "section__name"]
        return self.select_related("section", "format").only(*shown, "format__name")

    def for_teaser(self) -> Self:
        """With everything a teaser shows, its first paragraphs included; 1 query."""
        authors = Byline.objects.filter(article=OuterRef("pk"), role="")
        joined = self.select_related("section", "format", "kicker", "photo")
        return joined.annotate(byline_names=ArraySubquery(authors.values("contributor__name")))

    def for_copy(self, at: datetime | None = None) -> Self:
        """With everything that is told of the piece itself at `at` (default now); 4 queries."""
        bylines = Byline.objects.select_related("contributor")
        joined = self.select_related("section", "format", "kicker", "series", "photo")
        prefetched = joined.prefetch_related(Prefetch("bylines", bylines), "tags", "notices")
        return prefetched.with_updated_at(at)

    def for_page(self, at: datetime | None = None) -> Self:
        """The same, with what its page needs to lead to others; 4 queries."""
        around = self.for_copy(at).with_series_list(at).with_neighbours(at)
        return around.with_older(at).with_chosen()


def listed(rows: models.QuerySet[Any, Any], piece: str, time: str) -> ArraySubquery:
    """The first N_LISTED; of each its id, and when it came out, in seconds since 1970."""
    seconds = Cast(Extract(time, "epoch"), models.BigIntegerField())
    return ArraySubquery(rows.values(pair=JSONArray(piece, seconds))[:N_LISTED])
