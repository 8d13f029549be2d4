"""An import, from the file to the subscribers, as staff see it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from newsletter.importing import running
from newsletter.models import Import, Subscriber
from tests.browser.desk import at_desk
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber

pytestmark = pytest.mark.browser
PROOF = "Signed up on old.example.org from 2019 to 2024, each confirmed by mail."


def begin(page: Page, folder: Path) -> None:
    """Log in, choose a file with two new addresses and a bad one, send it."""
    file = folder / "list.csv"
    file.write_text("Name;Mail\nAnn;ann@example.org\nBen;ben@example.org\nCarl;carl\n")
    at_desk(page, make_user("newsletter editor"))
    page.goto("/admin/newsletter/import/add/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Proof of consent").fill(PROOF)
    page.get_by_role("button", name="Check this file").click()
    expect(page.get_by_role("progressbar")).to_be_visible()


def work() -> None:
    """What the worker does meanwhile."""
    assert running.work(Import.objects.get().pk)


def go_through(page: Page, folder: Path) -> None:
    """The page is never reloaded by hand."""
    begin(page, folder)
    work()
    expect(page.get_by_text("Checked, nothing added yet")).to_be_visible()
    page.get_by_role("button", name="Add these 2").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work()
    expect(page.get_by_text("Done")).to_be_visible()
    assert Subscriber.objects.active().count() == 2


def test_import_is_followed_live(page: Page, tmp_path: Path) -> None:
    go_through(page, tmp_path)


def test_import_is_followed_without_javascript(
    browser: Browser,
    live_server: LiveServer,
    tmp_path: Path,
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    go_through(context.new_page(), tmp_path)
    context.close()


def test_refused_rows_are_downloaded(page: Page, tmp_path: Path) -> None:
    begin(page, tmp_path)
    work()
    with page.expect_download() as download:
        page.get_by_role("link", name="Refused rows").click()

    assert "4,carl,An email address must have an @-sign." in download.value.path().read_text()


def test_segment_counts_while_it_is_described(page: Page) -> None:
    make_subscriber(source="import")
    make_subscriber(source="front")
    at_desk(page, make_user("newsletter editor"))
    page.goto("/admin/newsletter/segment/add/")
    count = page.locator("output")
    expect(count).to_have_text("2")

    page.get_by_label("Import", exact=True).check()

    expect(count).to_have_text("1")
