"""From when until when, typed at the desk."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from newsroom.models import Publication
from tests.desk import ADD, change, logged_in, ready, typed
from tests.factories import make_article, make_published, make_user

pytestmark = pytest.mark.django_db
FROM = {"publish_at_0": "2044-12-06", "publish_at_1": "05:45"}
UNTIL = {"published_until_0": "2044-12-09", "published_until_1": "12:00"}
TWICE = {"publish_at_0": "2026-11-01", "publish_at_1": "01:30"}


def test_piece_is_published_from_and_until() -> None:
    page = logged_in().post(ADD, ready() | FROM | UNTIL | {"_step": "publish"}, follow=True)

    article = Article.objects.get()
    assert article.published_until == datetime(2044, 12, 9, 12, tzinfo=UTC)
    assert "5:45 a.m. UTC, until Fri 9 Dec 2044, 12:00 p.m. UTC." in page.content.decode()


def test_end_of_a_live_piece_moves_and_its_beginning_stays() -> None:
    article, client = make_published(), logged_in()
    began = article.published_at

    client.post(change(article), typed(article) | FROM | UNTIL)

    article.refresh_from_db()
    assert (article.published_at, str(article.published_until)[:10]) == (began, "2044-12-09")
    client.post(change(article), typed(article))
    article.refresh_from_db()
    assert article.published_until is None
    entries = article.transitions.values_list("action", flat=True)
    assert list(entries) == ["reschedule", "reschedule"]


def test_saving_moves_no_time_that_nobody_touched() -> None:
    now = timezone.now()
    article = make_published()
    Article.objects.filter(pk=article.pk).update(published_until=now + timedelta(days=1))
    article.refresh_from_db()
    local = timezone.localtime(article.published_until)
    same = {"published_until_0": f"{local:%Y-%m-%d}", "published_until_1": f"{local:%H:%M}"}

    logged_in().post(change(article), typed(article, headline="Other") | same)

    assert not article.transitions.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (FROM | UNTIL | {"published_until_0": "2044-12-06", "published_until_1": "05:45"}, "later"),
        ({"published_until_0": "2020-01-01", "published_until_1": "05:45"}, "This has passed"),
    ],
)
def test_end_that_makes_no_sense_gets_a_sentence(fields: dict[str, str], sentence: str) -> None:
    response = logged_in().post(ADD, typed() | fields | {"_step": "publish"})

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_scheduled_piece_keeps_a_time() -> None:
    article = make_published(at=datetime(2044, 1, 1, tzinfo=UTC))

    response = logged_in().post(change(article), typed(article))

    assert "Set a time, or choose “Publish now”" in response.content.decode()


def test_piece_whose_end_has_passed_can_still_be_saved() -> None:
    article = make_published(at=timezone.now() - timedelta(days=2))
    end = timezone.now().replace(second=0, microsecond=0) - timedelta(days=1)
    Article.objects.filter(pk=article.pk).update(published_until=end)
    fields = {"published_until_0": f"{end:%Y-%m-%d}", "published_until_1": f"{end:%H:%M}"}

    response = logged_in().post(change(article), typed(article, headline="Mended") | fields)

    assert response.status_code == 302
    assert Article.objects.get().headline == "Mended"


def test_writer_sets_no_times() -> None:
    writer = make_user("writer")
    article = make_article(created_by=writer)
    planned = datetime(2044, 1, 1, tzinfo=UTC)
    Article.objects.filter(pk=article.pk).update(published_at=planned)

    logged_in(writer).post(change(article), typed(article, headline="Own") | FROM | UNTIL)

    article.refresh_from_db()
    assert (article.headline, article.published_at) == ("Own", planned)
    assert article.published_until is None


def test_hour_that_comes_twice_is_asked_about_and_each_can_be_chosen() -> None:
    Publication.objects.update(time_zone="America/New_York")
    client = logged_in()

    asked = client.post(ADD, ready() | TWICE | {"_step": "publish"})
    for which in ("first", "second"):
        form = ready(headline=which) | TWICE | {"publish_at_2": which, "_step": "publish"}
        client.post(ADD, form)

    page = asked.content.decode()
    assert "The clocks show 01:30 on 1 November 2026 twice (America/New_York)" in page
    assert '<option value="first">first 1:30 (EDT)</option>' in page
    assert '<option value="second">second 1:30 (EST)</option>' in page
    found = dict(Article.objects.values_list("headline", "published_at"))
    assert found == {
        "first": datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
        "second": datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
    }


@pytest.mark.parametrize("hour", [5, 6])
def test_repeated_hour_stays_what_it_is_when_the_form_is_saved_again(hour: int) -> None:
    Publication.objects.update(time_zone="America/New_York")
    at = datetime(2045, 11, 5, hour, 30, tzinfo=UTC)
    article, client = make_published(at=at), logged_in()
    page = client.get(change(article)).content.decode()
    which = "first" if hour == 5 else "second"
    assert f'<option value="{which}" selected>' in page

    form = {"publish_at_0": "2045-11-05", "publish_at_1": "01:30", "publish_at_2": which}
    client.post(change(article), typed(article, headline="Again") | form)

    article.refresh_from_db()
    assert (article.headline, article.published_at) == ("Again", at)


def test_zone_stands_beside_the_times() -> None:
    Publication.objects.update(time_zone="Europe/Berlin")
    article = make_published(at=datetime(2044, 7, 1, tzinfo=UTC))

    assert "CEST, Berlin" in logged_in().get(change(article)).content.decode()


def test_second_of_two_hours_is_shown_with_its_own_zone() -> None:
    Publication.objects.update(time_zone="America/New_York")
    second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    article = make_published(at=datetime(2026, 10, 1, tzinfo=UTC))
    Article.objects.update(published_until=second)

    page = logged_in().get(change(article)).content.decode()

    shown = page[page.index('name="published_until_1"') :]
    assert re.search(r"E[SD]T, New York", shown)[0] == "EST, New York"  # type: ignore[index]
