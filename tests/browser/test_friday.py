"""A newsletter editor's whole Friday, through a real browser and a real mail server."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from newsletter.models import Newsletter
from newsroom.models import Publication, User
from tests.browser.desk import at_desk
from tests.factories import make_published, make_section, make_user
from tests.factories_newsletter import make_subscriber
from tests.newsletter.sending import tend_all
from tests.smtp import Sink
from tests.smtp import smtp as smtp
from tests.worker import work

pytestmark = pytest.mark.browser
ROLE = "newsletter editor"
WEEK = ["Harbour reopens", "Talks resume", "A treaty lapses", "Grain moves again"]


@pytest.fixture
def editor(context: BrowserContext) -> User:
    """Their newsroom: a week of pieces, two readers, and the rule of two people for any number."""
    Publication.objects.update_or_create(
        pk=1, defaults={"name": "Parley", "postal_address": "1 Example Street\nNew York"}
    )
    Newsletter.objects.update_or_create(pk=1, defaults={"second_person_above": 1})
    for age, headline in enumerate(WEEK, 1):
        at = timezone.now() - timedelta(hours=age)
        make_published(headline, at=at, section=make_section("Europe"), deck=f"About {headline}.")
    for name in ("ann", "ben"):
        make_subscriber(f"{name}@example.org")
    return make_user(ROLE, email="editor@example.org")


def row(page: Page, headline: str) -> Locator:
    return page.locator("[data-item]", has_text=headline)


@contextmanager
def saved(page: Page) -> Iterator[None]:
    """What is done inside has reached the round-up's row afterwards."""
    facts = page.locator("#facts")
    before = facts.get_attribute("data-version") or ""
    yield
    expect(facts).not_to_have_attribute("data-version", before)


def draft_and_arrange(page: Page) -> None:
    """One click, then a piece moved by keyboard, one reworded, one skipped for a reason."""
    page.goto("/admin/newsletter/issue/")
    page.get_by_role("button", name="Draft this week’s round-up").click()
    page.wait_for_url("**/change/")
    page.get_by_role("button", name="Move Grain moves again").focus()
    with saved(page):
        for key in ("Space", "ArrowUp", "ArrowUp", "Space"):
            page.keyboard.press(key)
    row(page, "Talks resume").get_by_text("Edit").click()
    row(page, "Talks resume").get_by_label("Blurb").fill("Two lines that only the letter has.")
    letter = page.frame_locator("iframe").last
    expect(letter.get_by_text("Two lines that only the letter has.")).to_be_visible()
    lapsed = row(page, "A treaty lapses")
    lapsed.get_by_text("Edit").click()
    lapsed.get_by_label("Another reason").fill("Overtaken by the talks")
    lapsed.get_by_role("button", name="Skip").click()
    expect(page.locator("#facts")).to_contain_text("1 skipped")
    expect(letter.get_by_role("heading", name="A treaty lapses")).to_have_count(0)


def write_head(page: Page) -> None:
    with saved(page):
        page.get_by_label("Subject").fill("The harbour opens, and who waits outside")
    with saved(page):
        page.get_by_label("Preheader").fill("Also: talks resume, and the grain moves again")


def send_test(page: Page, smtp: Sink, to: str) -> None:
    page.get_by_role("link", name="Check and approve").click()
    page.get_by_label(to).check()
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator("#tested")).to_contain_text("on its way")
    work()
    expect(page.locator("#tested")).to_contain_text("Tested")
    assert smtp.recipients == [["editor@example.org"]]
    assert "Two lines that only the letter has." in smtp.letters[0].as_string()


def approve_and_schedule(page: Page, n_readers: int) -> None:
    """As somebody who did not edit it; the number of readers is typed, wrongly first."""
    page.get_by_role("button", name="Approve and freeze").click()
    expect(page.locator(".state").first).to_have_text("Approved")
    count = page.get_by_label("Number of subscribers")
    count.fill("7")
    page.get_by_role("button", name="Send at once").click()
    expect(page.get_by_text("not 7")).to_be_visible()
    page.errors.clear()  # type: ignore[attr-defined]  # the console tells of the refusal
    count.fill(str(n_readers))
    page.get_by_role("button", name="Send at once").click()
    expect(page.get_by_text("It leaves today")).to_be_visible()


def test_a_newsletter_editors_friday(page: Page, editor: User, smtp: Sink) -> None:
    at_desk(page, editor)
    draft_and_arrange(page)
    write_head(page)
    send_test(page, smtp, to=str(editor))
    expect(page.get_by_role("button", name="Approve and freeze")).to_be_disabled()
    expect(page.get_by_text("somebody who has not must approve it")).to_be_visible()
    address = page.url

    page.context.clear_cookies()
    at_desk(page, make_user(ROLE)).goto(address)
    approve_and_schedule(page, n_readers=2)
    smtp.recipients.clear()
    tend_all()

    assert sorted(smtp.recipients) == [["ann@example.org"], ["ben@example.org"]]
    page.reload()
    page.get_by_role("link", name="Its page in the archive").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The harbour opens")
    headlines = page.locator("main").get_by_role("heading").all_inner_texts()
    assert [text for text in headlines if text in WEEK] == [WEEK[0], WEEK[3], WEEK[1]]
