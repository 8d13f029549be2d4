"""A photo goes from every page when its last day is over, with nothing running."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from articles import photos, tasks
from articles.models import Article, FrontPage, Page, Photo
from newsletter import content, freezing
from newsletter.models import Item
from newsroom.models import Publication
from tests.factories import (
    make_contributor,
    make_photo,
    make_published,
    make_section,
    make_stored_photo,
    picture_bytes,
)
from tests.factories_newsletter import make_issue, make_item, make_sent
from tests.worker import work

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=-1)


def today() -> date:
    return timezone.localdate()


def shows(client: Client, address: str, photo: Photo) -> bool:
    """Whether the page has the photo; if not, it has a placeholder and no word of it."""
    page = client.get(address).content.decode()
    if f"/photos/{photo.token}/" in page:
        return True
    assert "This photo can no longer be shown" in page
    assert photo.subjects not in page
    assert "Own words" not in page
    return False


def teaser(photo: Photo) -> str:
    make_published(photo=photo, at=timezone.now() - timedelta(hours=2))
    return make_published(at=timezone.now() - timedelta(hours=1)).get_absolute_url()


def portrait(photo: Photo) -> str:
    return make_contributor("Ann", portrait=photo).get_absolute_url()


def in_body(photo: Photo) -> Article:
    figure = f'<figure data-photo="{photo.pk}"><figcaption>Own words</figcaption></figure>'
    return make_published(body=f"<p>One.</p>{figure}")


def page_with(photo: Photo) -> str:
    body = f'<figure data-photo="{photo.pk}"></figure>'
    return Page.objects.create(title="About", slug="about", body=body).get_absolute_url()


def front(photo: Photo) -> str:
    FrontPage.objects.update(lead=make_published(photo=photo))
    return "/"


def listed(photo: Photo) -> str:
    make_published(photo=photo, section=make_section("Europe"))
    return "/section/europe/"


PLACES: dict[str, Callable[[Photo], str]] = {
    "lead": lambda photo: make_published(photo=photo).get_absolute_url(),
    "body": lambda photo: in_body(photo).get_absolute_url(),
    "fragment": lambda photo: f"{in_body(photo).get_absolute_url()}rest/",
    "teaser": teaser,
    "list": listed,
    "front page": front,
    "portrait": portrait,
    "plain page": page_with,
}


@pytest.mark.parametrize("place", PLACES)
def test_expired_photo_leaves_a_placeholder(client: Client, place: str) -> None:
    photo = make_photo(expires_on=today(), subjects="The quay")
    address = PLACES[place](photo)
    assert shows(client, address, photo)

    Photo.objects.update(expires_on=today() + YESTERDAY)

    assert not shows(client, address, photo)


@pytest.mark.parametrize(("minute", "is_shown"), [(59, True), (61, False)])
def test_day_ends_in_the_zone_of_the_publication(
    client: Client, minute: int, *, is_shown: bool
) -> None:
    Publication.objects.update(time_zone="America/New_York")
    photo = make_photo(expires_on=date(2026, 12, 3), subjects="The quay")
    with time_machine.travel(datetime(2026, 12, 4, 4, tzinfo=UTC), tick=False) as clock:
        address = make_published(photo=photo).get_absolute_url()
        clock.shift(timedelta(minutes=minute))  # 5:00 UTC is midnight there

        assert shows(client, address, photo) == is_shown


def test_photo_without_a_last_day_is_always_shown() -> None:
    assert not make_photo().is_expired(date(2999, 1, 1))


def test_those_that_expire_within_two_weeks_are_listed_soonest_first() -> None:
    def make(days: int) -> Photo:
        return make_photo(expires_on=today() + timedelta(days=days))

    _, later, first, last, _ = make(-1), make(7), make(0), make(14), make(15)
    make_photo()

    assert list(Photo.objects.expiring()) == [first, later, last]


def test_round_up_is_composed_without_it() -> None:
    photo = make_photo(expires_on=today())
    issue = make_issue(opening=f'<p>Hello</p><figure data-photo="{photo.pk}"></figure>')
    make_item(issue, make_published(photo=photo))
    body = f'<figure data-photo="{photo.pk}"></figure>'
    make_item(issue, kind=Item.Kind.TEXT, body=body)
    assert str(content.compose(issue)).count(f"/photos/{photo.token}/") == 3

    tomorrow = content.compose(issue, timezone.now() + timedelta(days=1))

    assert f"/photos/{photo.token}/" not in str(tomorrow)
    assert tomorrow["photos"] == {}


def test_letter_that_has_left_loses_it_in_the_archive(client: Client) -> None:
    photo, kept = make_photo(expires_on=today()), make_photo(subjects="Kept")
    figure = f'<figure data-photo="{photo.pk}"><figcaption>Own words</figcaption></figure>'
    issue = make_issue(opening=f"<p>Hello</p>{figure}")
    make_item(issue, make_published(photo=photo), group="")
    make_item(issue, make_published("Second", photo=kept), group="Europe")
    address = make_sent(issue).get_absolute_url()
    assert client.get(address).content.decode().count(f"/photos/{photo.token}/") == 2
    Photo.objects.filter(pk=photo.pk).update(
        expires_on=today() + YESTERDAY, token="another", subjects="x"
    )

    page = client.get(address).content.decode()

    assert f"/photos/{photo.token}/" not in page
    assert "Own words" not in page
    assert f"/photos/{kept.token}/" in page


# The files


def expire(photo: Photo) -> Photo:
    Photo.objects.filter(pk=photo.pk).update(expires_on=today() + YESTERDAY)
    tasks.withdraw_expired(timestamp=0)
    work()
    photo.refresh_from_db()
    return photo


def test_files_go_from_addresses_that_readers_know() -> None:
    photo = make_stored_photo(picture_bytes(size=(300, 200)))
    work()
    photo.refresh_from_db()
    known = [photo.safe_copy, photo.rendition("full", 300, "avif")]
    assert all(map(default_storage.exists, known))

    expire(photo)

    assert not any(map(default_storage.exists, known))
    assert default_storage.exists(photo.safe_copy)  # for the desk
    assert photos.thumbnail(photo).endswith(f"{photo.token}/safe.jpg")


def test_files_go_from_letters_as_well_even_under_a_former_address() -> None:
    photo = make_stored_photo()
    issue = make_issue()
    make_item(issue, make_published(photo=photo))
    freezing.freeze(issue)
    issue.save()
    mailed = photo.safe_copy
    photos.recut(photo)

    expire(photo)

    assert not default_storage.exists(mailed)


def test_withdrawing_twice_changes_nothing() -> None:
    photo = expire(make_stored_photo())
    token = photo.token

    assert expire(photo).token == token


def test_photo_that_was_just_prolonged_is_not_withdrawn() -> None:
    photo = make_stored_photo()
    Photo.objects.update(expires_on=today() + YESTERDAY)
    stale = Photo.objects.get()
    Photo.objects.update(expires_on=today())

    tasks.withdraw(stale)

    assert Photo.objects.get().token == photo.token


def test_photo_whose_original_is_lost_is_withdrawn_all_the_same() -> None:
    photo = make_stored_photo()
    known = photo.safe_copy
    photo.original.storage.delete(str(photo.original.name))

    expire(photo)

    assert not default_storage.exists(known)


def test_another_last_day_has_it_cut_again() -> None:
    photo = expire(make_stored_photo(picture_bytes(size=(300, 200))))
    photo.expires_on = None

    photos.describe(photo, ["expires_on"])
    work()

    photo.refresh_from_db()
    assert photo.renditions["full"]
    assert photo.withdrawn_at is None
