"""Where a photo is used, found without reading the archive."""

import pytest
from django.db import connection

from articles import uses
from articles.models import Article, Page, Photo
from newsletter import freezing
from newsletter.models import Item
from tests.factories import make_article, make_contributor, make_photo, make_published
from tests.factories_newsletter import make_issue, make_item

pytestmark = pytest.mark.django_db


def figure(photo: Photo) -> str:
    return f'<figure data-photo="{photo.pk}"></figure>'


def test_every_use_is_found() -> None:
    photo = make_photo()
    every = [
        make_article("In its body, twice", body=f"<p>x</p>{figure(photo)}{figure(photo)}"),
        make_article("As its lead", photo=photo),
        Page.objects.create(title="About", slug="about", body=figure(photo)),
        make_contributor(portrait=photo),
        make_contributor(bio=figure(photo)),
        make_issue(opening=figure(photo)),
        make_item(make_issue(), kind=Item.Kind.TEXT, body=figure(photo)).issue,
    ]

    assert {*uses.of(photo)} == {*every}
    assert len(uses.of(photo)) == len(every)


def test_letter_that_was_frozen_with_a_photo_uses_it_for_good() -> None:
    photo = make_photo()
    article = make_published(photo=photo)
    issue = make_issue()
    make_item(issue, article)
    freezing.freeze(issue)
    issue.save()
    Article.objects.update(photo=None)

    assert uses.of(photo) == [issue]


def test_photo_with_a_longer_number_is_another() -> None:
    photo, other = make_photo(pk=7), make_photo(pk=77)
    make_article(body=figure(other))

    assert uses.of(photo) == []


def test_bodies_are_looked_up_by_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Article.objects.showing(make_photo()).order_by().explain()

    assert "articles_article_body_photos" in plan
    assert "Seq Scan" not in plan
