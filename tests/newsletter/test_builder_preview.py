"""The letter in its frame: as readers get it, but nothing in it leads anywhere."""

import pytest
from django.conf import settings
from django.test import Client

from articles.models import Article
from newsletter.models import Issue
from tests.desk import logged_in
from tests.factories import make_photo
from tests.factories_newsletter import make_sent
from tests.newsletter.test_builder_changes import at
from tests.roundup import make_roundup

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue() -> Issue:
    made = make_roundup("Lead", "Second")
    Article.objects.filter(headline="Lead").update(photo=make_photo(alt="A harbour"))
    return made


@pytest.fixture
def desk() -> Client:
    return logged_in(role="newsletter editor")


def test_letter_is_shown_in_a_frame_of_this_site_alone(desk: Client, issue: Issue) -> None:
    response = desk.get(at("preview", issue))

    assert "Second" in response.text
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox allow-same-origin" in policy
    assert "allow-scripts" not in policy


def test_personal_links_lead_nowhere(desk: Client, issue: Issue) -> None:
    for part in ("html", "text"):
        assert "personal:" not in desk.get(at("preview", issue), {"part": part}).text


def test_pictures_come_from_the_host_that_shows_the_desk(desk: Client, issue: Issue) -> None:
    page = desk.get(at("preview", issue)).text

    assert f'src="{settings.SITE_URL}' not in page
    assert 'src="/media/' in page


def test_pictures_can_be_off(desk: Client, issue: Issue) -> None:
    page = desk.get(at("preview", issue), {"pictures": "off"}).text

    assert "/media/" not in page
    assert "A harbour" in page


def test_plain_text_is_plain(desk: Client, issue: Issue) -> None:
    response = desk.get(at("preview", issue), {"part": "text"})

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "SECOND" in response.text.upper()


def test_dark_letter_is_dark_whatever_the_browser_prefers(desk: Client, issue: Issue) -> None:
    page = desk.get(at("preview", issue), {"scheme": "dark"}).text

    assert "@media all" in page


def test_letter_that_was_sent_is_the_frozen_one(desk: Client, issue: Issue) -> None:
    make_sent(issue)
    Article.objects.filter(headline="Second").update(headline="Changed")

    page = desk.get(at("preview", issue)).text

    assert "Second" in page
    assert "Changed" not in page


def test_frozen_letter_is_shown_light_and_dark(desk: Client, issue: Issue) -> None:
    make_sent(issue)

    light = desk.get(at("preview", issue), {"scheme": "light"}).text
    dark = desk.get(at("preview", issue), {"scheme": "dark"}).text

    assert "@media not all" in light
    assert "@media all" in dark


def test_looking_at_links_counts_no_click(desk: Client, issue: Issue) -> None:
    Issue.objects.filter(pk=issue.pk).update(counts_clicks=True)
    issue.refresh_from_db()
    assert "/newsletter/go/" not in desk.get(at("preview", issue)).text

    make_sent(issue)

    assert "/newsletter/go/" in issue.html
    assert "/newsletter/go/" not in desk.get(at("preview", issue)).text
