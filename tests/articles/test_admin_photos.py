import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import photos, services, uses
from articles.models import Page, Photo
from articles.models.photo import originals
from tests.desk import logged_in
from tests.factories import (
    make_article,
    make_contributor,
    make_photo,
    make_published,
    make_ready,
    make_stored_photo,
    make_upload,
    make_user,
    picture_bytes,
)
from tests.factories_newsletter import make_issue
from tests.worker import work

pytestmark = pytest.mark.django_db
LIBRARY = "/admin/articles/photo/"
ADD, CHOOSE = "/admin/articles/photo/add/", "/admin/articles/photo/choose/"


def known(**fields: Any) -> dict[str, Any]:
    """What the library must know of a picture."""
    return {"alt": "A harbour at dusk", "agency": "Agency", **fields}


def test_photo_is_stored_with_its_uploader_and_can_be_shown_at_once() -> None:
    user = make_user()

    logged_in(user).post(ADD, known(original=make_upload(), focal_x="0.2", focal_y="0.3"))

    photo = Photo.objects.get()
    assert (photo.uploaded_by, photo.width, photo.focal_x) == (user, 900, 0.2)
    assert photo.original.storage.exists(str(photo.original.name))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"alt": ""}, "Describe the picture, or mark it as decorative."),
        ({"agency": ""}, "Name the photographer or the agency."),
        ({"focal_x": "7"}, "less than or equal to 1"),
    ],
)
def test_photo_without_words_or_credit_is_refused(fields: dict[str, str], sentence: str) -> None:
    response = logged_in().post(ADD, known(original=make_upload(), **fields))

    assert sentence in response.content.decode()
    assert not Photo.objects.exists()


def test_decorative_photo_needs_no_words() -> None:
    logged_in().post(ADD, known(original=make_upload(), alt="", is_decorative="on"))

    assert Photo.objects.get().is_decorative


NO_PICTURES = [
    (b"just text", "harbour.jpg", "not a picture that we can read"),
    (picture_bytes()[:700], "harbour.jpg", "damaged or incomplete"),
    (picture_bytes("PNG"), "harbour.jpg", "wrong ending"),
    (picture_bytes("GIF"), "harbour.gif", "Choose a JPEG, PNG, WebP or AVIF file"),
    (b"", "harbour.jpg", "empty"),
    (b"\xff" * 21 * 2**20, "harbour.jpg", "a picture may have 20 MB"),
    (b"x", "\u202egpj.\x00exe", "Choose a JPEG"),
]


@pytest.mark.parametrize("address", [ADD, CHOOSE])
def test_what_is_no_picture_gets_a_sentence(address: str) -> None:
    desk = logged_in()

    for content, name, sentence in NO_PICTURES:
        response = desk.post(address, known(original=SimpleUploadedFile(name, content)))
        assert sentence in response.text
    assert not Photo.objects.exists()


def test_new_focal_point_has_the_photo_cut_anew() -> None:
    photo = make_stored_photo()
    address = f"/admin/articles/photo/{photo.pk}/change/"

    logged_in().post(address, known(focal_x="0.9", focal_y="0.5"))

    fresh = Photo.objects.get()
    assert (fresh.focal_x, fresh.renditions) == (0.9, {})
    assert fresh.token != photo.token


def test_new_words_leave_the_cuts_as_they_are() -> None:
    photo = make_stored_photo()
    Photo.objects.update(renditions={"full": [[480, 320]]})

    logged_in().post(
        f"/admin/articles/photo/{photo.pk}/change/",
        known(alt="Better words", focal_x="0.5", focal_y="0.5"),
    )

    fresh = Photo.objects.get()
    assert (fresh.alt, fresh.token) == ("Better words", photo.token)
    assert fresh.renditions


def test_new_file_takes_the_place_of_the_old() -> None:
    photo = make_stored_photo()
    upload = make_upload(picture_bytes(size=(300, 200)))

    logged_in().post(f"/admin/articles/photo/{photo.pk}/change/", known(original=upload))

    assert Photo.objects.get().width == 300


@pytest.mark.parametrize("place", ["lead", "body", "portrait"])
def test_photo_that_is_shown_cannot_be_deleted_and_the_page_says_where(place: str) -> None:
    photo = make_photo()
    if place == "lead":
        make_article("Uses it", photo=photo)
    elif place == "body":
        make_article("Uses it", body=f'<p>Text</p><figure data-photo="{photo.pk}"></figure>')
    else:
        make_contributor("Uses it", portrait=photo)

    response = logged_in().post(f"/admin/articles/photo/{photo.pk}/delete/", {"post": "yes"})

    assert "Uses it" in response.content.decode()
    assert Photo.objects.exists()


def test_photo_that_nobody_shows_is_deleted() -> None:
    photo, other = make_photo(), make_photo()
    make_article(body=f'<figure data-photo="{other.pk}0"></figure><p>x</p>')

    logged_in().post(f"/admin/articles/photo/{photo.pk}/delete/", {"post": "yes"})

    assert list(Photo.objects.all()) == [other]


def test_form_says_where_a_photo_is_used() -> None:
    photo = make_photo()
    make_article("Uses it", photo=photo)

    page = logged_in().get(f"/admin/articles/photo/{photo.pk}/change/").content.decode()

    assert "Uses it" in page


def test_writer_changes_an_own_photo_until_a_piece_with_it_is_published() -> None:
    writer = make_user("writer")
    photo = make_photo(uploaded_by=writer)
    article = make_ready(photo=photo)
    client, address = logged_in(writer), f"{LIBRARY}{photo.pk}/change/"

    client.post(address, known(caption="Mine", focal_x="0.5", focal_y="0.5"))
    services.publish(article, by=None)
    refused = client.post(address, known(caption="Live", expires_on="2001-01-01"))

    assert refused.status_code == 403
    photo.refresh_from_db()
    assert (photo.caption, photo.expires_on) == ("Mine", None)
    page = client.get(address).content.decode()
    assert "only editors change it now" in page
    assert 'name="caption"' not in page
    assert "only editors" not in logged_in().get(address).content.decode()


@pytest.mark.parametrize("place", ["later", "page", "portrait", "round-up"])
def test_writer_changes_no_own_photo_that_readers_see_anywhere(place: str) -> None:
    writer = make_user("writer")
    photo = make_photo(uploaded_by=writer)
    figure = f'<figure data-photo="{photo.pk}"></figure>'
    match place:
        case "later":
            make_published(body=figure, at=timezone.now() + timedelta(days=3))
        case "page":
            Page.objects.create(title="About", slug="about", body=figure)
        case "portrait":
            make_contributor(portrait=photo)
        case _:
            make_issue(opening=figure)

    answer = logged_in(writer).post(f"{LIBRARY}{photo.pk}/change/", known(caption="Live"))

    assert answer.status_code == 403


@pytest.mark.parametrize("term", ["dusk", "Ann Ex", "quay", "Reuters"])
def test_chooser_finds_by_words_and_credit(term: str) -> None:
    make_photo(caption="The old quay", agency="Reuters")
    make_photo(alt="A desert", photographer="Else", agency="Other")

    page = logged_in().get(CHOOSE, {"q": term}).content.decode()

    assert page.count('type="radio"') == 1


def test_chooser_takes_an_upload_and_marks_it() -> None:
    response = logged_in(role="writer").post(CHOOSE, known(original=make_upload()))

    photo = Photo.objects.get()
    assert f'value="{photo.pk}"' in response.content.decode()
    assert " checked" in response.content.decode()


def test_chooser_bears_any_page_and_text() -> None:
    for query in ({"page": "x"}, {"page": "-9"}, {"q": "\x00"}, {"q": "%_" * 900}):
        assert logged_in().get(CHOOSE, query).status_code == 200


def test_library_shows_pictures() -> None:
    photo = make_photo()

    page = logged_in().get("/admin/articles/photo/").content.decode()

    assert f'src="/media/photos/{photo.token}/4x3-240.jpg"' in page


def numbers_on(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"No\. (\d+)", page)]


def test_library_is_narrowed_down_by_rights_and_uploader() -> None:
    user, today = make_user(), timezone.localdate()
    plain = make_photo()
    later = make_photo(expires_on=today + timedelta(days=14))
    sooner = make_photo(expires_on=today)
    expired = make_photo(expires_on=today - timedelta(days=1))
    free = make_photo(may_republish=True, uploaded_by=user)

    def shown(query: str) -> list[int]:
        return numbers_on(logged_in(user).get(f"{LIBRARY}?{query}").content.decode())

    assert shown("") == [photo.pk for photo in (free, expired, sooner, later, plain)]
    assert shown("rights=expiring") == [sooner.pk, later.pk]
    assert shown("rights=expired") == [expired.pk]
    assert shown("rights=republish") == [free.pk]
    assert shown("who=me") == [free.pk]
    assert shown("rights=nonsense") == shown("")


def test_library_says_until_when_a_photo_may_be_shown() -> None:
    make_photo(expires_on=date(2999, 1, 2))
    make_photo(expires_on=date(2020, 1, 2))

    page = logged_in().get(LIBRARY).content.decode()

    assert "Until 2 Jan 2999" in page
    assert "Expired 2 Jan 2020" in page


@pytest.mark.parametrize("n", [2, 60])
def test_queries_of_the_library_do_not_grow(n: int) -> None:
    user = make_user("writer")
    client, writer, photo = logged_in(), logged_in(user), make_photo(uploaded_by=user)
    Photo.objects.bulk_create(
        Photo(alt="A quay", agency="Agency", width=1, height=1, token=f"quay-{number:04}")
        for number in range(n)
    )

    with CaptureQueriesContext(connection) as library:
        client.get(LIBRARY, {"q": "quay"})
    with CaptureQueriesContext(connection) as form:
        client.get(f"{LIBRARY}{photo.pk}/change/")
    with CaptureQueriesContext(connection) as own:
        writer.get(f"{LIBRARY}{photo.pk}/change/")

    assert len(library) <= 7
    assert len(form) <= 11
    assert len(own) <= 11


def test_files_of_a_deleted_photo_go_with_it() -> None:
    photo = make_stored_photo()
    original = str(photo.original.name)

    logged_in().post(f"{LIBRARY}{photo.pk}/delete/", {"post": "yes"})
    work()

    assert not default_storage.exists(photo.safe_copy)
    assert not originals().exists(original)


def test_original_that_two_photos_share_stays_for_the_other() -> None:
    photo = make_stored_photo()
    make_photo(original=photo.original.name)

    photos.remove(photo)
    work()

    assert originals().exists(str(photo.original.name))


def test_photo_that_came_into_use_at_the_last_moment_is_kept() -> None:
    photo = make_photo()
    make_article(photo=photo)

    with pytest.raises(uses.InUse) as refused:
        photos.remove(photo)

    assert len(refused.value.uses) == 1
    assert Photo.objects.exists()
