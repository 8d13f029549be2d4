"""What a photo's file and a pasted line say need not be typed, and is seen before it is saved."""

import re
from typing import Any

import pytest
from django.test import Client

from articles.credit_lines.files import parts
from articles.models import Photo
from articles.models.photo import originals
from newsroom.lib.metadata import Said
from tests.desk import logged_in
from tests.factories import make_stored_photo, make_upload, make_user, picture_bytes
from tests.files import WIRED, iptc, picture_with

pytestmark = pytest.mark.django_db
ADD, CHOOSE = "/admin/articles/photo/add/", "/admin/articles/photo/choose/"
CREDIT = "/admin/articles/photo/credit/"
VALUE = re.compile(r'name="(\w+)"[^>]*value="([^"]*)"')
TEXT = re.compile(r'<textarea name="(\w+)"[^>]*>\n?([^<]*)</textarea>')


def typed(page: str) -> dict[str, str]:
    """The fields of the photo's form as they stand on the page."""
    form = page[page.index('enctype="multipart/form-data"') :]
    found = dict([*VALUE.findall(form), *TEXT.findall(form)])
    return {name: text for name, text in found.items() if not name.startswith("_")}


def post(client: Client, address: str = ADD, **fields: Any) -> dict[str, str]:
    response = client.post(address, fields)
    assert response.status_code == 422
    return typed(response.content.decode())


@pytest.fixture
def client() -> Client:
    return logged_in(role="writer")


@pytest.mark.parametrize("address", [ADD, CHOOSE])
def test_file_fills_in_what_was_not_typed_and_is_not_asked_for_again(
    client: Client, address: str
) -> None:
    form = post(client, address, original=make_upload(WIRED), alt="A tanker")
    assert form["caption"] == "A tanker waits off the coast of Example."
    assert (form["photographer"], form["agency"]) == ("Ann Example", "Example Press")
    assert not Photo.objects.exists()

    client.post(address, form | {"agency": "Example Press/Pool"})

    photo = Photo.objects.get()
    assert (photo.alt, photo.width) == ("A tanker", 900)
    assert photo.credit == (
        "A tanker waits off the coast of Example. Ann Example/Example Press/Pool"
    )
    assert photo.licence == "© Example Press"


def test_what_was_typed_wins(client: Client) -> None:
    form = post(client, original=make_upload(WIRED), photographer="Bob Sample", caption=" ")

    assert form["photographer"] == "Bob Sample"
    assert form["caption"].startswith("A tanker")


def test_field_that_was_emptied_stays_empty(client: Client) -> None:
    form = post(client, original=make_upload(WIRED), alt="A tanker")

    client.post(ADD, form | {"caption": "", "licence": ""})

    photo = Photo.objects.get()
    assert (photo.caption, photo.licence) == ("", "")


def test_file_that_says_nothing_is_saved_at_once(client: Client) -> None:
    client.post(ADD, {"original": make_upload(), "alt": "A quay", "agency": "Agency"})

    assert Photo.objects.count() == 1


def test_upload_survives_any_number_of_errors(client: Client) -> None:
    form = post(client, original=make_upload(name="quay.jpg"))
    form = post(client, **form, expires_on="yesterday")

    response = client.post(ADD, form | {"alt": "A quay", "agency": "Agency", "expires_on": ""})

    assert response.status_code == 302
    assert str(Photo.objects.get().original.name).endswith(".jpg")


def test_page_shows_the_picture_that_waits_and_no_other_user_sees_it(client: Client) -> None:
    page = client.post(ADD, {"original": make_upload()}).content.decode()
    [address] = re.findall(r'src="(/admin/articles/photo/kept/[^"]+)"', page)

    assert client.get(address)["Content-Type"] == "image/jpeg"
    assert logged_in(role="writer").get(address).status_code == 404
    assert logged_in(role="fundraiser").get(address).status_code == 404
    assert client.get(f"{ADD[:-4]}kept/made-up/").status_code == 404


def test_kept_picture_of_somebody_else_is_not_taken(client: Client) -> None:
    form = post(client, original=make_upload())

    page = logged_in(role="writer").post(ADD, form | {"alt": "A", "agency": "B"}).content.decode()

    assert "no longer kept" in page
    assert not Photo.objects.exists()


@pytest.mark.parametrize("address", [ADD, CHOOSE])
def test_button_pressed_twice_makes_one_photo(client: Client, address: str) -> None:
    form = post(client, address, original=make_upload()) | {"alt": "A quay", "agency": "Agency"}

    client.post(address, form)
    n_originals = len(originals().listdir("")[1])
    response = client.post(address, form)  # before the first one's end is known

    photo = Photo.objects.get()
    assert str(photo.pk) in response.content.decode() + response.get("Location", "")
    assert len(originals().listdir("")[1]) == n_originals


def test_picture_that_is_saved_is_not_kept_any_longer(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    form = post(client, original=make_upload()) | {"alt": "A quay", "agency": "Agency"}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD, form)
    page = client.post(ADD, form).content.decode()

    assert "perhaps it is in the library already" in page
    assert Photo.objects.count() == 1


def test_reading_alone_saves_nothing_and_complains_of_nothing(client: Client) -> None:
    whole = {"original": make_upload(), "alt": "A quay", "agency": "Agency"}

    assert client.post(ADD, {**whole, "_read": ""}).status_code == 200
    assert not Photo.objects.exists()


def test_new_file_of_a_photo_is_kept_as_well() -> None:
    user = make_user("writer")
    photo, client = make_stored_photo(), logged_in(user)
    Photo.objects.update(uploaded_by=user)
    address = f"/admin/articles/photo/{photo.pk}/change/"
    upload = make_upload(picture_bytes(size=(300, 200)))
    form = post(client, address, original=upload, alt="", agency="Agency")

    client.post(address, form | {"alt": "Smaller"})

    assert Photo.objects.get().width == 300


# A credit line


def test_line_is_taken_apart_where_nothing_was_typed(client: Client) -> None:
    line = "Top photo credit: Harbor (Ann Example/Reuters)"
    form = post(client, original=make_upload(), alt="x", credit_line=line, agency="AFP")

    assert form["subjects"] == "Harbor"
    assert (form["photographer"], form["agency"]) == ("Ann Example", "AFP")
    assert form["credit_line"] == line

    client.post(ADD, form | {"subjects": "Harbour"})

    assert Photo.objects.get().credit == "Harbour. Ann Example/AFP"


def test_photo_that_is_in_the_library_gets_its_parts_from_a_line() -> None:
    photo = make_stored_photo()
    address = f"/admin/articles/photo/{photo.pk}/change/"
    form = post(logged_in(), address, alt="x", credit_line="Harbor (Ann Example/Reuters)")

    logged_in().post(address, form)

    assert Photo.objects.get().credit == "Harbor. Ann Example/Reuters"


def test_line_for_which_all_fields_are_full_is_seen_before_it_is_dropped() -> None:
    photo = make_stored_photo()
    Photo.objects.update(subjects="A port", photographer="Ann Old", agency="AP")
    client, address = logged_in(), f"/admin/articles/photo/{photo.pk}/change/"
    form = typed(client.get(address).content.decode())

    seen = client.post(address, form | {"credit_line": "A port (Bob New/Reuters)"})

    page = seen.content.decode()
    assert seen.status_code == 422
    told = "Not taken, as these fields are full: photographer (Bob New) and agency (Reuters)."
    assert told in page
    form = typed(page)
    assert form["credit_line"] == "A port (Bob New/Reuters)"
    assert client.post(address, form | {"agency": "Reuters"}).status_code == 302
    assert Photo.objects.get().credit == "A port. Ann Old/Reuters"


def test_line_says_more_than_the_file(client: Client) -> None:
    form = post(client, original=make_upload(WIRED), credit_line="Bob Sample/AFP")

    assert (form["photographer"], form["agency"]) == ("Bob Sample", "AFP")
    assert form["caption"].startswith("A tanker")


def test_line_that_fits_nowhere_stays_in_sight(client: Client) -> None:
    long = "a tanker waits off the coast " * 300

    form = post(client, original=make_upload(), alt="x", agency="y", credit_line=long)

    assert form["caption"] == long.strip()


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"line": "Harbor (Ann Example/Reuters)"}, "Harbor. Ann Example/Reuters"),
        ({"photographer": "A; B", "agency": "C; -"}, "A/C; B"),
        ({"line": "\u202e\x00" * 5000}, ""),
        ({}, ""),
    ],
)
def test_page_asks_for_the_parts(client: Client, fields: dict[str, str], answer: str) -> None:
    assert client.post(CREDIT, fields).json()["credit"] == answer


def test_parts_are_for_those_who_may_upload(client: Client) -> None:
    assert client.get(CREDIT).status_code == 405
    assert logged_in(role="fundraiser").post(CREDIT).status_code == 403


# From the words of a file to the parts


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (Said(byline="Ann", credit="AFP via Getty"), ("Ann", "AFP via Getty")),
        (Said(byline="Ann", source="Agency"), ("Ann", "Agency")),
        (Said(byline="ANN EXAMPLE", credit="Ann Example/Agency"), ("Ann Example", "Agency")),
        (Said(credit="Ann Example/Agency"), ("Ann Example", "Agency")),
        (Said(credit="Example"), ("", "Example")),
        (Said(caption="A quay. (Ann Example/AP)"), ("Ann Example", "AP")),
        (Said(caption="A quay at dusk", copyright="© Ann Example"), ("© Ann Example", "")),
        (Said(caption="A quay at dusk"), ("", "")),
    ],
)
def test_makers_are_found_in_the_file(said: Said, found: tuple[str, str]) -> None:
    known = parts(said)

    assert (known.get("photographer", ""), known.get("agency", "")) == found


def test_headline_stands_in_for_a_caption() -> None:
    assert parts(Said(headline="Ships wait"))["caption"] == "Ships wait"


def test_no_word_of_the_file_reaches_a_reader(client: Client) -> None:
    content = picture_with(iptc((120, "SECRET"), (80, "SECRET")))

    photo = make_stored_photo(content)

    assert b"SECRET" in content
    assert b"SECRET" not in client.get(f"/media/{photo.safe_copy}").getvalue()
