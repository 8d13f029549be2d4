"""An earlier text of a piece, put back."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from articles import checklist
from articles.models import Article, Contributor, Format, Photo, Revision, Section, Series
from articles.services.publishing import NotReady
from articles.services.writing import Belongings, write
from articles.snapshots import COLUMNS, Content
from newsroom.models import User

LASTING = [name for name in COLUMNS if name != "slug"]  # an address stays what readers know
REFERENCES = {"section": Section, "format": Format, "series": Series, "photo": Photo}


class SavedSince(Exception):
    """Somebody has saved the piece after whoever puts a text back had looked at it."""


@transaction.atomic
def restore(article: Article, revision: Revision, *, by: User, seen: str) -> list[str]:
    """Make `article` say what `revision` holds, as a new revision.

    seen: the version that the person has looked at; raises SavedSince if it is not the newest.
    Returns the names of what could not be put back, because it is no longer there. Raises NotReady
    if readers would miss something that they do not miss now.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if seen != str(locked.version):
        raise SavedSince
    is_out = locked.status == Article.Status.PUBLISHED
    lacked = checklist.blocking(locked) if is_out else []
    lost = put(locked, revision.content, by=by, note=f"Version {revision.version} again")
    lacks = checklist.blocking(locked) if is_out else []
    if more := [sentence for sentence in lacks if sentence not in lacked]:
        raise NotReady(" ".join(more))
    return lost


def put(article: Article, content: Content, *, by: User | None, note: str) -> list[str]:
    """Write `content` into `article`, in the caller's transaction; its address stays.

    So does its section if it is published and `content` has none, for its address needs one.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    for name in LASTING:
        if name in content:
            setattr(locked, name, content[name])
    lost = []
    for name, model in REFERENCES.items():
        wanted = content.get(name)
        row: Any = QuerySet(model).filter(pk=wanted["id"]).first() if wanted else None
        lost += [wanted["name"]] if wanted and row is None else []
        if row or name != "section" or locked.status != Article.Status.PUBLISHED:
            setattr(locked, name, row)
    contributors = Contributor.objects.in_bulk([one["id"] for one in content["bylines"]])
    others = Article.objects.in_bulk([one["id"] for one in content["related"]])
    for rows, found in ((content["bylines"], contributors), (content["related"], others)):
        lost += [one["name"] for one in rows if one["id"] not in found]
    belongings = Belongings(
        tags=content["tags"],
        kicker=content["kicker"],
        bylines=[
            (contributors[one["id"]], one["role"])
            for one in content["bylines"]
            if one["id"] in contributors
        ],
        related=[others[one["id"]] for one in content["related"] if one["id"] in others],
    )
    times = {"planned": locked.published_at, "until": locked.published_until}
    write(locked, belongings, by=by, note=note, **times)
    return lost
