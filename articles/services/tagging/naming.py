"""What tags are called."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone

from articles.models import Article, Tag, TagAlias, TaggedArticle
from articles.services import revising
from articles.services.tagging.locks import alone, locked, patient, together
from newsroom.models import User


class NameTaken(Exception):
    """Another tag is called so; str() says which."""


def tags_named(names: list[str]) -> dict[str, Tag]:
    """The tags that have these names, or are meant by them, by casefolded name, in order.

    Those that are new are made; 3 queries if none is. Nobody merges or renames tags until the
    transaction ends.
    """
    if not names:
        return {}
    together()
    aliases = TagAlias.objects.named(names).select_related("tag")
    found = {alias.name.casefold(): alias.tag for alias in aliases}
    found |= {tag.name.casefold(): tag for tag in called(*names)}
    # In one order, so that two who make the same ones do not wait for each other.
    for name in sorted(names, key=str.casefold):
        if name.casefold() not in found:
            found[name.casefold()] = made(name)
    return {name.casefold(): found[name.casefold()] for name in names}


def called(*names: str) -> list[Tag]:
    """The tags with these names, whatever their capitals; 1 query."""
    folded = [Lower(Value(name)) for name in names]
    return list(Tag.objects.alias(folded=Lower("name")).filter(folded__in=folded))


def made(name: str) -> Tag:
    try:
        with transaction.atomic():
            tag: Tag = Tag.objects.create(name=name)
    except IntegrityError:  # somebody else has just made it
        [tag] = called(name)
    return tag


@patient
def rename(tag: Tag, name: str, *, by: User | None, at: datetime | None = None) -> int:
    """Call `tag` `name`; what it was called goes on meaning it.

    Its pieces get a revision each, for readers see another word on them. Returns how many they are.
    Raises NameTaken.
    """
    at = at or timezone.now()
    alone()
    was = Tag.objects.values_list("name", flat=True).get(pk=tag.pk)
    if was == name:
        return 0
    refuse_taken([name], tag)
    pieces = locked(pieces_with(tag))
    revising.begin_all(pieces)
    TagAlias.objects.named([name]).delete()
    Tag.objects.filter(pk=tag.pk).update(name=name)
    if was.casefold() != name.casefold():
        TagAlias.objects.create(name=was, tag=tag)
    revise(pieces, by=by, at=at, note=f"Tag “{was}” is called “{name}” now")
    tag.name = name
    return len(pieces)


@transaction.atomic
def replace_aliases(tag: Tag, names: list[str]) -> None:
    """Have `names`, and no others, mean `tag`. Raises NameTaken."""
    alone()
    wanted = [name for name in names if name.casefold() != tag.name.casefold()]
    refuse_taken(wanted, tag)
    own = TagAlias.objects.filter(tag=tag)
    own.exclude(name__in=wanted).delete()
    there = set(own.values_list("name", flat=True))
    TagAlias.objects.bulk_create(TagAlias(name=n, tag=tag) for n in wanted if n not in there)


def refuse_taken(names: list[str], tag: Tag) -> None:
    if objection := TagAlias.objects.objection(names, tag):
        raise NameTaken(objection)


def pieces_with(tag: Tag) -> set[int]:
    """The ids of the pieces that show `tag`; 2 queries."""
    tagged = TaggedArticle.objects.filter(tag=tag).values_list("content_object", flat=True)
    return {*tagged, *Article.objects.filter(kicker=tag).values_list("pk", flat=True)}


def revise(
    pieces: list[int], *, by: User | None, at: datetime, note: str, **fields: object
) -> None:
    """Count the versions of `pieces` up and keep what their tags are now; 2 queries.

    fields: what else changes in their rows.
    """
    rows = Article.objects.filter(Q(pk__in=pieces))
    rows.update(version=F("version") + 1, saved_at=at, **fields)
    revising.record_tags(pieces, by=by, at=at, note=note)
