import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import photos, tasks
from articles.models import Photo
from articles.models.photo import originals
from articles.templatetags.photos import picture
from newsroom.lib import html
from newsroom.lib.pictures import Refused
from tests.factories import (
    make_photo,
    make_published,
    make_stored_photo,
    make_upload,
    picture_bytes,
)

pytestmark = pytest.mark.django_db


def cut(photo: Photo) -> Photo:
    tasks.cut_renditions(photo_id=photo.pk, token=photo.token)
    photo.refresh_from_db()
    return photo


def test_photo_can_be_shown_before_the_worker_has_cut_it() -> None:
    photo = make_stored_photo()

    shown = picture(photo, "16:9")

    assert "<source" not in shown
    assert f'src="/media/photos/{photo.token}/safe.jpg" width="900" height="506"' in shown
    assert default_storage.exists(photo.safe_copy)


def test_worker_cuts_every_crop_in_every_format() -> None:
    photo = cut(make_stored_photo())

    assert photo.renditions["full"] == [[480, 320], [800, 533]]
    assert photo.renditions["16:9"] == [[480, 270], [800, 450]]
    assert photo.renditions["1:1"] == [[160, 160], [400, 400]]
    for extension in ("avif", "webp", "jpg"):
        with default_storage.open(photo.rendition("4:3", 240, extension)) as file:
            assert Image.open(file).size == (240, 180)


def test_small_picture_is_not_enlarged() -> None:
    photo = cut(make_stored_photo(picture_bytes(size=(300, 200))))

    assert photo.renditions["full"] == [[300, 200]]
    assert photo.renditions["1:1"] == [[160, 160]]


def test_crops_follow_the_focal_point() -> None:
    photo = make_stored_photo()
    photo.focal_x = 0.0
    photos.recut(photo)

    with default_storage.open(cut(photo).rendition("1:1", 400, "jpg")) as file:
        assert Image.open(file).convert("RGB").getpixel((390, 10)) == pytest.approx(
            (0, 128, 0), abs=12
        )
    assert photo.focal_x == 0.0


def test_recut_photo_has_new_addresses_and_the_old_ones_live_on_for_a_week() -> None:
    photo = make_stored_photo()
    old = photo.safe_copy

    photos.recut(photo)

    assert photo.safe_copy != old
    assert default_storage.exists(old)
    removal = ProcrastinateJob.objects.filter(task_name="articles.remove_renditions").last()
    assert removal is not None
    assert removal.scheduled_at is not None


def test_late_cut_of_an_old_version_does_nothing() -> None:
    photo = make_stored_photo()
    old = photo.token
    photos.recut(photo)

    tasks.cut_renditions(photo_id=photo.pk, token=old)

    photo.refresh_from_db()
    assert photo.renditions == {}


def test_removal_spares_renditions_that_are_in_use() -> None:
    photo = make_stored_photo()

    tasks.remove_renditions(token=photo.token)
    assert default_storage.exists(photo.safe_copy)

    Photo.objects.all().delete()
    tasks.remove_renditions(token=photo.token)
    tasks.remove_renditions(token=photo.token)
    assert not default_storage.exists(photo.safe_copy)


def test_refused_upload_leaves_nothing_behind() -> None:
    def files() -> set[Path]:
        return set(Path(originals().path("")).rglob("*"))

    before = files()
    with pytest.raises(Refused):
        photos.store(Photo(alt="x", agency="y"), make_upload(b"no picture"))

    assert files() == before
    assert not Photo.objects.exists()


def test_payload_behind_a_picture_is_not_served() -> None:
    photo = cut(make_stored_photo(picture_bytes() + b"<script>alert(1)</script>"))

    for name in default_storage.listdir(f"photos/{photo.token}")[1]:
        with default_storage.open(f"photos/{photo.token}/{name}") as file:
            assert b"<script>" not in file.read()


@pytest.mark.parametrize("fields", [{"alt": ""}, {"photographer": "", "agency": ""}])
def test_database_refuses_a_photo_without_description_or_credit(fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_photo(**fields)


@pytest.mark.parametrize(
    ("fields", "credit"),
    [
        ({"subjects": "The harbour."}, "The harbour. Ann Example/Agency"),
        ({"photographer": ""}, "Agency"),
        ({"agency": ""}, "Ann Example"),
    ],
)
def test_credit_is_rendered_in_one_way(fields: dict[str, str], credit: str) -> None:
    assert make_photo(**fields).credit == credit


@pytest.mark.parametrize(
    ("photo", "own", "said"),
    [
        ({"subjects": "Quay", "caption": "Rain."}, "", "Rain. Top photo credit: Quay. Ann/Agency"),
        ({"caption": "Rain."}, "", "Top photo credit: Rain. Ann/Agency"),
        ({"caption": "Rain."}, "Snow", "Top photo credit: Snow. Ann/Agency"),
        ({}, "", "Top photo credit: Ann/Agency"),
    ],
)
def test_caption_stands_once_beside_a_lead_photo(
    client: Client, photo: dict[str, str], own: str, said: str
) -> None:
    lead = make_photo(photographer="Ann", **photo)
    address = make_published(photo=lead, photo_caption=own).get_absolute_url()

    page = html.plain(client.get(address).content.decode())

    assert said in " ".join(page.split())
    assert page.count("Rain") + page.count("Snow") <= 1


def test_caption_stands_once_beside_a_photo_in_a_body(client: Client) -> None:
    photo = make_photo(photographer="Ann", caption="Rain.")
    body = f'<figure data-photo="{photo.pk}"></figure>'

    page = html.plain(client.get(make_published(body=body).get_absolute_url()).content.decode())

    assert "Rain. Ann/Agency" in " ".join(page.split())
    assert page.count("Rain") == 1


def test_renditions_are_served_inert_and_forever(client: Client) -> None:
    photo = make_stored_photo()

    response = client.get(f"/media/{photo.safe_copy}")

    assert Image.open(io.BytesIO(response.getvalue())).format == "JPEG"
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable, s-maxage=600"


@pytest.mark.parametrize(
    "path",
    ["photos/x/safe.jpg", "photos/nosuchtoken/safe.jpg", "../originals/1.jpg", "photos/", "1.jpg"],
)
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404
