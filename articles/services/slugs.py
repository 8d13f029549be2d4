"""Addresses of pieces."""

import re

from django.db import connection
from django.db.models import Q

from articles.models import Article, FormerAddress
from newsroom.lib.slugs import slug_from

SLUG_LENGTH = 100  # as in the model
STEM_LENGTH = SLUG_LENGTH - 6  # with room for a number
NEW_SLUG = 2024_13  # first key of the advisory lock; any number that nothing else uses


def free_slug(wish: str, *, article: Article | None = None) -> str:
    """An unused slug made from `wish`, numbered where it is taken: `peace-talks-2`; 1 query.

    What readers have known another piece by is taken.
    """
    whole, stem = slug_of(wish, SLUG_LENGTH), slug_of(wish, STEM_LENGTH)
    numbered = Q(slug__startswith=f"{stem}-", slug__regex=rf"^{stem}-[0-9]+$")
    alike, own = Q(slug=whole) | numbered, (article and article.pk) or 0
    present = Article.objects.filter(alike).exclude(pk=own).values_list("slug", flat=True)
    former = FormerAddress.objects.filter(alike, kind=FormerAddress.Kind.ARTICLE)
    taken = set(present.union(former.exclude(target=own).values_list("slug", flat=True)))
    number, slug = 1, whole
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def claim_slug(article: Article, was: str) -> None:
    """Give `article` an unused slug like the one it has, or like its headline; 2 queries.

    Until the transaction ends, all others who want one like it wait. What differs in its last
    numbers alone is alike: `talks` and `talks-2` may both become `talks-2-2`.
    was: the slug that it holds already; 0 queries if it keeps that.
    """
    if article.slug and article.slug == was:
        return
    wish = article.slug or article.headline
    family = re.sub(r"(-[0-9]+)+$", "", slug_of(wish, STEM_LENGTH))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [NEW_SLUG, family])
    article.slug = free_slug(wish, article=article)


def slug_of(wish: str, length: int) -> str:
    return slug_from(wish)[:length].strip("-_") or "untitled"
