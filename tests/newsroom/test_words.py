"""Search by the beginnings of words; asked of the library of photos."""

import pytest
from django.db import connection

from articles.models import Photo
from tests.factories import make_photo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        "harb",
        "HARBOR dusk",
        "Łód",
        "lodz",
        "erdogan’s",
        "Erdoğan",
        "ann/reut",
        "R2-D2",
        "жан",
        "“dusk",
    ],
)
def test_words_are_found_by_how_they_begin(typed: str) -> None:
    photo = make_photo(
        alt="“Harbor” of Łódź at dusk, R2-D2",
        caption="Erdoğan’s ship…",
        photographer="Ann Жанна",
        agency="Reuters/AFP",
    )

    assert list(Photo.objects.search(typed)) == [photo]


@pytest.mark.parametrize(
    "typed", ["arbor", "harbor dawn", "***", "' | !&():*\\", "\x00", "x" * 5000]
)
def test_what_begins_no_word_finds_nothing(typed: str) -> None:
    make_photo(alt="A harbor at dusk")

    assert not Photo.objects.search(typed).exists()


def test_photo_is_found_by_its_number() -> None:
    photo, _ = make_photo(), make_photo()

    assert list(Photo.objects.search(f" {photo.pk} ")) == [photo]


def test_words_are_looked_up_by_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")  # by the key, in the order of the list

    assert "articles_photo_words" in Photo.objects.search("harbor").explain()
