"""A disk without room: a clear word, no row, no half file, and nothing that was typed is lost."""

import io
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from PIL import Image

from articles.models import Photo
from tests.articles.test_admin_photos import ADD, known
from tests.desk import logged_in
from tests.factories import make_upload

pytestmark = pytest.mark.django_db


def noise() -> bytes:
    """A picture that stays large however it is compressed."""
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 100).save(out, "PNG")
    return out.getvalue()


LARGE = noise()


@contextmanager
def full(name: str) -> Iterator[Path]:
    """The folder of a storage on a disk of 200 kB."""
    folder = Path(storages[name].location)  # type: ignore[attr-defined]
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be had here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def posted(**fields: Any) -> Any:
    client = logged_in()
    client.raise_request_exception = False
    return client.post(ADD, known(original=make_upload(LARGE, "harbour.png"), **fields))


def test_picture_that_cannot_be_kept_is_refused_and_the_words_stay() -> None:
    with full("private") as folder:
        response = posted(caption="A harbour that I described for an hour")

        assert files_in(folder) == []
    assert "The disk of this site is full" in response.content.decode()
    assert "A harbour that I described for an hour" in response.content.decode()
    assert not Photo.objects.exists()


@pytest.mark.parametrize("name", ["originals", "default"])
def test_picture_without_room_in_the_library_leaves_nothing_behind(name: str) -> None:
    originals = Path(storages["originals"].location)  # type: ignore[attr-defined]
    before = files_in(originals)
    with full(name) as folder:
        response = posted()

        assert response.status_code == 507
        assert "There is no room left" in response.content.decode()
        assert files_in(folder) == []
    assert not Photo.objects.exists()
    assert files_in(originals) == before


def test_file_that_cannot_be_replaced_stays_as_it_was() -> None:
    with full("default"):
        default_storage.save("photos/token/safe.jpg", ContentFile(b"whole"))

        with pytest.raises(OSError, match="No space left"):
            default_storage.save("photos/token/safe.jpg", ContentFile(LARGE))

        with default_storage.open("photos/token/safe.jpg") as file:
            assert file.read() == b"whole"
        assert default_storage.listdir("photos/token") == ([], ["safe.jpg"])
