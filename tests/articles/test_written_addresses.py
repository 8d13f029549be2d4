"""Addresses that models write out are those that the site answers at."""

from datetime import date

import pytest
from django.db.models import Model
from django.urls import resolve, reverse

from articles.models import Article, Contributor, Page, Section, Series, Tag


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        (Section(slug="middle-east"), "section_detail"),
        (Series(slug="diplomacy-watch"), "series_detail"),
        (Tag(slug="grain"), "topic_detail"),
        (Contributor(slug="ann-smith"), "contributor_detail"),
        (Page(slug="about"), "page_detail"),
    ],
)
def test_address_is_the_one_of_the_view(thing: Model, name: str) -> None:
    url = thing.get_absolute_url()  # type: ignore[attr-defined]

    assert url == reverse(f"articles:{name}", args=[thing.slug])  # type: ignore[attr-defined]


def test_a_piece_has_its_day_in_its_address_and_its_parts_below_it() -> None:
    piece = Article(slug="grain-moves-again", published_on=date(2024, 2, 9))
    url, where = piece.get_absolute_url(), [piece.published_on, piece.slug]

    assert url == reverse("articles:article_detail", args=where)
    assert f"{url}rest/" == reverse("articles:article_rest", args=where)
    assert resolve(url).kwargs == {"day": piece.published_on, "slug": piece.slug}
