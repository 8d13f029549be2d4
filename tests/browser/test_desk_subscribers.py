"""The screens of subscribers, imports, suppressions and segments, as staff see them."""

import io
from typing import Any

import pytest
from playwright.sync_api import Page

from newsletter import growth
from newsletter.importing import running
from newsletter.models import Source, Suppression
from newsletter.services import importing, subscribing
from newsroom.models import User
from tests.browser.desk import at_desk, troubles
from tests.factories import make_section, make_user
from tests.factories_newsletter import make_segment, make_subscriber

pytestmark = pytest.mark.browser
PROOF = "Signed up on old.example.org from 2019 to 2024, each confirmed by mail."


@pytest.fixture
def screens(page: Page) -> list[str]:
    """With a name as long as names get, as somebody who may do everything."""
    europe = make_section("Europe")
    subscriber = make_subscriber(f"{'long.name.' * 20}@example.org", sections=[europe])
    subscribing.leave(subscriber.pk)
    growth.joined(Source.FRONT, subscriber.joined_at or subscriber.asked_at)  # type: ignore[arg-type]
    segment = make_segment(sections=[europe])
    at_desk(page, User.objects.create_superuser("root", password="secret"))
    suppression = Suppression.objects.get()
    batch = make_checked()
    ones = [f"subscriber/{subscriber.pk}", f"suppression/{suppression.pk}"]
    ones += [f"import/{batch.pk}", f"segment/{segment.pk}"]
    lists = ["subscriber/", "subscriber/growth/", "suppression/", "import/", "segment/"]
    adds = ["subscriber/add/", "import/add/", "segment/add/"]
    paths = [*lists, *adds, *(f"{one}/change/" for one in ones)]
    return [f"/admin/newsletter/{path}" for path in paths]


def make_checked() -> Any:
    file = io.BytesIO(b"Mail\nann@example.org\nbad\n")
    by = make_user("newsletter editor")
    batch = importing.take(file, name="a-very-long-name" * 8, statement=PROOF, by=by)
    running.work(batch.pk)
    return batch


def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, screens: list[str]) -> None:
    assert troubles(page, screens) == []
