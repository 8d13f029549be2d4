"""By the reader's clock, pages that were made earlier show each appeal when its time has come."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from tests.browser.appeals import COUNT, ask, visit
from tests.donations.schedule import A_SECOND, OVERLAPS, Asked, around, meant
from tests.factories_donations import make_live, make_pause, make_rules

pytestmark = pytest.mark.browser
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def path(context: BrowserContext) -> str:
    make_rules()
    return "/latest/"


@pytest.fixture
def soon() -> datetime:
    return timezone.now().replace(microsecond=0) + 10 * A_MINUTE


def unmoved(page: Page) -> None:
    """The server, whose clock stays, would take away what it takes for early or late."""
    page.route(COUNT, lambda route: route.fulfill(status=204))


def shown(page: Page, path: str, at: datetime) -> str:
    """The text of the appeal on a page that the server has made now and a reader opens `at`."""
    page.clock.set_fixed_time(at)
    visit(page, path)
    texts = ask(page).locator(".appeal__text").all_inner_texts()
    return texts[0] if texts else ""


def test_shown_from_its_start_on_and_before_its_end(page: Page, path: str, soon: datetime) -> None:
    unmoved(page)
    ends = soon + A_MINUTE
    make_live("x", slot="top", starts_at=soon, ends_at=ends)

    assert [shown(page, path, at) for at in around(soon)] == ["", "x", "x"]
    assert [shown(page, path, at) for at in around(ends)] == ["x", "", ""]


def test_not_shown_in_a_pause(page: Page, path: str, soon: datetime) -> None:
    make_live("x", slot="top")
    ends = soon + A_MINUTE
    make_pause(soon, ends)

    assert [shown(page, path, at) for at in around(soon)] == ["x", "", ""]
    assert [shown(page, path, at) for at in around(ends)] == ["", "x", "x"]


@pytest.mark.parametrize("order", [OVERLAPS[0], OVERLAPS[-1]], ids=lambda order: order[-1].name)
def test_of_three_at_once_the_higher_and_then_the_older_is_shown(
    page: Page, path: str, soon: datetime, order: tuple[Asked, ...]
) -> None:
    unmoved(page)
    for one in order:  # an hour of the table is a few seconds here
        start, end = (soon + hours * 3 * A_SECOND for hours in (one.start, one.end))
        make_live(one.name, slot="top", starts_at=start, ends_at=end, priority=one.priority)

    found = {
        hour: [shown(page, path, at) for at in around(soon + hour * 3 * A_SECOND)]
        for hour in meant(order)
    }

    assert found == meant(order)
