"""Where pieces and what they belong to are used; nothing that is used is deleted."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.urls import reverse

from articles import uses
from articles.models import Article, FrontPage, RelatedLink, Section, TopicBox
from newsletter.models import Segment
from tests.desk import change, logged_in, typed
from tests.factories import (
    make_article,
    make_contributor,
    make_format,
    make_published,
    make_section,
    make_series,
    make_tag,
)
from tests.factories_newsletter import make_issue, make_item

pytestmark = pytest.mark.django_db


def delete(row: Model) -> str:
    return reverse(f"admin:articles_{type(row).__name__.lower()}_delete", args=[row.pk])


def link(href: str) -> str:
    return f'<p>As <a href="{href}">we said</a>.</p>'


def test_every_use_of_a_piece_is_found() -> None:
    piece = make_published("The port")
    was = piece.get_absolute_url()
    logged_in().post(change(piece), typed(piece, slug="the-harbour"))
    piece.refresh_from_db()
    now = piece.get_absolute_url()
    beside = make_article("Beside it, and with a link", body=link(now))
    RelatedLink.objects.create(article=beside, to_article=piece)
    box = TopicBox.objects.create(title="Ports")
    box.pins.create(article=piece)
    front = FrontPage.objects.get()
    front.picks.create(article=piece)
    item = make_item(make_issue(), piece)
    every = [
        beside,
        make_article("A link", body=link(now)),
        make_article("A whole one, with an anchor", body=link(f"{settings.SITE_URL}{now}#end")),
        make_article("One of before", body=link(was)),
        front,
        box,
        item.issue,
    ]
    make_article("Elsewhere", body=link(f"https://example.org{now}"))
    make_article("Another", body=link(now.replace("harbour", "harbours")))

    assert {*uses.of(piece)} == {*every}
    assert len(uses.of(piece)) == len(every)


def test_links_are_looked_up_by_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Article.objects.linking(["/2024/12/09/the-port/"]).order_by().explain()

    assert "articles_article_body_links" in plan


def test_piece_that_is_linked_is_not_deleted() -> None:
    piece, admin = make_article("The port"), logged_in(role="administrator")
    RelatedLink.objects.create(article=make_article("Beside it"), to_article=piece)
    url = delete(piece)

    assert "Beside it" in admin.get(url).content.decode()
    admin.post(url, {"post": "yes"})
    assert Article.objects.filter(pk=piece.pk).exists()

    RelatedLink.objects.all().delete()
    admin.post(url, {"post": "yes"})
    assert not Article.objects.filter(pk=piece.pk).exists()


@pytest.mark.parametrize("part", ["section", "format", "series", "tag", "contributor"])
def test_what_pieces_belong_to_is_not_deleted(part: str) -> None:
    rows: dict[str, Any] = {
        "section": make_section("Asia"),
        "format": make_format("Essay"),
        "series": make_series("Watch"),
        "tag": make_tag("ports"),
        "contributor": make_contributor("Ann Able"),
    }
    own = {name: rows[name] for name in ("section", "format", "series")}
    make_published("The port", tags=[rows["tag"]], contributors=[rows["contributor"]], **own)
    url, admin = delete(rows[part]), logged_in(role="administrator")

    assert "Article: The port" in admin.get(url).content.decode()
    admin.post(url, {"post": "yes"})

    rows[part].refresh_from_db()


def test_section_that_makes_a_segment_is_not_deleted() -> None:
    section, admin = make_section("Asia"), logged_in(role="administrator")
    Segment.objects.create(name="Asia's readers").sections.add(section)

    admin.post(delete(section), {"post": "yes"})

    assert Section.objects.filter(pk=section.pk).exists()


def test_killing_tells_where_the_piece_is_used() -> None:
    piece = make_published("The port")
    make_article("With a link to it", body=link(piece.get_absolute_url()))

    page = logged_in(role="administrator").get(f"/admin/articles/article/{piece.pk}/kill/")

    assert "With a link to it" in page.content.decode()
