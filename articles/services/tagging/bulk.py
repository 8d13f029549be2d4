"""One tag on many pieces."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, Tag, TaggedArticle
from articles.services import revising
from articles.services.tagging.locks import locked, patient, together
from articles.services.tagging.naming import revise
from newsroom.models import User

PUBLISHED = ~Q(status__in=Article.UNPUBLISHED)  # once; what was killed may come back


@patient
def add_to(pieces: Iterable[int], tag: Tag, *, by: User | None, at: datetime | None = None) -> int:
    """Put `tag` on those of `pieces` that lack it, each with a revision; how many they were.

    At most 20 queries, however many pieces.
    """
    at = at or timezone.now()
    together()
    wanted = locked(pieces)
    there = TaggedArticle.objects.filter(tag=tag, content_object__in=wanted)
    without = sorted(set(wanted) - set(there.values_list("content_object", flat=True)))
    revising.begin_all(without)
    TaggedArticle.objects.bulk_create(
        TaggedArticle(tag=tag, content_object_id=pk) for pk in without
    )
    revise(without, by=by, at=at, note=f"Tag “{tag.name}” added")
    return len(without)


@patient
def remove_from(
    pieces: Iterable[int], tag: Tag, *, by: User | None, at: datetime | None = None
) -> int:
    """Take `tag` off those of `pieces` that have it, the kicker too; how many they were.

    A published piece shows another of its tags as its kicker then. Those that are `bound_to` it
    keep it. At most 20 queries, however many pieces.
    """
    at = at or timezone.now()
    together()
    links = TaggedArticle.objects.filter(tag=tag, content_object__in=locked(pieces))
    links = links.exclude(content_object__in=bound_to(tag))
    tagged = sorted(links.values_list("content_object", flat=True))
    revising.begin_all(tagged)
    links.delete()
    other = Subquery(others(tag).order_by("pk").values("tag")[:1])
    kicker = Case(
        When(PUBLISHED, kicker=tag, then=other),
        When(kicker=tag, then=None),
        default=F("kicker"),
        output_field=BigIntegerField(),
    )
    revise(tagged, by=by, at=at, note=f"Tag “{tag.name}” removed", kicker=kicker)
    return len(tagged)


def bound_to(tag: Tag) -> ArticleQuerySet:
    """Published pieces with no kicker but `tag`, nor another tag: none appears without a kicker."""
    return Article.objects.filter(PUBLISHED, ~Exists(others(tag)), kicker=tag)


def others(tag: Tag) -> Any:
    """The links of a piece to other tags."""
    return TaggedArticle.objects.filter(content_object=OuterRef("pk")).exclude(tag=tag)
