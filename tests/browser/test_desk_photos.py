"""Photos at the desk: the point that stays in view, and uploading without leaving a piece."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Photo
from newsroom.models import User
from tests.browser.desk import at_desk
from tests.factories import (
    make_article,
    make_contributor,
    make_published,
    make_stored_photo,
    make_user,
    picture_bytes,
)
from tests.files import WIRED, iptc, picture_with

pytestmark = pytest.mark.browser
UPLOAD = {"name": "harbour.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes()}

WIRE = {"name": "wire.jpg", "mimeType": "image/jpeg", "buffer": WIRED}


def test_focal_point_is_set_by_a_click_and_moved_by_keys(page: Page) -> None:
    photo = make_stored_photo()
    at_desk(page).goto(f"/admin/articles/photo/{photo.pk}/change/")
    stage = page.get_by_role("button", name="Focal point of the picture")
    box = stage.bounding_box()
    assert box

    stage.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    stage.press("ArrowRight")
    expect(page.get_by_label("Focal point, across")).to_have_value("0.26")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="Photos")).to_be_visible()
    fresh = Photo.objects.get()
    assert (fresh.focal_x, fresh.focal_y) == (0.26, 0.75)


def test_new_picture_is_seen_before_it_is_uploaded(page: Page) -> None:
    at_desk(page).goto("/admin/articles/photo/add/")

    page.get_by_label("File").set_input_files(UPLOAD)  # type: ignore[arg-type]

    expect(page.locator("canvas.focal__picture")).to_be_visible()


def test_file_is_read_as_soon_as_it_is_chosen(page: Page) -> None:
    at_desk(page).goto("/admin/articles/photo/add/")
    page.get_by_label("Caption").fill("My own words")

    page.get_by_label("File").set_input_files(WIRE)  # type: ignore[arg-type]

    expect(page.get_by_label("Agency")).to_have_value("Example Press")
    expect(page.get_by_label("Caption")).to_have_value("My own words")
    expect(page.get_by_text("wire.jpg is kept")).to_be_visible()
    page.get_by_label("Description").fill("A tanker")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="Photos")).to_be_visible()
    assert Photo.objects.get().credit == "My own words. Ann Example/Example Press"


def test_another_file_says_something_else(page: Page) -> None:
    at_desk(page).goto("/admin/articles/photo/add/")
    page.get_by_label("File").set_input_files(WIRE)  # type: ignore[arg-type]
    expect(page.get_by_label("Agency")).to_have_value("Example Press")

    other = WIRE | {"name": "other.jpg", "buffer": picture_with(iptc((110, "Other Agency")))}
    page.get_by_label("File").set_input_files(other)  # type: ignore[arg-type]

    expect(page.get_by_label("Agency")).to_have_value("Other Agency")
    expect(page.get_by_text("other.jpg is kept")).to_be_visible()


def test_file_that_is_refused_is_told_of_at_once(page: Page) -> None:
    at_desk(page).goto("/admin/articles/photo/add/")

    page.get_by_label("File").set_input_files(UPLOAD | {"buffer": b"no picture"})  # type: ignore[arg-type]

    expect(page.get_by_text("not a picture that we can read")).to_be_visible()


def test_photo_that_one_may_not_change_is_a_picture_to_look_at(page: Page) -> None:
    writer, photo = make_user("writer"), make_stored_photo()
    Photo.objects.update(uploaded_by=writer)
    make_published(photo=photo)

    at_desk(page, writer).goto(f"/admin/articles/photo/{photo.pk}/change/")

    expect(page.get_by_text("only editors change it now")).to_be_visible()
    expect(page.get_by_role("img", name="Four quarters")).to_be_visible()
    expect(page.get_by_role("button", name="Focal point of the picture")).to_have_count(0)


def test_pasted_line_is_taken_apart_and_its_parts_can_be_corrected(page: Page) -> None:
    photo = make_stored_photo()
    at_desk(page).goto(f"/admin/articles/photo/{photo.pk}/change/")
    page.get_by_label("Agency").fill("")

    page.get_by_label("Paste a credit line").fill("Harbor (Ann Example/AFP); Bridge (Bob Sample)")
    expect(page.get_by_label("Photographer")).to_have_value("Ann Example; Bob Sample")
    page.get_by_label("Paste a credit line").fill("Harbor (Ann Example/Reuters)")
    expect(page.get_by_label("Photographer")).to_have_value("Ann Example")
    page.get_by_label("Subjects").fill("Harbour")
    expect(page.get_by_text("Readers see: Harbour. Ann Example/Reuters")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="Photos")).to_be_visible()
    assert Photo.objects.get().credit == "Harbour. Ann Example/Reuters"


def test_pasted_line_that_says_otherwise_than_full_fields_is_told(page: Page) -> None:
    photo = make_stored_photo()
    at_desk(page).goto(f"/admin/articles/photo/{photo.pk}/change/")

    page.get_by_label("Paste a credit line").fill("Harbor (Ann Example/Reuters)")

    words = "Taken apart: subjects, photographer."
    told = f"{words} Not taken, as these fields are full: agency (Reuters)."
    expect(page.get_by_text(told)).to_be_visible()


def test_photo_is_uploaded_without_leaving_the_piece(page: Page) -> None:
    article = make_article("Still here")
    at_desk(page).goto(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_label("Headline").fill("Not saved yet")
    page.get_by_role("button", name="Choose a photo").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Upload a photo").click()
    dialog.get_by_label("File").set_input_files(UPLOAD)  # type: ignore[arg-type]
    expect(dialog.get_by_text("harbour.jpg is kept")).to_be_visible()
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog.get_by_text("Describe the picture")).to_be_visible()
    expect(dialog.get_by_alt_text("The picture that you have chosen")).to_be_visible()

    dialog.get_by_label("Description").fill("A harbour")
    dialog.get_by_label("Agency").fill("Agency")
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog.get_by_role("radio", checked=True)).to_be_visible()
    dialog.get_by_role("button", name="Use this photo").click()

    expect(page.locator("[data-photo-picture]")).to_be_visible()
    expect(page.get_by_label("Headline")).to_have_value("Not saved yet")
    page.errors[:] = [text for text in page.errors if "422" not in text]  # type: ignore[attr-defined]


def test_photo_is_uploaded_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = at_desk(context.new_page())
    page.goto("/admin/articles/photo/add/")
    page.get_by_label("File").set_input_files(WIRE)  # type: ignore[arg-type]
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Agency")).to_have_value("Example Press")
    expect(page.locator("[data-focal-picture]")).to_be_visible()

    page.get_by_label("Description").fill("A tanker")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="Photos")).to_be_visible()
    assert Photo.objects.get().photographer == "Ann Example"
    context.close()


def test_photo_is_taken_away_again(page: Page) -> None:
    article = make_article(photo=make_stored_photo())
    at_desk(page).goto(f"/admin/articles/article/{article.pk}/change/")

    page.locator("[data-photo-clear]").click()
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_text("Saved today")).to_be_visible()
    article.refresh_from_db()
    assert article.photo is None


def test_portrait_is_chosen_for_a_contributor(page: Page) -> None:
    contributor, photo = make_contributor("Ann Able"), make_stored_photo()
    at_desk(page, User.objects.create_superuser("root", password="secret"))
    page.goto(f"/admin/articles/contributor/{contributor.pk}/change/")

    page.get_by_role("button", name="Choose a photo").click()
    page.get_by_role("dialog").get_by_role("radio").check()
    page.get_by_role("button", name="Use this photo").click()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="Contributors")).to_be_visible()
    contributor.refresh_from_db()
    assert contributor.portrait == photo
