"""What a piece still needs before readers get it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import checklist, services
from articles.checklist import Level, Piece
from articles.models import Article, Photo
from articles.models.article import address
from articles.services import addresses
from articles.services.publishing import OVERRIDDEN
from tests.desk import change, logged_in, typed
from tests.factories import (
    make_article,
    make_photo,
    make_published,
    make_ready,
    make_section,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
READY: dict[str, Any] = {
    "headline": "Peace talks",
    "deck": "They go on.",
    "body": "<p>One.</p>",
    "section": {"id": 1, "name": "Europe"},
    "tags": ["war"],
    "kicker": "war",
    "bylines": [{"id": 1, "name": "Ann", "role": ""}],
    "related": [{"id": 2, "name": "Other"}],
}
WIDE = Photo(alt="A harbour", agency="Agency", width=1200)


def found(level: Level, photo: Photo | None = WIDE, **said: Any) -> list[str]:
    piece = Piece({**READY, **said}, photo)
    return [one.text for one in checklist.findings(piece) if one.level == level]


def test_nothing_is_to_be_said_of_a_good_piece() -> None:
    assert found(Level.BLOCKING) == found(Level.WARNING) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"headline": " "}, "Add a headline."),
        ({"deck": ""}, "Add a deck."),
        ({"body": ""}, "Add a body."),
        ({"section": None}, "Choose a section."),
        ({"bylines": []}, "Add a byline."),
        ({"bylines": [{"id": 1, "name": "Ann", "role": "Photos by"}]}, "Add a byline."),
        ({"kicker": ""}, "Choose a kicker."),
        ({"kicker": "", "tags": []}, "Add a tag, and choose it as the kicker."),
        ({"photo": None}, "Choose a lead photo."),
        ({"photo": Photo(agency="Agency", width=1200)}, "Describe the lead photo."),
        ({"photo": Photo(alt="A harbour", width=1200)}, "Add the credit of the lead photo."),
    ],
)
def test_each_part_that_is_missing_blocks(said: dict[str, Any], sentence: str) -> None:
    assert found(Level.BLOCKING, **said) == [sentence]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"headline": "x" * 91}, "91 characters"),
        ({"related": []}, "No related piece"),
        ({"tags": [], "kicker": "war"}, "no tags"),
        ({"photo": Photo(alt="A", agency="B", width=1199)}, "1199 pixels wide"),
        ({"body": "<h3>Small</h3><p>One.</p>"}, "first sub-head is a small one"),
        ({"body": '<p><a href="/section/nowhere/">One</a></p>'}, "/section/nowhere/"),
        ({"body": '<p><a href="/no/such/thing">One</a></p>'}, "/no/such/thing"),
        ({"body": '<p><a href="/2024/12/09/gone/">One</a></p>'}, "/2024/12/09/gone/"),
    ],
)
def test_what_somebody_should_look_at_is_a_warning(said: dict[str, Any], words: str) -> None:
    [sentence] = found(Level.WARNING, **said)

    assert words in sentence


def test_links_that_lead_somewhere_are_no_warning() -> None:
    other, tag, section = make_published(), make_tag("war"), make_section("Europe")
    paths = [other.get_absolute_url(), tag.get_absolute_url(), section.get_absolute_url()]
    paths += ["/latest/", "/", "#notes", "https://www.example.org/x", "mailto:a@example.org"]

    assert found(Level.WARNING, body=linking(*paths)) == []


def test_links_to_pieces_that_are_coming_or_have_moved_are_no_warning() -> None:
    later = timezone.now() + timedelta(days=3)
    waiting, planned = make_published(at=later), make_article(published_at=later)
    moved, section = make_published(), make_section("Asia")
    addresses.lead_on(moved, "was-here", moved.published_on)
    addresses.lead_on(section, "orient")
    day = timezone.localdate(later)

    paths = [waiting.get_absolute_url(), address(day, planned.slug), "/section/orient/"]
    paths.append(moved.get_absolute_url().replace(moved.slug, "was-here"))

    assert found(Level.WARNING, body=linking(*paths)) == []


def test_links_to_pieces_that_are_gone_are_a_warning() -> None:
    killed, unpublished, over = make_published(), make_published(), make_published()
    addresses.lead_on(killed, "was-here", killed.published_on)
    services.kill(killed, by=None, note="Wrong")
    services.unpublish(unpublished, by=None)
    Article.objects.filter(pk=over.pk).update(published_until=timezone.now())
    paths = [one.get_absolute_url() for one in (killed, unpublished, over)]
    paths.append(killed.get_absolute_url().replace(killed.slug, "was-here"))

    for path in paths:
        assert found(Level.WARNING, body=linking(path)) == [
            f"Nothing is there, where these links lead: {path}."
        ]


def linking(*paths: str) -> str:
    return "".join(f'<p><a href="{path}">One</a></p>' for path in paths)


def test_checks_ask_the_same_however_many_links_there_are() -> None:
    links = [f"/2024/12/09/gone-{n}/" for n in range(40)]

    with CaptureQueriesContext(connection) as queries:
        found(Level.WARNING, body=linking(*links))

    assert len(queries) == 1


def test_length_is_told() -> None:
    assert found(Level.INFORMATION, body=f"<p>{'word ' * 460}</p>")[0] == "460 words, 2 min."


# In the service, and so everywhere


def test_service_refuses_what_is_not_ready() -> None:
    article = make_ready(photo=None)

    with pytest.raises(services.NotReady, match="Choose a lead photo"):
        services.publish(article, by=make_user("administrator"))

    assert not Article.objects.public().exists()


def test_administrator_publishes_against_the_checks_with_a_reason_in_the_log() -> None:
    article, admin = make_ready(photo=None), make_user("administrator")

    assert services.publish(article, by=admin, override="No picture exists.")

    entry = article.transitions.get()
    assert entry.note == f"{OVERRIDDEN}: No picture exists. (Choose a lead photo.)"


def test_editor_overrides_nothing() -> None:
    with pytest.raises(services.NotReady, match="Only administrators"):
        services.publish(make_ready(photo=None), by=make_user(), override="Please")


def test_no_reason_replaces_the_section() -> None:
    with pytest.raises(services.NotReady, match="Choose a section"):
        services.publish(make_ready(section=None), by=None, override="Please")


# While it is written


def test_panel_follows_what_is_typed_and_saves_nothing() -> None:
    article = make_ready()
    path = f"/admin/articles/article/{article.pk}/checks/"
    client = logged_in()

    empty = client.post(path, typed(article, headline="", deck="")).content.decode()
    full = client.post(path, typed(article)).content.decode()

    assert "2 things missing" in empty
    assert "Add a headline." in empty
    assert "Nothing is missing" in full
    assert Article.objects.get(pk=article.pk).version == 1


def test_panel_of_a_new_piece() -> None:
    path = "/admin/articles/article/checks/"

    page = logged_in(role="writer").post(path, {"headline": "Mine"}).content.decode()

    assert "Add a deck." in page
    assert "Add a headline." not in page


def test_panel_is_for_those_who_write() -> None:
    path = f"/admin/articles/article/{make_article().pk}/checks/"

    assert logged_in(role="writer").post(path).status_code == 403
    assert logged_in(role="fundraiser").post("/admin/articles/article/checks/").status_code == 403
    assert logged_in().get(path).status_code == 405


def test_published_piece_loses_nothing_that_it_needs() -> None:
    article = make_ready()
    services.publish(article, by=None)

    answer = logged_in().post(change(article), typed(article, deck="", photo=""))

    assert answer.status_code == 422
    assert "Choose a lead photo." in answer.content.decode()


def test_published_piece_that_lacked_something_can_still_be_corrected() -> None:
    article = make_published("Tpyo", photo=None)

    answer = logged_in().post(change(article), typed(article, headline="Typo"))

    assert answer.status_code == 302


def test_lead_photo_that_is_too_small_is_no_obstacle() -> None:
    assert services.publish(make_ready(photo=make_photo(width=300)), by=None)
