from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import services
from articles.models import Article
from newsroom.models import Publication
from tests.desk import ADD, change, logged_in, ready, typed
from tests.factories import make_article, make_published, make_ready

pytestmark = pytest.mark.django_db
FUTURE = {"publish_at_0": "2044-12-06", "publish_at_1": "05:45"}


def test_publish_saves_and_publishes_at_once() -> None:
    before = timezone.now()

    logged_in().post(ADD, ready(headline="Now") | {"_step": "publish"})

    article = Article.objects.public().get()
    assert article.headline == "Now"
    assert article.published_at
    assert article.published_at >= before


def test_publish_with_a_time_schedules_in_the_publications_zone() -> None:
    Publication.objects.update(time_zone="America/New_York")

    response = logged_in().post(ADD, ready() | FUTURE | {"_step": "publish"}, follow=True)

    article = Article.objects.get()
    assert article.is_scheduled()
    assert article.published_at == datetime(2044, 12, 6, 10, 45, tzinfo=UTC)
    assert "Scheduled: Tue 6 Dec 2044, 5:45 a.m. EST." in response.content.decode()


def test_draft_keeps_the_time_that_was_planned() -> None:
    client = logged_in()

    client.post(ADD, typed() | FUTURE)

    article = Article.objects.get()
    assert article.status == Article.Status.DRAFT
    assert 'value="2044-12-06"' in client.get(change(article)).content.decode()
    assert not Article.objects.public(datetime(2045, 1, 1, tzinfo=UTC)).exists()


def test_incomplete_piece_is_kept_as_a_draft_and_the_page_says_what_is_missing() -> None:
    response = logged_in().post(ADD, ready(deck="", section="") | {"_step": "publish"}, follow=True)

    article = Article.objects.get()
    assert article.status == Article.Status.DRAFT
    assert article.headline == "A headline"
    page = response.content.decode()
    assert "Saved, but not published. Add a deck. Choose a section." in page
    assert "2 things missing" in page


def test_publishing_twice_says_so_and_changes_nothing() -> None:
    article, client = make_ready(), logged_in()
    form = typed(article) | {"_step": "publish"}
    client.post(change(article), form)
    first = Article.objects.get()

    response = client.post(change(article), form, follow=True)

    assert "It was published already" in response.content.decode()
    again = Article.objects.get()
    assert (again.published_at, again.version) == (first.published_at, first.version)


def test_unpublish_takes_a_piece_back() -> None:
    article = make_published()

    logged_in().post(change(article), typed(article) | {"_step": "unpublish"})

    assert not Article.objects.public().exists()


def test_unpublish_is_allowed_though_something_is_missing_by_now() -> None:
    article = make_published()

    response = logged_in().post(change(article), typed(article, deck="") | {"_step": "unpublish"})

    assert response.status_code == 302
    assert Article.objects.get().status == Article.Status.DRAFT


def test_published_piece_cannot_lose_what_readers_need() -> None:
    article = make_published()

    response = logged_in().post(change(article), typed(article, deck="", section=""))

    page = response.content.decode()
    assert "Add a deck." in page
    assert "Choose a section." in page
    assert Article.objects.get().deck


def test_scheduled_piece_moves_with_its_address() -> None:
    article = make_published(at=datetime(2044, 1, 1, tzinfo=UTC))

    logged_in().post(change(article), typed(article) | FUTURE)

    article.refresh_from_db()
    assert article.published_at == datetime(2044, 12, 6, 5, 45, tzinfo=UTC)
    assert article.get_absolute_url().startswith("/2044/12/06/")


def test_address_that_readers_know_stays_when_a_piece_is_scheduled_anew() -> None:
    article = make_ready()
    services.publish(article, by=None, at=datetime(2024, 5, 1, tzinfo=UTC))
    services.unpublish(article, by=None)
    services.publish(article, by=None, at=datetime(2044, 5, 1, tzinfo=UTC))

    services.reschedule(article, at=datetime(2044, 6, 1, tzinfo=UTC), by=None)
    services.unpublish(article, by=None)

    assert article.get_absolute_url().startswith("/2024/05/01/")


def test_piece_that_never_appeared_gives_its_day_back() -> None:
    article = make_published(at=timezone.now() + timedelta(days=9))

    services.unpublish(article, by=None)

    assert article.get_absolute_url() == ""


def test_time_at_which_a_piece_appeared_stays() -> None:
    article, at = make_published(), timezone.now() + timedelta(days=1)
    appeared = article.published_at

    assert services.reschedule(article, at=at, until=at + timedelta(days=1), by=None)
    assert not services.reschedule(make_article(), at=at, by=None)

    assert article.published_at == appeared
    assert article.published_until == at + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "clock", "sentence"),
    [
        ("2024-03-10", "02:30", "The clocks skip 02:30 on 10 March 2024"),
        ("2024-11-03", "01:30", "The clocks show 01:30 on 3 November 2024 twice"),
        ("2024-12-06", "", "Add the time of day."),
        ("", "05:45", "Add the date."),
        ("0001-01-01", "00:00", "too far away"),
        ("9999-12-31", "23:59", "too far away"),
        ("2024-02-30", "05:45", "Enter the date as"),
    ],
)
def test_time_that_is_no_moment_gets_a_sentence(day: str, clock: str, sentence: str) -> None:
    Publication.objects.update(time_zone="America/New_York")
    form = ready() | {"publish_at_0": day, "publish_at_1": clock, "_step": "publish"}

    response = logged_in().post(ADD, form)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Article.objects.exists()


def test_state_cannot_be_posted() -> None:
    fields = {"status": "published", "published_at": "2024-01-01", "created_by": 1, "version": 99}

    logged_in(role="writer").post(ADD, typed() | fields)

    article = Article.objects.get()
    assert (article.status, article.published_at, article.version) == ("draft", None, 1)


def test_history_says_what_was_done() -> None:
    article, client = make_ready(), logged_in()

    client.post(change(article), typed(article) | {"_step": "publish"})

    assert b"Published" in client.get(change(article).replace("change", "history")).content
