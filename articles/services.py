"""What changes a piece, who may, and what follows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from articles.models import (
    Article,
    Byline,
    Contributor,
    FrontPage,
    FrontPagePick,
    Notice,
    RelatedLink,
    Tag,
    TopicBox,
    TopicBoxPin,
)
from newsroom.lib.slugs import slug_from
from newsroom.models import Publication, User

SLUG_LENGTH = 100  # as in the model; the last six are room for a number
MAX_ATTEMPTS = 5
NEW_PIECE = 2024_12  # first key of the advisory lock; any number that nothing else uses


class NotReady(Exception):
    """The piece cannot be published yet; str() says what an editor must add."""


def free_slug(wish: str, *, article: Article | None = None) -> str:
    """An unused slug made from `wish`, numbered where it is taken: `peace-talks-2`."""
    stem = slug_from(wish)[: SLUG_LENGTH - 6].strip("-_") or "untitled"
    others = Article.objects.filter(slug__startswith=stem).exclude(pk=article.pk if article else 0)
    taken = set(others.values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def publish(article: Article, *, by: User | None, at: datetime | None = None) -> bool:
    """Make `article` public from `at` on.

    at: aware datetime, default now; a later time schedules the piece.
    The day in the address is fixed by the first publication.
    Returns False, changing nothing, if it was published already.
    Raises NotReady if something is missing.
    """
    if missing := article.missing():
        raise NotReady(f"Add {', '.join(missing)} first.")
    at = at or timezone.now()
    drafts = Article.objects.filter(pk=article.pk, status=Article.Status.DRAFT)
    day = article.published_on or at.astimezone(Publication.current_zone()).date()
    fields = {"published_at": at, "published_on": day, "published_by": by}
    if not drafts.update(
        status=Article.Status.PUBLISHED, saved_at=timezone.now(), version=F("version") + 1, **fields
    ):
        return False  # another editor was faster
    article.refresh_from_db()
    return True


@transaction.atomic
def unpublish(article: Article) -> bool:
    """Take `article` back to a draft; its address stays reserved if readers may know it.

    Returns False, changing nothing, if it was a draft already.
    """
    now = timezone.now()
    published = Article.objects.filter(pk=article.pk, status=Article.Status.PUBLISHED)
    fields = {"status": Article.Status.DRAFT, "saved_at": now}
    fields["published_on"] = Case(When(still_free(now), then=None), default=F("published_on"))
    if not published.update(version=F("version") + 1, **fields):
        return False
    article.refresh_from_db()
    return True


@transaction.atomic
def reschedule(article: Article, *, at: datetime) -> bool:
    """Move a piece that waits for its time to `at`.

    Returns False, changing nothing, if it does not wait: a draft, or public by now.
    """
    now = timezone.now()
    day = at.astimezone(Publication.current_zone()).date()
    waiting = Article.objects.filter(
        pk=article.pk, status=Article.Status.PUBLISHED, published_at__gt=now
    )
    day_then = Case(When(still_free(now), then=Value(day)), default=F("published_on"))
    fields = {"published_at": at, "published_on": day_then, "saved_at": now}
    if not waiting.update(version=F("version") + 1, **fields):
        return False
    article.refresh_from_db()
    return True


def still_free(now: datetime) -> Q:
    """No reader has seen the day in the address, for it has not come before today."""
    today = now.astimezone(Publication.current_zone()).date()
    return Q(published_at__gt=now, published_on__gte=today)


@dataclass(frozen=True)
class Belongings:
    """What hangs on a piece; lists are in order, notices None where they stay as they are."""

    tags: list[str]
    kicker: str
    bylines: list[tuple[Contributor, str]]
    related: list[Article]
    notices: list[Notice] | None


def twin(article: Article, *, by: User) -> Article | None:
    """The piece that `by` made of the same text within the last minute: a button pressed twice.

    Until the transaction ends, `by` can make no other piece.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NEW_PIECE, by.pk])
    text = {name: getattr(article, name) for name in ("headline", "deck", "body")}
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    return Article.objects.filter(created_by=by, created_at__gte=a_minute_ago, **text).first()


@transaction.atomic
def write(
    article: Article, belongings: Belongings, *, by: User, planned: datetime | None = None
) -> None:
    """Save what was typed; the caller holds the row's lock if the piece is not new.

    An empty slug is made from the headline.
    planned: when a draft shall be published, once it is ready; aware.
    """
    if article.status == Article.Status.DRAFT:
        article.published_at = planned
    if article.pk:
        article.version += 1
    else:
        article.created_by = by
    tags = tags_named(belongings.tags)
    article.kicker = tags.get(belongings.kicker.casefold())
    save_with_slug(article)
    article.tags.set(list(tags.values()))
    replace_bylines(article, belongings.bylines)
    replace_related(article, belongings.related)
    if belongings.notices is not None:
        replace_notices(article, belongings.notices)


def save_with_slug(article: Article) -> None:
    """Save under the wished slug, or the next free one if somebody takes it this moment."""
    wish = article.slug or article.headline
    for attempt in range(MAX_ATTEMPTS):
        if attempt or not article.slug:
            article.slug = free_slug(wish, article=article)
        try:
            with transaction.atomic():
                article.save()
        except IntegrityError:
            if attempt == MAX_ATTEMPTS - 1:
                raise
        else:
            return


def tags_named(names: list[str]) -> dict[str, Tag]:
    """The tags of these names by casefolded name, in order; those that are new are made."""
    tags = {}
    for name in names:
        tag = Tag.objects.filter(name__iexact=name).first()
        if tag is None:
            try:
                with transaction.atomic():
                    tag = Tag.objects.create(name=name)
            except IntegrityError:  # somebody else has just made it
                tag = Tag.objects.get(name__iexact=name)
        tags[name.casefold()] = tag
    return tags


def replace_bylines(article: Article, bylines: list[tuple[Contributor, str]]) -> None:
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, contributor=contributor, role=role, position=position)
        for position, (contributor, role) in enumerate(bylines)
    )


def replace_related(article: Article, related: list[Article]) -> None:
    article.related_links.all().delete()
    RelatedLink.objects.bulk_create(
        RelatedLink(article=article, to_article=other, position=position)
        for position, other in enumerate(related)
    )


def replace_notices(article: Article, notices: list[Notice]) -> None:
    """Notices that stay as they are keep their rows."""
    wanted = list(notices)
    for old in article.notices.all():
        same = next((new for new in wanted if says_the_same(old, new)), None)
        if same:
            wanted.remove(same)
        else:
            old.delete()
    for new in wanted:
        new.article = article
        new.save()


def says_the_same(one: Notice, other: Notice) -> bool:
    same_minute = abs(one.at - other.at) < timedelta(minutes=1)
    return same_minute and (one.kind, one.text) == (other.kind, other.text)


@transaction.atomic
def replace_picks(front: FrontPage, articles: list[Article]) -> None:
    """The secondary stories of the front page, in order."""
    FrontPagePick.objects.filter(front_page=front).delete()
    FrontPagePick.objects.bulk_create(
        FrontPagePick(front_page=front, article=article, position=position)
        for position, article in enumerate(articles)
    )


@transaction.atomic
def replace_pins(box: TopicBox, articles: list[Article]) -> None:
    """What comes first in a topic box, in order."""
    TopicBoxPin.objects.filter(box=box).delete()
    TopicBoxPin.objects.bulk_create(
        TopicBoxPin(box=box, article=article, position=position)
        for position, article in enumerate(articles)
    )
