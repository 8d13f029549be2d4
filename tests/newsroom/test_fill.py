"""`manage.py fill`: test data of any size."""

from datetime import timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import Max, Min
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from articles.models import Article, Byline, Notice, Photo, RelatedLink
from newsletter.models import Growth, Subscriber, Suppression
from newsroom.filler import pictures
from newsroom.lib import html

pytestmark = [pytest.mark.processes, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cutting the real ones takes seconds."""
    monkeypatch.setattr(pictures, "WIDTH", 240)
    monkeypatch.setattr(pictures, "HEIGHT", 160)


def fill(n: int = 0, **options: Any) -> str:
    out = StringIO()
    call_command("fill", n, stdout=out, **options)
    return out.getvalue()


def test_adds_as_many_public_pieces_as_were_asked_for() -> None:
    told = fill(7)

    assert Article.objects.public().count() == 7
    assert "7 of 7 pieces" in told


def test_pieces_have_all_that_a_real_one_has() -> None:
    fill(40)

    for article in Article.objects.all():
        assert 850 <= article.n_words <= 1100
        assert article.body.count("<h2>") >= 2
        assert article.kicker in article.tags.all()
        assert article.bylines.exists()
        assert article.photo
    assert RelatedLink.objects.count() > 40
    assert Notice.objects.exists()
    assert Article.objects.filter(series__isnull=False).exists()
    assert Byline.objects.values("contributor").distinct().count() > 5


def test_bodies_are_clean_and_show_photos_of_the_library() -> None:
    fill(5)

    for body in Article.objects.values_list("body", flat=True):
        assert html.clean(body) == body
        photos = html.photo_ids(body)
        assert len(photos) == 2
        assert Photo.objects.filter(pk__in=photos).count() == 2


def test_photos_are_pictures_that_can_be_seen(client: Client) -> None:
    fill(1)
    photo = Article.objects.get().photo
    assert photo

    for crop, sizes in photo.renditions.items():
        for width, _ in sizes:
            assert default_storage.exists(photo.rendition(crop, width, "avif"))
    answer = client.get(default_storage.url(photo.rendition("16:9", 240, "jpg")))
    assert answer["Content-Type"] == "image/jpeg"
    answer.close()


def test_a_second_call_goes_on_with_the_numbers() -> None:
    fill(3)
    fill(3, seed=1)

    slugs = Article.objects.order_by("pk").values_list("slug", flat=True)
    assert [int(slug.split("-")[1]) for slug in slugs] == [1, 2, 3, 4, 5, 6]


def test_the_same_seed_gives_the_same_pieces() -> None:
    fill(5, seed=3)
    before = list(Article.objects.order_by("slug").values_list("headline", "section__name"))
    Article.objects.all().delete()
    fill(5, seed=3)

    assert list(Article.objects.order_by("slug").values_list("headline", "section__name")) == before


def test_dates_go_back_over_the_years_and_never_into_the_future() -> None:
    fill(50)

    by_number = Article.objects.order_by("pk").values_list("published_at", flat=True)
    dates = [at for at in by_number if at]
    assert dates == sorted(dates)
    assert len(dates) == 50
    assert (
        timezone.now() - timedelta(days=366 * 10) < dates[0] < timezone.now() - timedelta(9 * 365)
    )
    assert timezone.now() - timedelta(days=2 * 74) < dates[-1] <= timezone.now()


def test_pages_of_filled_pieces_answer(client: Client) -> None:
    fill(25)
    newest = Article.objects.public().newest_first()[0]
    assert newest.section
    assert newest.kicker

    for place in (newest, newest.section, newest.kicker):
        page = place.get_absolute_url()
        assert client.get(page).status_code == 200


def test_a_public_host_is_refused(settings: Settings) -> None:
    settings.SITE_IS_LOCAL = False

    with pytest.raises(CommandError, match="--force"):
        fill(1)

    assert not Article.objects.exists()


def test_a_public_host_is_filled_by_force(settings: Settings) -> None:
    settings.SITE_IS_LOCAL = False

    fill(1, force=True)

    assert Article.objects.count() == 1


def test_zero_pieces_are_no_number() -> None:
    with pytest.raises(CommandError, match="how many"):
        fill(0)


def test_day_of_the_address_is_the_publications() -> None:
    fill(30)

    zone = ZoneInfo("America/New_York")  # the demo's
    for article in Article.objects.all():
        assert article.published_at
        assert article.published_on == article.published_at.astimezone(zone).date()


def test_subscribers_came_and_went_over_two_years() -> None:
    told = fill(subscribers=300)

    assert "300 of 300 subscribers" in told
    assert set(Subscriber.objects.values_list("status", flat=True)) == {"active", "left", "pending"}
    assert Subscriber.objects.values("source").distinct().count() > 3
    n_left = Subscriber.objects.filter(status="left").count()
    assert n_left == Suppression.objects.count()
    assert n_left == sum(Growth.objects.values_list("n_left", flat=True))
    joined = Subscriber.objects.filter(joined_at__isnull=False)
    assert joined.count() == sum(Growth.objects.values_list("n_joined", flat=True))
    span = joined.aggregate(span=Max("joined_at") - Min("joined_at"))["span"]
    assert timedelta(days=700) < span < timedelta(days=730)


def test_further_subscribers_are_added() -> None:
    fill(subscribers=20)
    fill(subscribers=20)

    assert Subscriber.objects.count() == 40


def test_no_letter_can_reach_a_test_subscriber() -> None:
    fill(subscribers=100)

    for address in Subscriber.objects.values_list("address", flat=True):
        assert address.rpartition(".")[0].endswith("example")
