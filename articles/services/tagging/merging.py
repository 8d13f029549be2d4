"""Tags become one."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from articles.services import addresses, revising
from articles.services.tagging.locks import alone, locked, patient
from articles.services.tagging.naming import pieces_with, revise
from articles.signals import renamed, used
from newsroom.models import User


class CannotMerge(Exception):
    """One of the tags is no longer there, or both are one; str() says so."""


@dataclass(frozen=True)
class Effects:
    """What merging a tag into another one would change."""

    tag: Tag
    n_pieces: int
    n_both: int  # of them, those that have both
    n_kickers: int
    boxes: list[TopicBox]
    names: list[str]  # that mean the other tag then
    elsewhere: list[Any]  # what other apps know it by


def effects(tag: Tag, into: Tag) -> Effects:
    """5 queries, and what other apps ask."""
    tagged = TaggedArticle.objects.filter(tag=tag)
    answers: list[tuple[Any, Any]] = used.send(Tag, row=tag)
    return Effects(
        tag=tag,
        n_pieces=tagged.count(),
        n_both=both(tag, into).count(),
        n_kickers=Article.objects.filter(kicker=tag).count(),
        boxes=list(TopicBox.objects.filter(tag=tag)),
        names=[tag.name, *(alias.name for alias in tag.aliases.all())],
        elsewhere=[row for _, rows in answers for row in rows],
    )


@patient
def merge(
    tags: Sequence[Tag], into: Tag, *, by: User | None, at: datetime | None = None
) -> list[TagMerge]:
    """Put `into` in the place of each of `tags`, and keep what it takes to undo it; all or none.

    Their names and addresses go on meaning the other one. Every piece gets a revision for each.
    Raises CannotMerge if somebody else was faster.
    """
    alone()
    at = at or timezone.now()  # as they follow one another
    return [merge_one(tag, into, by=by, at=at) for tag in tags]


def merge_one(tag: Tag, into: Tag, *, by: User | None, at: datetime) -> TagMerge:
    if tag == into:
        raise CannotMerge("A tag cannot be merged into itself.")
    tag, into = present(tag), present(into)
    pieces = locked(pieces_with(tag))
    revising.begin_all(pieces)
    kept = {
        "tag": {name: getattr(tag, name) for name in ("id", "name", "slug", "description")},
        **move_links(tag, into),
        "kickers": list(Article.objects.filter(kicker=tag).values_list("pk", flat=True)),
        "boxes": move(TopicBox.objects.filter(tag=tag), tag=into),
        "feeds": move_feeds(tag, into),
        **move_names(tag, into),
        **move_addresses(tag, into),
    }
    Article.objects.filter(pk__in=kept["kickers"]).update(kicker=into)
    tag.delete()
    revise(pieces, by=by, at=at, note=f"Tag “{tag.name}” merged into “{into.name}”")
    return TagMerge.objects.create(
        name=tag.name,
        into=into,
        into_name=into.name,
        n_pieces=len(pieces),
        kept={**kept, "elsewhere": told(tag, into, by)},
        by=by,
        at=at,
    )


def present(tag: Tag) -> Tag:
    found: Tag | None = Tag.objects.filter(pk=tag.pk).first()
    if found is None:
        raise CannotMerge(
            f"The tag “{tag.name}” is no longer there; somebody has merged or deleted it."
        )
    return found


def both(tag: Tag, into: Tag) -> Any:
    """The links to `tag` of pieces that have `into` as well."""
    have = TaggedArticle.objects.filter(tag=into).values("content_object")
    return TaggedArticle.objects.filter(tag=tag, content_object__in=have)


def move_links(tag: Tag, into: Tag) -> dict[str, list[list[int]]]:
    """Links by id and piece: those `moved` to the other tag, and those `dropped` beside one."""
    dropped = pairs(both(tag, into))
    TaggedArticle.objects.filter(pk__in=[pk for pk, _ in dropped]).delete()
    rest = TaggedArticle.objects.filter(tag=tag)
    moved = pairs(rest)
    rest.update(tag=into)
    return {"moved": moved, "dropped": dropped}


def pairs(links: Any) -> list[list[int]]:
    return [list(pair) for pair in links.order_by("pk").values_list("pk", "content_object")]


def move(rows: Any, **fields: Any) -> list[int]:
    """Change `fields` of `rows`; the rows' ids; 2 queries."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(**fields)
    return ids


def move_feeds(tag: Tag, into: Tag) -> list[list[int]]:
    """Partners' feeds by id: those that got the other tag for it, and those that had both."""
    having = PartnerFeed.objects.filter(tags=tag)
    both = having.filter(pk__in=PartnerFeed.objects.filter(tags=into).values("pk"))
    had_both = list(both.order_by("pk").values_list("pk", flat=True))
    moved = list(having.exclude(pk__in=had_both).order_by("pk").values_list("pk", flat=True))
    for feed in PartnerFeed.objects.filter(pk__in=moved):
        feed.tags.add(into)
    return [moved, had_both]


def move_names(tag: Tag, into: Tag) -> dict[str, Any]:
    """The other names of `tag`, by id, and what else its own meant, if anything.

    Its own becomes one of the other tag's.
    """
    same = TagAlias.objects.named([tag.name])
    was = same.values("id", "name", "tag_id").first()
    same.delete()
    aliases = move(TagAlias.objects.filter(tag=tag), tag=into)
    TagAlias.objects.create(name=tag.name, tag=into)
    return {"aliases": aliases, "alias": was}


def move_addresses(tag: Tag, into: Tag) -> dict[str, Any]:
    """What leads to `tag`, and what was known of its own address, if anything."""
    own = FormerAddress.objects.filter(kind=FormerAddress.Kind.TAG, day=None, slug=tag.slug)
    was = own.values("id", "target").first()
    addresses_of = move(FormerAddress.objects.of(tag), target=into.pk)
    addresses.lead_on(into, tag.slug)
    return {"addresses": addresses_of, "address": was}


def told(tag: Tag, into: Tag, by: User | None) -> dict[str, Any]:
    """What others have changed because of it, so that they can take it back."""
    answers: list[tuple[Any, Any]] = renamed.send(Tag, was=tag.slug, now=into.slug, by=by)
    return {name: part for _, answer in answers for name, part in (answer or {}).items()}
