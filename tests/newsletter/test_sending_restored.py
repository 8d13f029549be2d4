"""A database restored from a backup sends nothing until somebody at the desk has looked."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from newsletter.models import Issue, Origin
from newsletter.sending import origin
from tests.desk import logged_in
from tests.newsletter.letters_sent import url
from tests.newsletter.sending import ROLE, make_scheduled

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/newsletter/issue/origin/"
LIST = "/admin/newsletter/issue/"


@pytest.fixture
def copied() -> Issue:
    """A round-up that waits, in a database that is a copy."""
    issue = make_scheduled(at=timezone.now() + timedelta(days=14))
    Origin.objects.create(pk=1, identity="elsewhere", since=timezone.now() - timedelta(days=30))
    return issue


def shown(path: str, client: Client | None = None) -> str:
    return (client or logged_in(role=ROLE)).get(path).content.decode()


def test_banner_is_on_start_page_list_and_screens(copied: Issue) -> None:
    for path in ["/admin/", LIST, url(copied, "status")]:
        assert "This database is a copy" in shown(path)
        assert ADDRESS in shown(path)


def test_there_is_none_where_the_ledger_was_written() -> None:
    issue = make_scheduled(at=timezone.now() + timedelta(days=14))
    origin.note()

    for path in ["/admin/", LIST, url(issue, "status"), ADDRESS]:
        assert "This database is a copy" not in shown(path)


def test_screen_names_what_is_to_be_looked_at(copied: Issue) -> None:
    page = shown(ADDRESS)

    assert url(copied, "status") in page
    assert "I have looked" in page


def test_confirming_lets_it_go_on_and_is_logged(copied: Issue) -> None:
    client = logged_in(role=ROLE)

    page = client.post(ADDRESS, follow=True).content.decode()

    assert not origin.is_elsewhere()
    assert "Confirmed. Letters leave from this database from now on." in page
    assert LogEntry.objects.latest("pk").change_message.startswith("Confirmed.")


def test_a_second_click_is_told_so(copied: Issue) -> None:
    client = logged_in(role=ROLE)
    client.post(ADDRESS)

    assert "That is confirmed already." in client.post(ADDRESS, follow=True).content.decode()


def test_whoever_may_not_send_reads_but_cannot_confirm(copied: Issue) -> None:
    client = logged_in(role="editor")

    assert "I have looked" not in shown(ADDRESS, client)
    assert client.post(ADDRESS).status_code == 403
    assert origin.is_elsewhere()
