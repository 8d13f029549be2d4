"""What has a page keeps every address that readers have known it by."""

from datetime import date, datetime

from django.db import models, transaction

from articles.models import Article, FormerAddress
from articles.services.publishing import day_of
from articles.signals import renamed
from newsroom.models import User


@transaction.atomic
def save(row: models.Model, *, by: User | None) -> None:
    """Save a section, format, series, tag, contributor or page; a slug that it loses leads to it.

    Whoever knows it by its slug hears of the new one.
    """
    rows = type(row)._default_manager.select_for_update()  # noqa: SLF001  # public
    was = rows.filter(pk=row.pk).values_list("slug", flat=True).first()
    row.save()
    now: str = row.slug  # type: ignore[attr-defined]  # all of them have one
    if was and was != now:
        lead_on(row, was)
        renamed.send(type(row), was=was, now=now, by=by)


def lead_on(row: models.Model, slug: str, day: date | None = None) -> None:
    """Have the address of this slug, and day if it is a piece's, lead to `row`; 2 queries."""
    kind = str(row._meta.model_name)  # noqa: SLF001  # public
    if kind not in FormerAddress.Kind.values:
        return
    address = {"kind": kind, "day": day, "slug": slug}
    FormerAddress.objects.filter(**address).delete()
    FormerAddress.objects.create(**address, target=row.pk)


def leave(article: Article, was: str) -> None:
    """Have `article`, which has been saved, be found where it was under the slug `was`, too."""
    if was and was != article.slug and is_known(article, article.saved_at):
        lead_on(article, was, article.published_on)


def is_known(article: Article, at: datetime) -> bool:
    """Whether readers may know the address of `article`; at most 1 query."""
    if article.published_on is None:
        return False
    if not article.is_scheduled(at) or article.published_on < day_of(at):
        return True
    left = article.transitions.filter(from_status=Article.Status.PUBLISHED)
    return left.exclude(to_status=Article.Status.PUBLISHED).filter(at__date=day_of(at)).exists()
