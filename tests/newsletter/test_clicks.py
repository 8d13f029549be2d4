"""Clicks are counted per link and day, by nobody, and only where staff have switched it on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter import clicks, links, rendering
from newsletter.content import compose
from newsletter.models import Click, Issue
from tests.factories_newsletter import make_letter, make_sent
from tests.newsletter.test_letter_html import parsed

pytestmark = pytest.mark.django_db
BROWSER = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def sent() -> Issue:
    return make_sent(make_letter(3, counts_clicks=True))


def address(issue: Issue, link: int) -> str:
    return f"/newsletter/go/{issue.pk}/{link}/"


def counts() -> list[tuple[int, int, int]]:
    return list(Click.objects.order_by("link").values_list("link", "n_people", "n_robots"))


def test_links_lead_straight_there_by_default() -> None:
    content = compose(make_letter())

    assert "/newsletter/go/" not in rendering.html(content) + rendering.text(content)


def test_links_lead_through_the_counter_where_switched_on(sent: Issue) -> None:
    for url in links.destinations(sent.content):  # type: ignore[arg-type]
        assert f'href="{url}"' not in sent.html
    assert address(sent, 0) in sent.html
    assert address(sent, 0) in sent.plain


def test_personal_links_are_never_counted(sent: Issue) -> None:
    for name in ("leave", "preferences", "archive"):
        assert f'href="personal:{name}"' in sent.html


def test_text_written_by_hand_is_counted_too() -> None:
    content = compose(make_letter(counts_clicks=True, text="See https://example.org/a?b=1&c=2."))

    assert "https://example.org/" not in rendering.text(content)


def test_link_leads_on_and_is_counted_once_for_each_visit(client: Client, sent: Issue) -> None:
    [first, *_] = links.destinations(sent.content)  # type: ignore[arg-type]

    for _ in range(3):
        response = client.get(address(sent, 0), headers=BROWSER)

    assert (response.status_code, response["Location"]) == (302, first)
    assert counts() == [(0, 3, 0)]


def test_nobody_is_recognised(client: Client, sent: Issue) -> None:
    response = client.get(address(sent, 0), headers=BROWSER)

    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    [row] = Click.objects.values()
    assert row.keys() == {"id", "issue_id", "link", "on", "n_people", "n_robots"}


@pytest.mark.parametrize("agent", ["", "Googlebot/2.1", "python-requests/2.32", "curl/8.5"])
def test_programs_are_counted_apart(client: Client, sent: Issue, agent: str) -> None:
    client.get(address(sent, 0), headers={"User-Agent": agent})

    assert counts() == [(0, 0, 1)]


def test_question_without_an_answer_is_a_robot_s(client: Client, sent: Issue) -> None:
    client.head(address(sent, 0), headers=BROWSER)

    assert counts() == [(0, 0, 1)]


def test_rush_after_the_start_is_robots(client: Client, sent: Issue) -> None:
    Issue.objects.update(started_at=timezone.now() - timedelta(seconds=30))

    client.get(address(sent, 0), headers=BROWSER)

    assert counts() == [(0, 0, 1)]


def test_who_follows_the_hidden_link_is_a_robot(client: Client, sent: Issue) -> None:
    trap = links.trap(sent.content)  # type: ignore[arg-type]
    path = trap[trap.index("/newsletter/") :]
    [link] = [e for e in parsed(sent.html).iter("a") if e.get("href") == trap]
    assert (link.get("aria-hidden"), link.get("tabindex")) == ("true", "-1")
    assert "display:none" in (link.get("style") or "")

    response = client.get(path, headers=BROWSER)

    assert response["Location"] == "/newsletter/archive/"
    assert [robots for _, _, robots in counts()] == [1]


@pytest.mark.parametrize("path", ["{}/99/", "0/0/", "99999999999999999999/0/", "{}/-1/"])
def test_counter_leads_nowhere_else(client: Client, sent: Issue, path: str) -> None:
    assert client.get(f"/newsletter/go/{path.format(sent.pk)}").status_code == 404
    assert counts() == []


def test_counter_of_a_draft_does_not_answer(client: Client, sent: Issue) -> None:
    Issue.objects.update(status="draft")

    assert client.get(address(sent, 0), headers=BROWSER).status_code == 404


def test_counter_does_not_answer_where_it_is_off(client: Client) -> None:
    issue = make_sent(make_letter())

    assert client.get(address(issue, 0), headers=BROWSER).status_code == 404


def test_counting_takes_three_queries(client: Client, sent: Issue) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(address(sent, 0), headers=BROWSER)

    assert len(queries) <= 3


def test_post_is_refused(client: Client, sent: Issue) -> None:
    assert client.post(address(sent, 0)).status_code == 405


def test_staff_see_sums_by_link(sent: Issue) -> None:
    today = timezone.now().date()
    for on in (today, today - timedelta(days=1)):
        Click.objects.count_one(sent.pk, 1, on, is_robot=False)
    Click.objects.count_one(sent.pk, 1, today, is_robot=True)

    found = clicks.followed(sent)

    assert [(one.n_people, one.n_robots) for one in found[:3]] == [(0, 0), (2, 1), (0, 0)]
    assert [one.url for one in found] == [*links.destinations(sent.content), ""]  # type: ignore[arg-type]
