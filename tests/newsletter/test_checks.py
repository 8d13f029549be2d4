"""What is looked at before a round-up may be approved."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Page, Photo
from articles.services import addresses
from newsletter import checks as module
from newsletter import reach, rendering
from newsletter.checks import Check, checks
from newsletter.models import Issue, Newsletter
from newsroom.models import Publication
from tests.factories import make_published, make_section, make_tag
from tests.factories_newsletter import (
    make_item,
    make_letter,
    make_segment,
    make_sent,
    make_subscriber,
)

pytestmark = pytest.mark.django_db


def ready(n: int = 3, **fields: Any) -> Issue:
    """A round-up against which nothing speaks."""
    issue = make_letter(n, **{"tested_version": 1, **fields})
    for photo in Photo.objects.all():
        for crop, width in [("16:9", 800), ("4:3", 240)]:
            default_storage.save(photo.rendition(crop, width, "jpg"), ContentFile(b"x" * 1000))
    make_subscriber()
    return issue


def texts(issue: Issue, level: str) -> list[str]:
    return [check.text for check in checks(issue) if check.level == level]


def only_block(issue: Issue) -> Check:
    [found] = [check for check in checks(issue) if check.level == "block"]
    return found


def test_nothing_speaks_against_a_good_one() -> None:
    issue = ready()

    assert texts(issue, "block") == []
    assert texts(issue, "warn") == []
    assert len(texts(issue, "ok")) >= 8


def test_nothing_speaks_against_its_frozen_copy() -> None:
    assert texts(make_sent(ready()), "block") == []


def test_subject_is_needed() -> None:
    assert only_block(ready(subject="")).text == "There is no subject"


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"subject": "x" * 71}, "The subject is long"), ({"preheader": ""}, "There is no preheader")],
)
def test_inbox_lines_are_warned_of(fields: dict[str, str], said: str) -> None:
    issue = ready()
    Issue.objects.update(**fields)
    issue.refresh_from_db()

    assert texts(issue, "warn") == [said]


def test_owed_piece_blocks_and_is_named() -> None:
    issue = ready()
    make_published("Forgotten", at=timezone.now() - timedelta(hours=3))
    Issue.objects.update(until=timezone.now())
    issue.refresh_from_db()

    assert only_block(issue).detail == "Forgotten"


def test_round_up_without_a_piece_is_none() -> None:
    assert only_block(ready(0)).text == "There is no piece in it"


def test_piece_that_is_not_public_blocks() -> None:
    issue = ready()
    piece = Article.objects.latest("pk")
    Article.objects.filter(pk=piece.pk).update(status="draft")

    found = only_block(issue)

    assert found.text == f"“{piece.headline}” is not public"
    assert found.url == f"/admin/articles/article/{piece.pk}/change/"


def test_changed_piece_is_warned_of() -> None:
    issue = ready()
    piece = Article.objects.latest("pk")
    Article.objects.filter(pk=piece.pk).update(deck="Something else.")

    assert texts(issue, "warn") == [f"“{piece.headline}” was changed since"]


@pytest.mark.parametrize(
    "path",
    ["/nowhere/", "/2024/12/09/nothing/", "/section/none/", "/admin/", "/newsletter/2024-01-02/"],
)
def test_link_to_nothing_of_ours_blocks(path: str) -> None:
    found = only_block(ready(opening=f'<p><a href="{path}">Here</a></p>'))

    assert found.text == "A link to our own site leads nowhere"
    assert found.detail == settings.SITE_URL + path


def test_links_to_our_pages_are_fine() -> None:
    issue = make_sent(ready())
    Page.objects.create(title="About", slug="about")
    piece = make_published()
    fixed = ["/", "/about/", "/latest?page=2", "/newsletter/#top", "/corrections/"]
    section = make_section("Europe")
    own = [row.get_absolute_url() for row in (section, piece, issue)]
    urls = [settings.SITE_URL + path for path in fixed + own]

    assert reach.dead(urls, timezone.now()) == []


def test_links_to_former_addresses_of_ours_are_fine() -> None:
    piece, gone = make_published(), make_tag()
    addresses.lead_on(piece, "before", piece.published_on)
    addresses.lead_on(gone, "gone")
    gone.delete()
    former = [piece.get_absolute_url().replace(piece.slug, "before"), "/topic/gone/"]
    urls = [settings.SITE_URL + path for path in former]

    assert reach.dead(urls, timezone.now()) == urls[1:]


def test_draft_of_ours_is_nowhere() -> None:
    piece = make_published(at=timezone.now() + timedelta(days=1))
    url = settings.SITE_URL + piece.get_absolute_url()

    assert reach.dead([url], timezone.now()) == [url]
    assert reach.dead([url], timezone.now() + timedelta(days=2)) == []


def test_link_that_is_no_address_blocks() -> None:
    assert only_block(ready(opening='<p><a href="https://nowhere">Here</a></p>')).text == (
        "A link is not an address"
    )


def test_link_without_https_is_warned_of() -> None:
    issue = ready(opening='<p><a href="http://example.org/">Here</a></p>')

    assert texts(issue, "warn") == ["A link is not https"]


def test_text_by_hand_must_have_the_same_links() -> None:
    issue = ready(text="Read https://example.org/a?b=1&c=2 and https://elsewhere.example/ now.")

    assert texts(issue, "block") == [
        "The plain text lacks links of the letter",
        "The plain text has links that the letter lacks",
    ]


def test_letter_that_gmail_cuts_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    issue = ready()
    monkeypatch.setattr(rendering, "CLIPPED_FROM", 5_000)

    assert only_block(issue).text == "Gmail would cut the letter off"


def test_letter_that_gmail_nearly_cuts_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    issue = ready()
    monkeypatch.setattr(module, "LARGE", 5_000)

    assert texts(issue, "warn") == ["Gmail is close to cutting the letter off"]


def test_lost_picture_blocks() -> None:
    issue = ready()
    Photo.objects.update(token="gone")

    assert only_block(issue).text == "The file of a picture is missing"


def test_heavy_pictures_are_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    issue = ready()
    monkeypatch.setattr(module, "HEAVY", 1_000)

    [warning] = texts(issue, "warn")

    assert warning.startswith("The pictures are heavy")


def test_photo_that_soon_expires_is_warned_of() -> None:
    issue = ready()
    Photo.objects.update(expires_on=timezone.localdate())

    assert all("may be shown until" in warning for warning in texts(issue, "warn"))
    assert texts(issue, "warn")


def test_photo_that_expired_since_it_was_frozen_blocks() -> None:
    issue = ready()
    make_sent(issue)
    Photo.objects.update(expires_on=timezone.localdate() - timedelta(days=1))

    assert "A photo may no longer be shown" in texts(issue, "block")


def test_postal_address_is_needed() -> None:
    issue = ready()
    Publication.objects.update(postal_address="")

    assert only_block(issue).text == "There is no postal address"


def test_segment_of_nobody_blocks() -> None:
    segment = make_segment(joined_before=timezone.now() - timedelta(days=999))

    assert only_block(ready(segment=segment)).text == "Nobody would get it"


def test_test_before_the_last_edit_does_not_count() -> None:
    issue = ready()
    Issue.objects.update(version=F("version") + 1)
    issue.refresh_from_db()

    assert only_block(issue).text == "No test was sent since the last edit"


@pytest.mark.parametrize("n", [7, 70])
def test_queries_do_not_grow(n: int) -> None:
    issue = ready(n)
    Newsletter.objects.get_or_create(pk=1)

    with CaptureQueriesContext(connection) as queries:
        checks(issue)

    assert len(queries) <= 14


def test_counted_links_are_the_same_in_both() -> None:
    issue = ready(counts_clicks=True)
    make_item(issue, body='<p><a href="/latest/">New</a></p>')

    assert texts(issue, "block") == []
