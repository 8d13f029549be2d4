"""What is the same on all pages is asked and drawn once, until the site's state is another."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import listing
from articles.models import Article, Photo, TopicBox
from articles.selection.beside import newest_of_tags
from newsroom import publication
from newsroom.lib import generation
from newsroom.lib.generation import Generation
from newsroom.models import Publication
from tests.articles.test_query_counts import n_queries
from tests.factories import make_photo, make_published, make_tag

pytestmark = pytest.mark.django_db(transaction=True)


def begin(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(generation, "known", Generation(number, 0, 9e9, 0))


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    tag, now = make_tag("grain"), timezone.now()
    TopicBox.objects.create(title="Grain", tag=tag, n_items=2)
    Publication.objects.update_or_create(pk=1, defaults={"tagline": "First tagline"})
    begin(monkeypatch, 1)
    return [make_published(at=now - timedelta(days=n), tags=[tag]) for n in range(12)]


def test_second_article_takes_three_queries_and_one_once_all_around_it_is_known(
    client: Client, pieces: list[Article]
) -> None:
    n_queries(client, pieces[0].get_absolute_url())

    assert n_queries(client, pieces[1].get_absolute_url()) == 3
    assert n_queries(client, pieces[1].get_absolute_url()) == 1


def test_boxes_still_leave_out_what_each_page_shows(
    client: Client, pieces: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [piece.get_absolute_url() for piece in pieces]
    together = [client.get(url).content for url in urls]
    monkeypatch.setattr(generation, "known", None)

    assert together == [client.get(url).content for url in urls]


def test_next_state_shows_what_has_changed(
    client: Client, pieces: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = pieces[0].get_absolute_url()
    assert "First tagline" in client.get(url).content.decode()
    Publication.objects.update(tagline="Second tagline")
    assert "First tagline" in client.get(url).content.decode()

    begin(monkeypatch, 2)

    assert "Second tagline" in client.get(url).content.decode()


def test_publication_that_has_not_changed_is_the_same_in_the_next_state(
    pieces: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = publication.current()
    Article.objects.update(headline="Another")
    begin(monkeypatch, 2)
    same = publication.current()
    Publication.objects.update(tagline="Second tagline")
    begin(monkeypatch, 3)

    assert same is before
    assert publication.current().tagline == "Second tagline"


def test_a_request_that_began_before_an_end_leaves_nothing_behind(
    pieces: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    pk, before = pieces[0].pk, timezone.now()
    end = before + timedelta(seconds=1)
    Article.objects.filter(pk=pk).update(published_until=end)
    monkeypatch.setattr(generation, "known", Generation(2, 0, 9e9, 0, end.timestamp()))

    assert [*listing.pieces([pk], before)] == [pk]

    assert listing.pieces([pk], end) == {}


def test_a_request_that_began_before_a_piece_appeared_hides_it_from_no_other(
    pieces: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    pk, before = pieces[0].pk, timezone.now()
    start = before + timedelta(seconds=1)
    Article.objects.filter(pk=pk).update(published_at=start)
    monkeypatch.setattr(generation, "known", Generation(2, 0, 9e9, 0, start.timestamp()))

    assert listing.pieces([pk], before) == {}

    assert [*listing.pieces([pk], start)] == [pk]


def test_what_is_newest_of_a_tag_is_asked_for_anew_in_the_next_state(
    pieces: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = pieces[0].tags.get()

    def newest() -> int:
        return newest_of_tags([tag.pk], timezone.now())[tag.pk][0][0]

    assert newest() == pieces[0].pk
    newer = make_published(tags=[tag])
    assert newest() == pieces[0].pk

    begin(monkeypatch, 2)

    assert newest() == newer.pk


def test_photo_in_a_text_is_asked_for_once_and_anew_in_the_next_state(
    client: Client, pieces: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, url = make_photo(alt="A port"), pieces[0].get_absolute_url()
    Article.objects.update(body=f'<p>Text.</p><figure data-photo="{photo.pk}"></figure>')
    client.get(url)
    assert n_queries(client, url) == 1
    Photo.objects.update(alt="A silo")

    begin(monkeypatch, 2)

    assert 'alt="A silo"' in client.get(url).content.decode()
