"""Pictures and lists in a storage that speaks S3 instead of folders of this machine."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles import photos, tasks
from articles.models import Photo
from newsletter.models import Import
from newsroom.lib import kept
from newsroom.lib.configuration import Env
from newsroom.lib.objects import Unanswered
from newsroom.lib.storages import storages_from
from tests import s3, worker
from tests.factories import make_published, make_stored_photo, make_upload, make_user, picture_bytes
from tests.newsletter import imports

pytestmark = [pytest.mark.django_db, pytest.mark.processes, pytest.mark.xdist_group("s3")]


@pytest.fixture(scope="module")
def running() -> Iterator[s3.Server]:
    with s3.Server() as server:
        yield server


@pytest.fixture
def server(running: s3.Server, settings: Any, monkeypatch: pytest.MonkeyPatch) -> s3.Server:
    """The storages of this process are there."""
    use(running, settings, monkeypatch)
    running.empty()
    return running


def use(server: s3.Server, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_STORAGE_URL", server.url("files"))
    monkeypatch.setenv("PRIVATE_STORAGE_URL", server.url("hidden"))
    settings.STORAGES = settings.STORAGES | storages_from(Env(), settings.MEDIA_URL)
    for model, name, storage in [(Photo, "original", "originals"), (Import, "file", "private")]:
        monkeypatch.setattr(model._meta.get_field(name), "storage", storages[storage])  # noqa: SLF001


def cut() -> Photo:
    photo = make_stored_photo()
    worker.work()
    photo.refresh_from_db()
    return photo


def test_uploaded_photo_is_cut_and_shown_from_our_own_address(
    server: s3.Server, client: Client
) -> None:
    photo = cut()
    piece = make_published("Pictured", photo=photo)

    page = client.get(piece.get_absolute_url()).content.decode()
    assert f'src="/media/photos/{photo.token}/' in page
    assert str(server.port) not in page
    response: Any = client.get(f"/media/{photo.rendition('16:9', 480, 'webp')}")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    content = b"".join(response.streaming_content)
    assert int(response["Content-Length"]) == len(content)
    assert Image.open(ContentFile(content)).size == (480, 270)
    assert server.names("hidden") == [f"originals/{photo.original.name}"]
    assert len(server.names("files")) == 1 + 3 * sum(map(len, photo.renditions.values()))


def test_picture_that_is_not_there_is_not_found(server: s3.Server, client: Client) -> None:
    assert client.get("/media/photos/abcdefgh1234/16x9-480.webp").status_code == 404
    with pytest.raises(FileNotFoundError):
        default_storage.size("photos/abcdefgh1234/16x9-480.webp")


def test_nobody_gets_anything_without_the_key(server: s3.Server) -> None:
    cut()
    imports.take("ann@example.org,Ann")

    paths = [f"/{name}/{key}" for name in server.buckets for key in server.names(name)]
    assert len(paths) > 20
    assert {server.status(path) for path in paths} == {403}


def test_withdrawn_photo_is_gone_from_its_address(server: s3.Server, client: Client) -> None:
    photo = cut()
    path = f"/media/{photo.safe_copy}"
    assert default_storage.exists(photo.safe_copy)
    Photo.objects.update(expires_on=timezone.localdate() - timedelta(days=2))

    tasks.withdraw_expired(0)
    worker.work()

    photo.refresh_from_db()
    assert client.get(path).status_code == 404
    assert server.names("files") == [photo.safe_copy]  # for the desk, under another name
    assert len(server.names("hidden")) == 1  # in case it comes back


def test_removed_photo_leaves_no_file(server: s3.Server) -> None:
    photos.remove(cut())
    worker.work()

    assert server.names("files") == server.names("hidden") == []


def test_photo_is_cut_anew_from_its_original(server: s3.Server) -> None:
    photo = cut()
    before = photo.token

    photos.recut(photo)
    worker.work()

    photo.refresh_from_db()
    assert photo.token != before
    assert default_storage.exists(photo.rendition("16:9", 480, "webp"))


def test_rendition_replaces_its_like_and_an_original_nothing(server: s3.Server) -> None:
    for storage, content in [("default", b"one"), ("default", b"two")]:
        assert storages[storage].save("photos/a/safe.jpg", ContentFile(content)) == (
            "photos/a/safe.jpg"
        )
    with default_storage.open("photos/a/safe.jpg") as file:
        assert file.read() == b"two"

    first, second = (storages["originals"].save("a.jpg", ContentFile(b"x")) for _ in range(2))
    assert first != second


def test_private_files_have_no_address(server: s3.Server) -> None:
    for name in ("originals", "private"):
        with pytest.raises(ValueError, match="not accessible"):
            storages[name].url("a.jpg")


def test_file_can_be_opened_again(server: s3.Server) -> None:
    photo = make_stored_photo()

    for _ in range(2):
        with photo.original.open() as file:
            assert Image.open(file).size == (900, 600)


def test_upload_is_kept_while_its_form_is_put_right(server: s3.Server) -> None:
    by = make_user().pk
    ticket = kept.keep(make_upload(picture_bytes(), "harbour.jpg"), by=by)
    again = kept.kept(ticket, by=by)
    assert again is not None
    assert again.read() == picture_bytes()

    kept.forget(timezone.now() + timedelta(days=6))
    assert kept.kept(ticket, by=by)
    kept.forget(timezone.now() + timedelta(days=8))
    assert kept.kept(ticket, by=by) is None


def test_list_of_addresses_is_read_from_there_and_erased(server: s3.Server) -> None:
    rows = [f"reader{n}@example.org,Reader {n}" for n in range(500)]

    batch = imports.add(*rows)

    assert imports.numbers(batch)["added"] == 500
    assert server.names("hidden") == []


def test_site_goes_on_while_the_storage_is_gone(
    settings: Any, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    with s3.Server() as server:
        use(server, settings, monkeypatch)
        server.empty()
        photo = cut()
        piece = make_published("Pictured", photo=photo)
    began = time.monotonic()

    assert client.get(piece.get_absolute_url()).status_code == 200
    assert client.get(f"/media/{photo.safe_copy}").status_code == 503
    with pytest.raises(Unanswered):
        default_storage.save("photos/a/safe.jpg", ContentFile(b"x"))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("style", ["atom", "rss"])
def test_feeds_have_their_pictures_without_weights_while_the_storage_is_gone(
    settings: Any, monkeypatch: pytest.MonkeyPatch, client: Client, style: str
) -> None:
    with s3.Server() as server:
        use(server, settings, monkeypatch)
        server.empty()
        photos = [cut() for _ in range(3)]
        for photo in photos:
            make_published("Pictured", photo=photo)
    asked = client.get(f"/feeds/{style}/")

    entries = feedparser.parse(asked.content).entries
    assert asked.status_code == 200
    assert [[one.length for one in entry.enclosures] for entry in entries] == [["0"]] * 3


def test_test_data_shows_its_shared_pictures(server: s3.Server) -> None:
    call_command("fill", 3, verbosity=0)

    photo = Photo.objects.exclude(token__startswith="filler-shared").first()
    assert photo
    assert default_storage.exists(photo.safe_copy)
