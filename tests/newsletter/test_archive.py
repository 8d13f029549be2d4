"""The letters that were sent, as everybody can read them."""

import json
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import services, tasks
from articles.models import Article, Notice, Photo
from newsletter.models import Issue
from newsroom.models import Publication
from tests.factories import make_photo, make_published
from tests.factories_newsletter import make_issue, make_item, make_letter, make_sent

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def article() -> Article:
    return make_published(
        "Grain leaves", at=timezone.now() - timedelta(hours=3), photo=make_photo()
    )


@pytest.fixture
def sent(article: Article) -> Issue:
    """A letter with one piece."""
    issue = make_issue(preheader="And more")
    make_item(issue, article, blurb="As mailed.")
    return make_sent(issue)


def text(client: Client, issue: Issue) -> str:
    return client.get(issue.get_absolute_url()).content.decode()


def test_page_shows_what_was_sent_not_what_is_there_now(
    client: Client, sent: Issue, article: Article
) -> None:
    Article.objects.filter(pk=article.pk).update(headline="Grain stays")
    sent.items.update(blurb="Edited later.")

    page = text(client, sent)

    assert "Grain leaves" in page
    assert "As mailed." in page
    assert "Grain stays" not in page
    assert "Edited later" not in page


@pytest.mark.parametrize("status", ["draft", "approved", "scheduled"])
def test_letter_is_not_there_before_it_is_sent(client: Client, sent: Issue, status: str) -> None:
    Issue.objects.update(status=status, send_at=timezone.now())

    assert client.get(sent.get_absolute_url()).status_code == 404
    assert sent.subject not in client.get("/newsletter/archive/").content.decode()


def test_letter_is_there_while_it_is_being_sent(client: Client, sent: Issue) -> None:
    Issue.objects.update(status="sending")

    assert client.get(sent.get_absolute_url()).status_code == 200


def test_day_that_is_not_in_the_calendar_is_not_found(client: Client) -> None:
    assert client.get("/newsletter/2024-13-01/").status_code == 404


def test_page_holds_nothing_personal_and_no_style(client: Client, sent: Issue) -> None:
    page = text(client, sent)

    assert "personal:" not in page
    assert "Unsubscribe" not in page
    assert "style=" not in page


def test_page_is_the_same_for_everybody(client: Client, sent: Issue) -> None:
    response = client.get(sent.get_absolute_url())

    assert not response.cookies
    assert "csrf" not in response.content.decode()


def test_page_names_its_address(client: Client, sent: Issue) -> None:
    link = f'<link rel="canonical" href="{settings.SITE_URL}{sent.get_absolute_url()}">'
    assert link in text(client, sent)


@pytest.mark.parametrize("is_listed", [True, False])
def test_search_engines_are_told_whether_they_may(
    client: Client, sent: Issue, *, is_listed: bool
) -> None:
    Issue.objects.update(is_listed=is_listed)

    response = client.get(sent.get_absolute_url())

    assert ("X-Robots-Tag" in response) is not is_listed
    assert ("noindex" in response.content.decode()) is not is_listed
    assert 'type="application/atom+xml"' in response.content.decode()


def test_withdrawn_piece_keeps_its_headline_alone(
    client: Client, sent: Issue, article: Article
) -> None:
    Article.objects.filter(pk=article.pk).update(status="draft")

    page = text(client, sent)

    assert "Grain leaves" in page
    assert "This piece has been withdrawn" in page
    for gone in ("As mailed.", article.get_absolute_url(), "<img"):
        assert gone not in page


def test_killed_piece_keeps_nothing_nor_what_was_corrected_in_it(
    client: Client, article: Article
) -> None:
    issue, at = make_issue(), timezone.now() - timedelta(hours=2)
    Notice.objects.create(article=article, kind="correction", text="It was rye.", at=at)
    make_item(issue, article)
    make_item(issue, kind="corrections")
    sent = make_sent(issue)
    assert text(client, sent).count("Grain leaves") == 2
    services.kill(article, by=None, note="Wrong")

    for page in (text(client, sent), client.get("/feeds/newsletter/").content.decode()):
        assert "A piece that stood here has been withdrawn." in page
        for gone in ("Grain leaves", "It was rye.", article.get_absolute_url()):
            assert gone not in page


def test_credit_goes_with_the_photo_of_a_withdrawn_piece(client: Client) -> None:
    issue, photo = make_issue(), make_photo(photographer="Bo Baker")
    lead, piece = make_published("Lead"), make_published(photo=photo)
    for one in (lead, piece):
        make_item(issue, one)
    sent = make_sent(issue)
    assert "Bo Baker" in text(client, sent)

    Article.objects.filter(pk=piece.pk).update(status="draft")

    assert "Bo Baker" not in text(client, sent)


def test_piece_that_moved_is_linked_where_it_is(
    client: Client, sent: Issue, article: Article
) -> None:
    Article.objects.filter(pk=article.pk).update(slug="elsewhere")
    article.refresh_from_db()

    assert f'href="{article.get_absolute_url()}"' in text(client, sent)


def test_site_may_get_another_address(client: Client, article: Article) -> None:
    issue = make_issue(opening='<p><a href="/about/">Us</a></p>')
    at = timezone.now() - timedelta(hours=2)
    Notice.objects.create(article=article, kind="correction", text="It was rye.", at=at)
    make_item(issue, article)
    make_item(issue, kind="corrections")
    sent = make_sent(issue)
    old, new = settings.SITE_URL, "https://old.example"
    Issue.objects.update(content=json.loads(json.dumps(sent.content).replace(old, new)))

    page = text(client, sent)

    assert new not in page
    assert 'src="/media/photos/' in page


def test_later_correction_stands_under_its_piece_and_at_the_end(
    client: Client, sent: Issue, article: Article
) -> None:
    Notice.objects.create(article=article, kind="correction", text="It was <em>rye</em>.")

    page = text(client, sent)

    assert page.count("It was <em>rye</em>.") == 2
    assert "Corrected since this letter was sent" in page


def test_update_is_no_correction(client: Client, sent: Issue, article: Article) -> None:
    Notice.objects.create(article=article, kind="update", text="More came.")

    assert "More came." not in text(client, sent)


def test_correction_that_the_letter_told_itself_is_not_repeated(
    client: Client, article: Article
) -> None:
    issue = make_issue()
    at = timezone.now() - timedelta(hours=2)
    Notice.objects.create(article=article, kind="correction", text="It was rye.", at=at)
    make_item(issue, article)
    make_item(issue, kind="corrections")

    assert text(client, make_sent(issue)).count("It was rye.") == 1


def test_list_is_newest_first_and_in_pages(client: Client) -> None:
    for day in range(1, 23):
        make_sent(make_issue(subject=f"Letter {day:02}"), on=date(2026, 1, day))

    first = client.get("/newsletter/archive/").content.decode()
    second = client.get("/newsletter/archive/?page=2").content.decode()

    assert first.index("Letter 22") < first.index("Letter 21")
    assert "Letter 02" not in first
    assert "Letter 02" in second


def test_empty_list_says_what_to_do(client: Client) -> None:
    assert "Sign up" in client.get("/newsletter/archive/").content.decode()


@pytest.mark.parametrize("n", [3, 40])
def test_queries_do_not_grow(client: Client, n: int) -> None:
    issue = make_sent(make_letter(n))
    wrong = [Notice(article=piece, text="Wrong.") for piece in Article.objects.all()]
    Notice.objects.bulk_create(wrong)
    at_most = {issue.get_absolute_url(): 6, "/newsletter/archive/": 4, "/feeds/newsletter/": 7}

    for path, most in at_most.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        assert len(queries) <= most, path


def entries(client: Client) -> list[ET.Element]:
    feed = ET.fromstring(client.get("/feeds/newsletter/").content)  # noqa: S314  our own
    return feed.findall(f"{ATOM}entry")


def test_feed_has_the_whole_letter_with_full_addresses(
    client: Client, sent: Issue, article: Article
) -> None:
    [entry] = entries(client)

    content = entry.findtext(f"{ATOM}content") or ""
    assert "Grain leaves" in content
    assert f'href="{settings.SITE_URL}{article.get_absolute_url()}"' in content
    assert 'href="/' not in content
    assert 'src="/' not in content
    assert "personal:" not in content


def test_feed_leaves_out_what_xml_cannot_hold(client: Client, sent: Issue) -> None:
    Publication.objects.update_or_create(
        pk=1, defaults={"name": "Par\x02ley", "newsletter_promise": "Each\x0bweek"}
    )
    block: Any = sent.content
    block["blocks"][0]["item"]["picture"]["alt"] = "A\x03 ship"
    sent.save(update_fields=["content"])

    feed = client.get("/feeds/newsletter/").text

    assert "Parley: " in feed
    assert "Each week" in feed
    assert "A ship" in feed


def test_entry_of_the_feed_keeps_its_name(client: Client, sent: Issue) -> None:
    [before] = entries(client)
    Issue.objects.update(subject="Renamed", published_on=date(2026, 1, 2))
    [after] = entries(client)

    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert (before.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")


def test_feed_that_has_not_changed_is_not_sent_again(client: Client, sent: Issue) -> None:
    tag = client.get("/feeds/newsletter/")["ETag"]

    assert client.get("/feeds/newsletter/", headers={"If-None-Match": tag}).status_code == 304


def test_pictures_of_a_sent_letter_outlive_a_new_crop(sent: Issue, article: Article) -> None:
    photo = article.photo
    assert photo
    default_storage.save(photo.safe_copy, ContentFile(b"picture"))
    old, _ = photo.token, Photo.objects.update(token="another")

    tasks.remove_renditions(token=old)

    assert default_storage.exists(photo.safe_copy)


def test_pictures_that_no_letter_shows_go_after_a_new_crop(sent: Issue) -> None:
    photo = make_photo()
    default_storage.save(photo.safe_copy, ContentFile(b"picture"))
    old, _ = photo.token, Photo.objects.filter(pk=photo.pk).update(token="another")

    tasks.remove_renditions(token=old)

    assert not default_storage.exists(photo.safe_copy)
