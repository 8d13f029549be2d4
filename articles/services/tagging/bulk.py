"""One tag on many pieces."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, F, When
from django.utils import timezone

from articles.models import Tag, TaggedArticle
from articles.services import revising
from articles.services.tagging.locks import locked, patient, together
from articles.services.tagging.naming import revise
from newsroom.models import User


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

    At most 20 queries, however many pieces.
    """
    at = at or timezone.now()
    together()
    wanted = locked(pieces)
    links = TaggedArticle.objects.filter(tag=tag, content_object__in=wanted)
    tagged = sorted(links.values_list("content_object", flat=True))
    revising.begin_all(tagged)
    links.delete()
    kicker = Case(When(kicker=tag, then=None), default=F("kicker"))
    revise(tagged, by=by, at=at, note=f"Tag “{tag.name}” removed", kicker=kicker)
    return len(tagged)
