from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.errors import LockNotAvailable

from articles import checklist, services
from articles.models import Article
from newsroom.models import Publication
from tests.factories import make_ready, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2024, 12, 6, 12, 0, tzinfo=UTC)


def test_scheduled_article_appears_at_its_time() -> None:
    article = make_ready()

    services.publish(article, by=make_user(), at=NOON)

    assert article not in Article.objects.public(NOON - timedelta(seconds=1))
    assert article in Article.objects.public(NOON)


def test_publishing_twice_changes_nothing() -> None:
    article = make_ready()
    services.publish(article, by=None, at=NOON)

    assert not services.publish(article, by=None, at=NOON + timedelta(days=1))

    article.refresh_from_db()
    assert article.published_at == NOON


def test_incomplete_article_says_what_is_missing() -> None:
    article = make_ready(deck="", section=None)

    with pytest.raises(services.NotReady, match=r"Add a deck\. Choose a section\."):
        services.publish(article, by=None)

    assert not Article.objects.public().exists()


@pytest.mark.parametrize("at", [None, NOON])
def test_article_that_would_be_gone_by_then_is_not_published(at: datetime | None) -> None:
    article = make_ready()

    with pytest.raises(services.NotReady, match="It would be gone by then"):
        services.publish(article, by=None, at=at, until=NOON)

    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


@pytest.mark.django_db(transaction=True)
def test_nobody_changes_an_article_between_its_checks_and_its_publication(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article, check = make_ready(), checklist.blocking

    def blocking(piece: Article) -> list[str]:
        with closing(psycopg.connect(**connection.get_connection_params())) as other:
            row = "SELECT FROM articles_article WHERE id = %s FOR UPDATE NOWAIT"
            with pytest.raises(LockNotAvailable):
                other.execute(row, [piece.pk])
        return check(piece)

    monkeypatch.setattr(checklist, "blocking", blocking)

    assert services.publish(article, by=None)


def test_day_in_the_address_is_the_publications_day() -> None:
    Publication.objects.update(time_zone="America/New_York")
    article = make_ready(slug="late-news")

    services.publish(article, by=None, at=datetime(2024, 12, 7, 3, 0, tzinfo=UTC))

    assert article.get_absolute_url() == "/2024/12/06/late-news/"


def test_address_survives_being_published_again() -> None:
    article = make_ready(slug="steady")
    services.publish(article, by=None, at=NOON)
    services.unpublish(article, by=None)

    services.publish(article, by=None, at=NOON + timedelta(days=3))

    assert article.get_absolute_url() == "/2024/12/06/steady/"


def test_unpublished_article_is_gone_and_a_second_time_changes_nothing() -> None:
    article = make_ready()
    services.publish(article, by=None, at=NOON)

    assert services.unpublish(article, by=None)
    assert not services.unpublish(article, by=None)
    assert not Article.objects.public().exists()


def test_database_refuses_a_published_article_without_a_time() -> None:
    article = make_ready()

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(status="published")


def test_every_change_of_state_counts_as_a_version() -> None:
    article = make_ready()
    services.publish(article, by=None)
    services.unpublish(article, by=None)

    assert article.version == 3
