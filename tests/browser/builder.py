"""What a newsletter editor sees and does in the builder of round-ups."""

from playwright.sync_api import Locator, Page, expect

from newsletter.models import Issue
from tests.browser.desk import at_desk
from tests.factories import make_user
from tests.roundup import make_roundup

HEADLINES = ["Lead story", "Second story", "Third story", "Fourth story"]


def open_builder(page: Page, issue: Issue | None = None) -> Issue:
    issue = issue or make_roundup(*HEADLINES)
    at_desk(page, make_user("newsletter editor"))
    page.goto(f"/admin/newsletter/issue/{issue.pk}/change/")
    expect(page.locator("[data-builder]")).to_be_visible()
    return issue


def row(page: Page, headline: str) -> Locator:
    return page.locator("[data-item]").filter(has_text=headline)


def grip(page: Page, headline: str) -> Locator:
    return page.get_by_role("button", name=f"Move {headline}")


def stored(page: Page, issue: Issue) -> None:
    """Wait until the screen shows a later version than `issue`."""
    before = f"draft-{issue.version}-0"
    expect(page.locator("#facts")).not_to_have_attribute("data-version", before)


def order(issue: Issue) -> list[str]:
    return [str(item) for item in issue.items.shown()]
