"""What a round-up says."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Notice
from newsletter import content
from newsletter.content import compose
from newsletter.models import Issue, Item
from newsletter.pictures import BESIDE, LEAD, picture
from tests.factories import make_contributor, make_photo, make_published
from tests.factories_newsletter import make_issue, make_item, make_letter

pytestmark = pytest.mark.django_db


def kinds(issue: Issue) -> list[tuple[str, object]]:
    return [(block["kind"], block.get("label")) for block in compose(issue)["blocks"]]


def test_first_piece_without_a_label_leads() -> None:
    issue = make_issue()
    make_item(issue, make_published(), group="Europe")
    make_item(issue, make_published())
    make_item(issue, make_published())

    assert kinds(issue) == [("group", "Europe"), ("lead", None), ("group", "")]


def test_pieces_of_one_label_that_follow_one_another_are_one_group() -> None:
    issue = make_issue()
    for group in ["Europe", "Europe", "Asia", "Europe"]:
        make_item(issue, make_published(), group=group)

    labels = [label for _, label in kinds(issue)]
    assert labels == ["Europe", "Asia", "Europe"]


def test_block_between_pieces_ends_a_group() -> None:
    issue = make_issue()
    make_item(issue, make_published(), group="Europe")
    make_item(issue, body="<p>Between</p>")
    make_item(issue, make_published(), group="Europe")

    assert [kind for kind, _ in kinds(issue)] == ["group", "text", "group"]


def test_skipped_piece_is_not_in_it() -> None:
    issue = make_issue()
    make_item(issue, make_published(), skip_reason="Too short")

    assert compose(issue)["blocks"] == []


def test_piece_says_what_a_letter_needs() -> None:
    article = make_published("Grain leaves", contributors=[make_contributor("Ann Example")])
    issue = make_issue()
    item = make_item(issue, article)

    [piece] = content.pieces(compose(issue))

    assert piece == {
        "item": item.pk,
        "article": article.pk,
        "version": article.version,
        "headline": "Grain leaves",
        "blurb": article.deck,
        "deck": article.deck,
        "url": settings.SITE_URL + article.get_absolute_url(),
        "label": "Europe",
        "byline": "Ann Example",
        "picture": None,
    }


def test_own_headline_and_blurb_replace_those_of_the_piece() -> None:
    issue = make_issue()
    make_item(issue, make_published(), headline="Mine", blurb="For the mail")

    [piece] = content.pieces(compose(issue))

    assert (piece["headline"], piece["blurb"]) == ("Mine", "For the mail")


def test_picture_can_be_left_out() -> None:
    issue = make_issue()
    make_item(issue, make_published(photo=make_photo()), shows_photo=False)

    [piece] = content.pieces(compose(issue))

    assert piece["picture"] is None


def test_lead_has_a_wide_picture_and_the_others_a_small_one() -> None:
    renditions = {"16:9": [[480, 270], [1200, 675], [1800, 1012]], "4:3": [[240, 180], [480, 360]]}
    photo = make_photo(renditions=renditions, width=1800, height=1200)

    wide, small = picture(photo, LEAD), picture(photo, BESIDE)

    base = f"{settings.SITE_URL}/media/photos/{photo.token}"
    assert (wide["src"], wide["width"], wide["height"]) == (f"{base}/16x9-1200.jpg", 600, 338)
    assert (small["src"], small["width"], small["height"]) == (f"{base}/4x3-480.jpg", 180, 135)


def test_picture_without_renditions_is_the_safe_copy_in_its_own_shape() -> None:
    photo = make_photo(renditions={}, width=900, height=600)

    shown = picture(photo, LEAD)

    assert shown["src"].endswith(f"{photo.token}/safe.jpg")
    assert (shown["width"], shown["height"]) == (600, 400)


def test_decorative_picture_is_described_by_nothing() -> None:
    assert picture(make_photo(is_decorative=True), LEAD)["alt"] == ""


def test_week_s_corrections_are_told_oldest_first() -> None:
    issue = make_issue()
    article = make_published("Grain leaves", at=issue.since - timedelta(days=9))
    for hours, text in [(-1, "Before."), (0, "First."), (5, "Second."), (24 * 7, "After.")]:
        at = issue.since + timedelta(hours=hours)
        Notice.objects.create(article=article, kind="correction", text=text, at=at)
    make_item(issue, kind=Item.Kind.CORRECTIONS)

    [block] = compose(issue)["blocks"]

    assert block["kind"] == "corrections"
    assert [item["text"] for item in block["items"]] == ["First.", "Second."]


def test_week_without_corrections_has_no_box() -> None:
    issue = make_issue()
    make_item(issue, kind=Item.Kind.CORRECTIONS)

    assert compose(issue)["blocks"] == []


def test_links_of_texts_lead_out_of_a_letter() -> None:
    issue = make_issue(opening='<p><a href="/about/">Us</a> <a href="https://x.org/">it</a></p>')

    opening = compose(issue)["opening"]

    assert f'href="{settings.SITE_URL}/about/"' in opening
    assert 'href="https://x.org/"' in opening


def test_photo_in_a_text_becomes_a_plain_picture() -> None:
    photo = make_photo(alt='"Quoted" <b>')
    issue = make_issue()
    make_item(issue, body=f'<figure data-photo="{photo.pk}"><figcaption>Us</figcaption></figure>')

    [block] = compose(issue)["blocks"]

    assert block["kind"] == "text"
    assert 'alt="&quot;Quoted&quot; &lt;b&gt;"' in block["body"]
    assert "<figcaption>Us Ann Example/Agency</figcaption>" in block["body"]


def test_video_in_a_text_becomes_a_link() -> None:
    issue = make_issue(opening='<figure data-embed="https://vimeo.com/123456789"></figure>')

    assert compose(issue)["opening"] == (
        '<p><a href="https://vimeo.com/123456789">Watch the video</a></p>'
    )


def test_headline_cannot_turn_the_text_around() -> None:
    issue = make_issue(subject="Safe\u202egnp.exe\r\nBcc: x@example.org")

    assert compose(issue)["subject"] == "Safegnp.exe Bcc: x@example.org"


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        ((2024, 12, 13), (2024, 12, 20), "Dec. 13–20, 2024"),
        ((2024, 11, 29), (2024, 12, 6), "Nov. 29–Dec. 6, 2024"),
        ((2024, 12, 27), (2025, 1, 3), "Dec. 27, 2024–Jan. 3, 2025"),
        ((2024, 12, 13), (2024, 12, 13), "Dec. 13, 2024"),
    ],
)
def test_covered_days_are_said_shortly(
    since: tuple[int, int, int], until: tuple[int, int, int], shown: str
) -> None:
    moments = [datetime(*day, 12, tzinfo=UTC) for day in (since, until)]
    assert content.covers(moments[0], moments[1], ZoneInfo("UTC")) == shown


def test_days_are_those_of_the_publication() -> None:
    late = datetime(2024, 12, 13, 23, 30, tzinfo=UTC)
    assert content.day(late, ZoneInfo("Europe/Berlin")) == "Dec. 14, 2024"


@pytest.mark.parametrize("n", [7, 70])
def test_queries_do_not_grow_with_the_pieces(n: int) -> None:
    issue = make_letter(n)
    Notice.objects.create(
        article=issue.items.exclude(article=None)[0].article,  # type: ignore[misc]
        kind="correction",
        text="Wrong.",
        at=timezone.now() - timedelta(hours=1),
    )

    with CaptureQueriesContext(connection) as queries:
        composed = compose(issue)

    assert len(list(content.pieces(composed))) == n
    assert len(queries) <= 5
