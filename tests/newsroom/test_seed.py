"""The demo magazine is real, whole, and loaded only once."""

import pytest
from django.core.management import call_command
from django.test import Client

from articles.models import (
    Article,
    Contributor,
    Format,
    Notice,
    Photo,
    Section,
    Series,
    Tag,
)
from donations.models import Appeal, Count
from newsroom import demo
from newsroom.models import User
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    models = (Appeal, Article, Contributor, Format, Notice, Photo, Section, Series, Tag, User)
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.processes  # starts none, but takes seconds as well
def test_demo_magazine_fills_every_page_and_loads_once(client: Client) -> None:
    call_command("seed", verbosity=0)
    first = counts()
    call_command("seed", verbosity=0)

    assert counts() == first
    assert first["Article"] >= 40
    assert first["Tag"] >= 25
    assert first["Section"] >= 6
    assert first["Photo"] >= 20 + first["Contributor"]
    for article in Article.objects.public():
        assert client.get(article.get_absolute_url()).status_code == 200, article.slug
    for person in Contributor.objects.all():
        assert person.bio
        assert person.portrait
    assert Article.objects.filter(status=Article.Status.DRAFT).exists()
    assert Series.objects.filter(article__in=Article.objects.public()).exists()
    assert Notice.objects.corrections().exists()


@pytest.mark.processes
def test_demo_season_runs_and_has_been_counted_for_a_month(client: Client) -> None:
    call_command("seed", verbosity=0)

    appeals = {appeal.slot: appeal for appeal in Appeal.objects.live()}
    assert set(appeals) == {"body", "top", "letter"}
    assert all(appeal.is_made_up for appeal in appeals.values())
    assert appeals["body"].variants.count() == 2
    assert Count.objects.of(appeals["body"]).dates("day", "day").count() >= 30
    public = Article.objects.public().newest_first().exclude(tags__slug="gaza").first()
    assert public
    page = client.get(public.get_absolute_url()).content.decode()
    for variant in appeals["body"].variants.all():
        assert f'data-variant="{variant.pk}"' in page


def test_every_role_has_a_demo_login(client: Client) -> None:
    demo.create_accounts()

    for name, role in demo.ACCOUNTS.items():
        assert client.login(username=name, password=demo.PASSWORD)
        assert [group.name for group in User.objects.get(username=name).groups.all()] == [role]


def test_seed_leaves_a_magazine_alone_where_asked() -> None:
    make_article()
    call_command("seed", if_empty=True, verbosity=0)

    assert Article.objects.count() == 1
