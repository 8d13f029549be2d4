"""A merge of tags is taken back."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from articles.models import (
    Article,
    FormerAddress,
    PartnerFeed,
    Tag,
    TagAlias,
    TaggedArticle,
    TagMerge,
    TopicBox,
)
from articles.services import revising
from articles.services.tagging.locks import alone, locked, patient
from articles.services.tagging.naming import called, revise
from articles.signals import rename_undone
from newsroom.models import User


class CannotPart(Exception):
    """What has been done since stands in the way; str() says what."""


@patient
def part(merge: TagMerge, *, by: User | None, at: datetime | None = None) -> int:
    """Take `merge` back: the tag is there again, on everything that it was on.

    What somebody has changed since stays as it is: a piece from which the other tag was taken, a
    box with a third one. Returns how many pieces do. Raises CannotPart.
    """
    at = at or timezone.now()
    alone()
    merge = TagMerge.objects.select_for_update().get(pk=merge.pk)
    into = standing(merge)
    kept = merge.kept
    links = kept["moved"] + kept["dropped"]
    pieces = locked({*(piece for _, piece in links), *kept["kickers"]})
    revising.begin_all(pieces)
    tag = Tag(**kept["tag"])
    tag.save(force_insert=True)
    back = put_links_back(kept, tag, into)
    stay = {piece for _, piece in links} - back
    kickers = set(kept["kickers"]) - stay
    wear = Article.objects.filter(pk__in=kickers, kicker=into)
    changed = back | set(wear.values_list("pk", flat=True))
    wear.update(kicker=tag)
    TopicBox.objects.filter(pk__in=kept["boxes"], tag=into).update(tag=tag)
    put_feeds_back(kept, tag, into)
    put_names_back(kept, tag, into)
    put_addresses_back(kept, tag, into)
    rename_undone.send(Tag, kept=kept["elsewhere"], by=by)
    revise(sorted(changed), by=by, at=at, note=f"Tag “{tag.name}” is one of its own again")
    TagMerge.objects.filter(pk=merge.pk).update(undone_by=by, undone_at=at)
    return len(stay)


def standing(merge: TagMerge) -> Tag:
    """The tag that `merge` led to, if the other one can stand beside it again; 5 queries."""
    was = merge.kept["tag"]
    into: Tag | None = Tag.objects.filter(pk=merge.into_id).first()
    if merge.undone_at:
        raise CannotPart("This merge has been undone already.")
    if into is None:
        raise CannotPart(f"“{merge.into_name}” is no longer there. Undo its own merge first.")
    # What the last merge found, the ones before it had left: on pieces, feeds and appeals.
    last = TagMerge.objects.filter(into=into, undone_at=None).defer("kept").first()
    if last and last != merge:
        raise CannotPart(f"“{last.name}” was merged into “{into}” later. Undo that first.")
    if called(was["name"]):
        raise CannotPart(f"There is a new tag “{was['name']}”. Rename it or merge it first.")
    if other := Tag.objects.filter(slug=was["slug"]).first():
        raise CannotPart(f"The tag “{other}” has the address “{was['slug']}” now. Change it first.")
    others = TagAlias.objects.named([was["name"]]).exclude(tag=into).select_related("tag")
    for alias in others:
        raise CannotPart(f"“{alias}” means the tag “{alias.tag}” now. Take it away there first.")
    return into


def put_links_back(kept: dict[str, Any], tag: Tag, into: Tag) -> set[int]:
    """The pieces that have the tag again: those that still have the other one."""
    moved = TaggedArticle.objects.filter(pk__in=[pk for pk, _ in kept["moved"]], tag=into)
    back = set(moved.values_list("content_object", flat=True))
    moved.update(tag=tag)
    dropped = {piece: pk for pk, piece in kept["dropped"]}
    left = TaggedArticle.objects.filter(tag=into, content_object__in=dropped)
    again = sorted(left.values_list("content_object", flat=True))
    TaggedArticle.objects.bulk_create(
        TaggedArticle(pk=dropped[piece], tag=tag, content_object_id=piece) for piece in again
    )
    return back | set(again)


def put_feeds_back(kept: dict[str, Any], tag: Tag, into: Tag) -> None:
    """On partners' feeds that still have the other tag. A merge of earlier days knows of none."""
    moved, had_both = kept.get("feeds", [[], []])
    for feed in PartnerFeed.objects.filter(pk__in=moved + had_both, tags=into):
        feed.tags.add(tag)
        if feed.pk in moved:
            feed.tags.remove(into)


def put_names_back(kept: dict[str, Any], tag: Tag, into: Tag) -> None:
    """A merge of earlier days knows of no `alias`."""
    TagAlias.objects.named([tag.name]).filter(tag=into).delete()
    TagAlias.objects.filter(pk__in=kept["aliases"], tag=into).update(tag=tag)
    was = kept.get("alias")
    if was and Tag.objects.filter(pk=was["tag_id"]).exists():
        TagAlias.objects.create(**was)


def put_addresses_back(kept: dict[str, Any], tag: Tag, into: Tag) -> None:
    leading = FormerAddress.objects.of(into)
    leading.filter(pk__in=kept["addresses"]).update(target=tag.pk)
    own = {"kind": FormerAddress.Kind.TAG, "day": None, "slug": tag.slug}
    FormerAddress.objects.filter(**own).delete()
    if kept["address"]:
        FormerAddress.objects.create(**own, **kept["address"])
