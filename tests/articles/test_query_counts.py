"""How many queries a page takes, whatever the size of the archive."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Byline, FrontPage, Notice, TaggedArticle, TopicBox
from tests.factories import (
    BODY,
    make_contributor,
    make_photo,
    make_published,
    make_section,
    make_series,
    make_tag,
)

pytestmark = pytest.mark.django_db
N_TAGS = 12


@pytest.fixture(params=[12, 300])
def article(request: pytest.FixtureRequest) -> Article:
    """One of many pieces with all that hangs on them, in a magazine with boxes and picks."""
    now = timezone.now()
    photos = [make_photo() for _ in range(8)]
    figures = "".join(f'<figure data-photo="{photo.pk}"></figure>' for photo in photos)
    sections = [make_section(name) for name in ("Europe", "Asia", "QiOSK")]
    tags = [make_tag() for _ in range(N_TAGS)]
    first = make_published(at=now, section=sections[0], body=BODY + figures, photo=photos[0])
    series, authors = make_series(), [make_contributor() for _ in range(3)]
    pieces = Article.objects.bulk_create(
        Article(
            headline=f"Piece {number}",
            slug=f"piece-{number}",
            deck="A deck.",
            body=BODY + figures,
            section=sections[number % 3],
            series=series,
            kicker=tags[0],
            photo=photos[number % 8],
            status="published",
            published_at=now - timedelta(hours=number),
            published_on=(now - timedelta(hours=number)).date(),
        )
        for number in range(1, request.param)
    )
    for model, rows in {
        TaggedArticle: [{"content_object": a, "tag": t} for a in [first, *pieces] for t in tags],
        Byline: [{"article": a, "contributor": c} for a in [first, *pieces] for c in authors],
        Notice: [{"article": a, "kind": "update"} for a in [first, *pieces]],
    }.items():
        model.objects.bulk_create(model(**row) for row in rows)  # type: ignore[abstract,attr-defined]
    for tag in tags[:3]:
        TopicBox.objects.create(title=tag.name, tag=tag).pins.create(article=pieces[-1])
    FrontPage.objects.update(lead=first)
    FrontPage.objects.get().picks.create(article=pieces[0])
    return first


COUNTS = {
    "{article}": 9,
    "{article}rest/": 3,
    "/": 7,
    "/section/europe/": 5,
    "/topic/{tag}/": 5,
    "/series/diplomacy-watch/": 5,
    "/by/{contributor}/": 5,
    "/latest/": 4,
    "/archive/": 3,
    "/archive/{month}/": 4,
    "/corrections/": 2,
    "/search/?q=piece": 13,
}


def n_queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(queries)


def test_pages_take_this_many_queries(client: Client, article: Article) -> None:
    places = {
        "article": article.get_absolute_url(),
        "tag": article.tags.all()[0].slug,
        "contributor": article.contributors.all()[0].slug,
        "month": f"{article.published_on:%Y/%m}",
    }

    assert {path: n_queries(client, path.format(**places)) for path in COUNTS} == COUNTS
