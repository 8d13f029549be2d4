"""A series: its page in its order, and the way from each piece to the ones around it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Series
from tests.factories import make_article, make_published, make_series

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def parts(*days_ago: float) -> list[Article]:
    series = make_series()
    return [
        make_published(f"Part {n}", series=series, at=NOW - timedelta(days=days))
        for n, days in enumerate(days_ago, 1)
    ]


def around(client: Client, article: Article) -> list[tuple[str, str]]:
    """What its page leads to before and after it."""
    page = client.get(article.get_absolute_url()).content.decode()
    return re.findall(r'rel="(prev|next)" href="([^"]*)"', page)


def test_piece_leads_to_the_one_before_and_the_one_after(client: Client) -> None:
    first, second, third = parts(3, 2, 1)
    make_published("No part of it", at=NOW - timedelta(days=2.5))

    assert around(client, first) == [("next", second.get_absolute_url())]
    assert around(client, third) == [("prev", second.get_absolute_url())]
    assert around(client, second) == [
        ("prev", first.get_absolute_url()),
        ("next", third.get_absolute_url()),
    ]


def test_parts_of_one_minute_are_in_the_order_in_which_they_were_made(client: Client) -> None:
    first, second = parts(1, 1)

    assert around(client, first) == [("next", second.get_absolute_url())]
    assert around(client, second) == [("prev", first.get_absolute_url())]


def test_what_is_not_public_is_passed_over(client: Client) -> None:
    first, killed, last = parts(3, 2, 1)
    Article.objects.filter(pk=killed.pk).update(status="killed")
    make_published("To come", series=make_series(), at=NOW + timedelta(days=1))
    make_article("A draft", series=make_series())

    assert around(client, first) == [("next", last.get_absolute_url())]
    assert around(client, last) == [("prev", first.get_absolute_url())]


def test_no_part_stands_twice_on_a_page(client: Client) -> None:
    *_, piece, following = parts(5, 4, 3, 2, 1)

    page = client.get(piece.get_absolute_url()).content.decode()

    for part in Article.objects.exclude(pk=piece.pk):
        assert page.count(f'href="{part.get_absolute_url()}"') <= 2, part  # a teaser has two
    assert page.count(f'href="{following.get_absolute_url()}"') == 1


def test_piece_of_no_series_leads_nowhere(client: Client) -> None:
    assert around(client, make_published()) == []


@pytest.mark.parametrize(
    ("order", "headlines"),
    [("newest", ["Part 3", "Part 2", "Part 1"]), ("parts", ["Part 1", "Part 2", "Part 3"])],
)
def test_page_of_a_series_is_in_its_order(client: Client, order: str, headlines: list[str]) -> None:
    parts(3, 2, 1)
    Series.objects.update(order=order)

    page = client.get(make_series().get_absolute_url()).content.decode()

    assert re.findall(r"Part \d", page[page.index("list-page__list") :]) == headlines
