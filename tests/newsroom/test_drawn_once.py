"""Cards are drawn once for many pages, and anew for whatever has changed, without being told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.models import Article, Contributor, Photo, Section, Tag
from newsroom.lib.drawn import kept
from tests.factories import make_contributor, make_photo, make_published, make_section, make_tag

pytestmark = pytest.mark.django_db


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
    before = dict(kept.values)

    assert "Grain" in page(client)

    assert kept.values == before


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda: Article.objects.update(headline="Rice"), "Rice"),
        (lambda: Article.objects.update(deck="Later"), "Later"),
        (lambda: Section.objects.update(name="Europe"), "Europe"),
        (lambda: Tag.objects.update(name="Sowing"), "Sowing"),
        (lambda: Tag.objects.update(slug="sowing"), "/topic/sowing/"),
        (lambda: Photo.objects.update(alt="A port"), 'alt="A port"'),
        (lambda: Photo.objects.update(renditions={"4:3": [[480, 360]]}), 'width="480"'),
        (lambda: Contributor.objects.update(name="Bo Sample"), "Bo Sample"),
    ],
)
def test_any_change_shows_at_once(
    client: Client, piece: Article, change: Callable[[], int], shown: str
) -> None:
    assert shown not in page(client)

    change()

    assert shown in page(client)


def test_a_photo_expires_though_nothing_has_changed(client: Client, piece: Article) -> None:
    Photo.objects.update(expires_on=timezone.localdate())
    assert "data-expired" not in page(client)

    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert "data-expired" in page(client)
