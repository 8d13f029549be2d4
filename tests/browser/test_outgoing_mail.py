"""Reading kept letters as a developer, and watching a round-up leave."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from newsletter.models import Issue, Subscriber
from newsroom.lib.outbox import BACKEND, names
from newsroom.models import User
from tests.browser.desk import at_desk, troubles
from tests.newsletter.sending import deliver_batch, make_scheduled, make_tested, send, start

pytestmark = pytest.mark.browser


@pytest.fixture
def outbox_here(settings: Settings, tmp_path: Path, live_server: LiveServer) -> None:
    settings.EMAIL_BACKEND, settings.OUTBOX_DIR = BACKEND, tmp_path / "outbox"
    settings.SITE_URL = live_server.url


@pytest.mark.usefixtures("outbox_here")
def test_a_developer_reads_a_letter_and_leaves_by_it(page: Page) -> None:
    send(make_scheduled())

    at_desk(page).get_by_role("link", name="Outgoing mail").click()
    page.get_by_role("link", name="What happened").click()
    letter = page.frame_locator("iframe")
    expect(letter.get_by_role("heading", name="The piece")).to_be_visible()
    letter.get_by_role("link", name="Unsubscribe").click()
    page.get_by_role("button", name="Unsubscribe").click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert Subscriber.objects.get().status == Subscriber.Status.LEFT


@pytest.mark.usefixtures("outbox_here")
def test_the_progress_of_a_round_up_is_seen_without_reloading(page: Page) -> None:
    issue = make_scheduled(22)
    start(issue)
    at_desk(page).goto(f"/admin/newsletter/issue/{issue.pk}/status/")
    expect(page.get_by_text("0 of 22")).to_be_visible()

    deliver_batch(issue)
    expect(page.get_by_text("20 of 22")).to_be_visible()

    send(issue)
    expect(page.get_by_role("link", name="Its page in the archive")).to_be_visible()


@pytest.fixture
def screens(page: Page, outbox_here: None) -> list[str]:
    """Every screen of this kind, with something on it."""
    sent, draft = make_scheduled(2), make_tested(version=2)
    send(sent)
    scheduled = Issue.objects.get(pk=sent.pk)
    scheduled.pk, scheduled.status, scheduled.published_on = None, "scheduled", None
    scheduled.send_at = timezone.now() + timedelta(days=14)
    scheduled.save()
    at_desk(page, User.objects.create_superuser("root", "root@example.org", "secret"))
    mail = ["/admin/outbox/", f"/admin/outbox/{names()[0]}/"]
    status = [f"/admin/newsletter/issue/{issue.pk}/status/" for issue in (sent, scheduled)]
    return [*mail, *status, f"/admin/newsletter/issue/{draft.pk}/approve/"]


def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, screens: list[str]) -> None:
    assert troubles(page, screens) == []
