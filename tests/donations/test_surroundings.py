"""What the site tells its appeals about itself."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from donations.facts import SLOTS, Kind, Page
from donations.surroundings import here
from tests.factories import (
    make_contributor,
    make_format,
    make_published,
    make_section,
    make_series,
    make_tag,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_a_piece_tells_all_that_appeals_aim_at() -> None:
    article = make_published(
        at=NOW - timedelta(hours=1),
        section=make_section("Europe"),
        format=make_format("Analysis"),
        series=make_series("Diplomacy Watch"),
        tags=[make_tag("ukraine war")],
        is_without_appeals=True,
    )

    found = here().page(article.get_absolute_url(), NOW)

    assert found
    assert found.title == article.headline
    assert found.page == Page(
        Kind.ARTICLE,
        article=article.pk,
        section="europe",
        format="analysis",
        series="diplomacy-watch",
        tags=("ukraine-war",),
        is_without=True,
    )


def test_lists_tell_what_they_are_about() -> None:
    section, tag, series = make_section("Europe"), make_tag("syria"), make_series("Watch")
    contributor = make_contributor("Ann Example")
    pages = {
        "/": Page(Kind.FRONT),
        "/latest/": Page(Kind.LATEST),
        "/archive/2024/12/": Page(Kind.ARCHIVE),
        section.get_absolute_url(): Page(Kind.SECTION, section="europe"),
        tag.get_absolute_url(): Page(Kind.TOPIC, tags=("syria",)),
        series.get_absolute_url(): Page(Kind.SERIES, series="watch"),
        contributor.get_absolute_url(): Page(Kind.CONTRIBUTOR),
    }

    found = {path: here().page(path, NOW) for path in pages}

    assert {path: one and one.page for path, one in found.items()} == pages


def test_other_pages_carry_no_appeal() -> None:
    others = ["/admin/", "/newsletter/", "/feeds/", "/section/none/", "/2024/12/06/none/"]

    assert [path for path in [*others, "/nowhere", ""] if here().page(path, NOW)] == []


def test_a_piece_that_is_not_public_is_no_page() -> None:
    article = make_published(at=NOW + timedelta(hours=1))

    assert here().page(article.get_absolute_url(), NOW) is None


def test_newer_pieces_are_read_more_and_all_weights_make_one() -> None:
    for days in (1, 3, 30):
        make_published(at=NOW - timedelta(days=days))

    pages = here().pages(NOW)

    pieces = [one.weight for one in pages if one.page.kind == Kind.ARTICLE]
    assert pieces == sorted(pieces, reverse=True)
    assert sum(one.weight for one in pages) == pytest.approx(1, abs=0.1)
    assert {one.page.kind for one in pages} <= SLOTS.keys()


def test_pages_take_three_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        make_published(at=NOW - timedelta(days=1), tags=[make_tag(f"tag {number}")])

    with django_assert_num_queries(3):
        here().pages(NOW)


def test_names_come_in_order() -> None:
    make_tag("syria")
    make_tag("gaza")

    assert [(name.slug, name.name) for name in here().names("tag")] == [
        ("gaza", "gaza"),
        ("syria", "syria"),
    ]


def test_titles_are_those_of_pieces() -> None:
    article = make_published("Who holds Syria")

    assert here().titles([article.pk, 999_999]) == {article.pk: "Who holds Syria"}
