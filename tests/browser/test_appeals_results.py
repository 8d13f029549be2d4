"""The screen of results in a real browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from newsroom.filler.appeals import fill_counts
from tests.browser.desk import WIDTHS, at_desk, troubles
from tests.factories import make_published, make_user
from tests.factories_donations import make_appeal, make_live

pytestmark = pytest.mark.browser


@pytest.fixture
def screens() -> list[str]:
    """Of an appeal with two wordings, of one with a long name, of one without counts, of all."""
    make_published("A" * 90)
    now = timezone.now()
    for name in ["Winter", "Donaudampfschifffahrtsgesellschaft" * 2]:
        start, end = now - timedelta(days=30), now + timedelta(days=1)
        fill_counts(make_live("A", "B", name=name, starts_at=start, ends_at=end), until=now)
    empty = make_appeal()
    first = empty.pk - 2
    each = [f"/admin/donations/appeal/{pk}/results/" for pk in range(first, empty.pk + 1)]
    return [*each, "/admin/donations/appeal/results/"]


def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, screens: list[str]) -> None:
    at_desk(page, make_user("fundraiser"))

    assert troubles(page, screens, [320, *WIDTHS]) == []

    # The drawing has its numbers beside it.
    page.goto(screens[0])

    page.get_by_text("The numbers").click()

    expect(page.get_by_role("region", name="The numbers").locator("tbody tr")).to_have_count(31)
