"""Cards are drawn once for many pages, and anew for whatever has changed, without being told."""

import re
from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import Article, Contributor, Photo, Section, Tag
from newsroom.lib.drawn import drawn
from newsroom.lib.parts import parts
from newsroom.models import Publication
from tests.factories import make_contributor, make_photo, make_published, make_section, make_tag

pytestmark = pytest.mark.django_db
LISTS = ["/latest/", "/"]
RENDITIONS = {"4:3": [[480, 360]], "16:9": [[480, 270]]}


@pytest.fixture
def piece() -> Article:
    return make_published(
        "Grain",
        section=make_section("Asia"),
        kicker=make_tag("Harvest"),
        photo=make_photo(alt="A ship"),
        contributors=[make_contributor("Ada Example")],
    )


def page(client: Client, path: str = "/latest/") -> str:
    return client.get(path).content.decode()


def test_next_page_with_the_same_pieces_draws_none(client: Client, piece: Article) -> None:
    page(client)
    before = {key: id(one) for key, one in parts.values.items()}

    assert "Grain" in page(client)

    assert {key: id(one) for key, one in parts.values.items()} == before


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda: Article.objects.update(headline="Rice"), "Rice"),
        (lambda: Article.objects.update(deck="Later"), "Later"),
        (lambda: Section.objects.update(name="Europe"), "Europe"),
        (lambda: Tag.objects.update(name="Sowing"), "Sowing"),
        (lambda: Tag.objects.update(slug="sowing"), "/topic/sowing/"),
        (lambda: Photo.objects.update(alt="A port"), 'alt="A port"'),
        (lambda: Photo.objects.update(renditions=RENDITIONS), 'width="480"'),
        (lambda: Contributor.objects.update(name="Bo Sample"), "Bo Sample"),
    ],
)
def test_any_change_shows_at_once(
    client: Client, piece: Article, change: Callable[[], int], shown: str
) -> None:
    assert not any(shown in page(client, path) for path in LISTS)

    change()

    assert all(shown in page(client, path) for path in LISTS)


@time_machine.travel(datetime(2024, 12, 10, 18, tzinfo=UTC), tick=False)  # one day in both
def test_times_follow_the_publications_zone(client: Client, piece: Article) -> None:
    Article.objects.update(published_at=datetime(2024, 12, 9, 3, tzinfo=UTC))
    Publication.objects.update(time_zone="UTC")
    assert "Dec. 9, 2024" in page(client)

    Publication.objects.update(time_zone="America/New_York")

    assert "Dec. 8, 2024" in page(client)


def test_a_piece_is_drawn_again_for_what_stands_on_its_page_alone(
    client: Client, piece: Article
) -> None:
    path = piece.get_absolute_url()
    assert "Because" not in page(client, path)

    piece.notices.create(kind="correction", text="Because", at=timezone.now())
    assert page(client, path).count("Because") == 2  # on the page and for machines

    piece.tags.add(make_tag("Harvests"))
    Article.objects.update(body="<p>Another text.</p>")
    shown = page(client, path)
    assert ">Harvests</a>" in shown
    assert "Another text." in shown
    assert f'content="{shown_name(piece)}"' in shown


def shown_name(piece: Article) -> str:
    return piece.contributors.all()[0].name


def test_a_list_is_drawn_anew_where_one_of_it_or_their_order_has_changed() -> None:
    for n in range(3):
        make_published(f"Piece {n}")
    pieces = list(Article.objects.for_list().newest_first())

    def headlines() -> list[str]:
        html = drawn("components/related.html", articles=pieces)
        return re.findall(r">(Piece \d|Grain)</a>", html)

    assert headlines() == ["Piece 2", "Piece 1", "Piece 0"]
    pieces.reverse()
    assert headlines() == ["Piece 0", "Piece 1", "Piece 2"]
    pieces[1] = copy(pieces[1])
    pieces[1].headline = "Grain"
    assert headlines() == ["Piece 0", "Grain", "Piece 2"]


def test_what_is_escaped_is_not_taken_for_what_is_not() -> None:
    written = "<b>Grain</b>"

    titles = [
        drawn("components/feed_links.html", title=one) for one in (SafeString(written), written)
    ]

    assert [written in title for title in titles] == [True, False]


def test_what_is_kept_is_bounded(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "n_bytes", 20_000)
    for n in range(30):
        make_published(f"Piece {n}", deck="D" * 400)

    assert "Piece 29" in page(client)

    assert 0 < parts.size == sum(one.size for one in parts.values.values()) <= 20_000


def test_a_photo_expires_though_nothing_has_changed(client: Client, piece: Article) -> None:
    Photo.objects.update(expires_on=timezone.localdate())
    assert "data-expired" not in page(client)

    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert "data-expired" in page(client)
