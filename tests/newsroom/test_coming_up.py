"""The board of what is coming."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from newsletter.models import Issue
from newsroom.models import Publication
from tests.desk import logged_in
from tests.factories import make_article, make_contributor, make_published
from tests.factories_newsletter import make_issue

pytestmark = pytest.mark.django_db
BOARD = "/admin/coming-up/"
NOON = datetime(2026, 10, 24, 12, tzinfo=UTC)  # a Saturday; in Berlin the clocks go back at night


def part(page: str, name: str) -> str:
    """What stands under the heading that begins with `name`."""
    return page.partition(f">{name}")[2].partition("</section>")[0]


def make_waiting(at: datetime) -> None:
    """A round-up that leaves at `at`."""
    approved = {"content": {}, "digest": "x", "approved_at": timezone.now()}
    make_issue(subject="Letter", status=Issue.Status.SCHEDULED, send_at=at, **approved)


def test_each_day_shows_what_appears_is_planned_goes_and_leaves() -> None:
    now = timezone.now()
    make_published("Waiting", at=now + timedelta(days=3), contributors=[make_contributor("Ann A")])
    make_published("Ending", published_until=now + timedelta(days=3))
    make_article("Planned", published_at=now + timedelta(days=3), status="review")
    make_waiting(now + timedelta(days=3))
    make_published("Out")
    make_article("Some day")
    day = timezone.localdate(now + timedelta(days=3))

    page = logged_in().get(BOARD).content.decode()

    found = part(page, f"{day:%A}, {day.day}")
    for words in ("Waiting", "Appears", "Ann A", "Ending", "Goes", "Planned: in review", "Letter"):
        assert words in found
    assert "Some day" not in page
    assert ">Out<" not in page


def test_what_was_planned_and_is_not_out_is_late() -> None:
    now = timezone.now()
    make_article("Forgotten", published_at=now - timedelta(hours=1))
    back = make_published("Taken back", at=now - timedelta(days=1))
    Article.objects.filter(pk=back.pk).update(status="draft")

    page = logged_in().get(BOARD).content.decode()

    assert "Forgotten" in part(page, "Late")
    assert "Taken back" not in page


def test_days_and_times_are_the_publications_with_their_zone() -> None:
    Publication.objects.update(time_zone="Europe/Berlin")
    with time_machine.travel(NOON, tick=False):
        make_published("Summer", at=datetime(2026, 10, 24, 22, 30, tzinfo=UTC))
        make_published("First", at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
        make_published("Second", at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC))

        page = logged_in().get(BOARD).content.decode()

    sunday = part(page, "Tomorrow, 25 October")
    times = [row.split("</span>")[0] for row in sunday.split('coming__time">')[1:]]
    assert times == ["0:30 CEST", "2:30 CEST", "2:30 CET"]
    assert "Now it is 14:00 CEST" in page


def test_board_is_for_whoever_sees_pieces_or_letters() -> None:
    make_waiting(timezone.now() + timedelta(hours=1))

    assert logged_in(role="nobody").get(BOARD).status_code == 403
    assert "Letter" not in logged_in(role="writer").get(BOARD).content.decode()
    assert "Letter" in logged_in(role="newsletter editor").get(BOARD).content.decode()


def test_queries_do_not_grow() -> None:
    now, client, counts = timezone.now(), logged_in(), []
    for n in (2, 30):
        for age in range(n):
            make_published(at=now + timedelta(hours=age + 1), contributors=[make_contributor()])
        counts.append(n_queries(client))

    assert counts[1] <= counts[0] <= 9


def n_queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(BOARD).status_code == 200
    return len(asked)
