"""Tags, bylines and notices know when readers see their piece, whatever is done to it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article, Byline, Notice, TaggedArticle
from newsroom.models import AuditEntry
from tests.factories import make_article, make_contributor, make_published, make_tag

pytestmark = pytest.mark.django_db
LATER = timezone.now() + timedelta(days=1)
EVER = timezone.now() + timedelta(days=9)


def are_right() -> bool:
    """Whether all rows say of each moment what their pieces say."""
    moments = [timezone.now(), LATER + timedelta(hours=1), EVER + timedelta(hours=1)]
    return all(
        set(model.objects.public(at))
        == set(model.objects.filter(**{f"{model.PIECE}__in": Article.objects.public(at)}))
        for model in (TaggedArticle, Byline, Notice)
        for at in moments
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda piece: Article.objects.update(status="killed"),
        lambda piece: Article.objects.update(published_at=LATER),
        lambda piece: Article.objects.filter(pk=piece.pk).update(published_until=LATER),
        lambda piece: Article.objects.update(published_until=EVER, headline="Anew"),
        lambda piece: Article.objects.update(status="draft", published_at=None),
        lambda piece: piece.tags.add(make_tag("grain")),
        lambda piece: TaggedArticle.objects.update(public_from=None, public_until=LATER),
        lambda piece: Byline.objects.get(article=piece).save(),
        lambda piece: Byline.objects.update(article=make_article(), public_from=LATER),
    ],
)
def test_rows_follow_their_piece(change: Callable[[Article], object]) -> None:
    piece = make_published(tags=["silos"], contributors=[make_contributor()])
    make_published(tags=["silos"], at=LATER, contributors=[make_contributor()])
    piece.notices.create(kind="update")
    assert are_right()

    change(piece)

    assert are_right()
    assert Byline.objects.count() == 2


def test_rows_may_come_before_their_piece() -> None:
    """As they do where a dump of the rows alone is read back."""
    piece = make_published(tags=["silos"])
    other = TaggedArticle(content_object_id=piece.pk + 9, tag=TaggedArticle.objects.get().tag)
    TaggedArticle.objects.bulk_create([other])
    piece.pk, piece.slug = piece.pk + 9, "silos-again"

    piece.save(force_insert=True)

    assert are_right()
    assert TaggedArticle.objects.public(timezone.now()).count() == 2


def test_what_follows_from_the_piece_is_not_noted() -> None:
    piece = make_published(tags=["silos"], contributors=[make_contributor()])
    before = AuditEntry.objects.count()

    Article.objects.filter(pk=piece.pk).update(status="killed")

    assert AuditEntry.objects.count() == before + 1


def test_an_author_of_text_and_photos_is_listed_once() -> None:
    author = make_contributor()
    piece = make_published(contributors=[author])
    piece.bylines.create(contributor=author, role="Photos by")

    assert list(author.bylines.public(timezone.now()).newest_pieces()) == [piece.pk]


@pytest.mark.django_db(transaction=True)
def test_a_piece_that_is_published_meanwhile_finds_the_row() -> None:
    piece, tag = make_article(tags=[]), make_tag()
    published = {
        "status": "published",
        "published_at": timezone.now(),
        "published_on": "2024-12-01",
    }

    def publish() -> None:
        try:
            Article.objects.filter(pk=piece.pk).update(**published)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            TaggedArticle.objects.create(content_object=piece, tag=tag)
            publishing = pool.submit(publish)
            with pytest.raises(TimeoutError):
                publishing.result(timeout=0.3)
        publishing.result()

    assert list(tag.tagged_articles.public(timezone.now()).newest_pieces()) == [piece.pk]
