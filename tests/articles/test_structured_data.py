"""What search engines read in our pages."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.test import Client

from articles.models import Article, Contributor, Format, Notice
from newsroom.models import Publication, SocialLink
from tests.articles.heads import DATA, graph, thing
from tests.articles.vocabulary import problems
from tests.factories import (
    make_contributor,
    make_format,
    make_photo,
    make_published,
    make_section,
    make_series,
    make_tag,
)

pytestmark = pytest.mark.django_db
MORNING = datetime(2024, 12, 9, 10, 45, tzinfo=UTC)
MADE = {
    "full": [[800, 533]],
    "16:9": [[480, 270], [1200, 675], [1800, 1012]],
    "4:3": [[240, 180], [800, 600]],
    "1:1": [[160, 160], [400, 400]],
}


@pytest.fixture
def piece() -> Article:
    """A public piece with all that hangs on one, in a publication that has filled in its facts."""
    facts = {"name": "Parley", "tagline": "In the open.", "postal_address": "1 A Street\nTown"}
    Publication.objects.update(**facts, description="Reads.", time_zone="America/New_York")
    SocialLink.objects.create(
        publication=Publication.objects.get(), label="Video", url="https://example.org/parley"
    )
    tag = make_tag("syria")
    return make_published(
        "Who holds Syria",
        at=MORNING,
        section=make_section("Global Crises"),
        format=make_format("Analysis", schema_type=Format.SchemaType.ANALYSIS),
        series=make_series(),
        kicker=tag,
        tags=[tag, make_tag("turkey")],
        contributors=[make_contributor("Omar Haddadin"), make_contributor("Ann Able")],
        photo=make_photo(renditions=MADE),
    )


def article(client: Client, piece: Article) -> dict[str, object]:
    kind = piece.format.schema_type if piece.format else "NewsArticle"
    found: dict[str, object] = thing(client.get(piece.get_absolute_url()).text, kind)
    return found


KINDS = {
    "/": {"WebSite", "NewsMediaOrganization"},
    "{article}": {"AnalysisNewsArticle", "BreadcrumbList"},
    "/section/global-crises/": {"CollectionPage", "BreadcrumbList"},
    "/topic/syria/": {"CollectionPage", "BreadcrumbList"},
    "/series/diplomacy-watch/": {"CollectionPage", "BreadcrumbList"},
    "/by/ann-able/": {"ProfilePage", "BreadcrumbList"},
    "/latest/": {"CollectionPage", "BreadcrumbList"},
    "/archive/": {"CollectionPage", "BreadcrumbList"},
    "/archive/2024/12/": {"CollectionPage", "BreadcrumbList"},
    "/corrections/": {"CollectionPage", "BreadcrumbList"},
    "/newsletter/archive/": {"CollectionPage", "BreadcrumbList"},
}


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_says_what_it_is(client: Client, piece: Article, path: str) -> None:
    found = graph(client.get(path.format(article=piece.get_absolute_url())).text)

    assert {one["@type"] for one in found["@graph"]} == KINDS[path]
    assert problems(found) == []


def test_piece_is_told_with_all_its_facts(client: Client, piece: Article) -> None:
    found = article(client, piece)

    site = settings.SITE_URL
    assert found["mainEntityOfPage"] == f"{site}/2024/12/09/who-holds-syria/"
    assert found["headline"] == "Who holds Syria"
    assert found["articleSection"] == "Global Crises"
    assert found["keywords"] == ["syria", "turkey"]
    assert found["wordCount"] == piece.n_words
    assert found["isAccessibleForFree"] is True
    assert found["author"] == [
        {"@type": "Person", "name": "Omar Haddadin", "url": f"{site}/by/omar-haddadin/"},
        {"@type": "Person", "name": "Ann Able", "url": f"{site}/by/ann-able/"},
    ]


def test_who_has_a_role_is_no_author(client: Client, piece: Article) -> None:
    piece.bylines.filter(contributor__name="Ann Able").update(role="Photos by")

    found = article(client, piece)

    assert [one["name"] for one in found["author"]] == ["Omar Haddadin"]  # type: ignore[attr-defined]
    assert [one["name"] for one in found["contributor"]] == ["Ann Able"]  # type: ignore[attr-defined]


def test_three_crops_with_their_sizes_and_full_addresses(client: Client, piece: Article) -> None:
    images: list[dict[str, object]] = article(client, piece)["image"]  # type: ignore[assignment]

    assert piece.photo
    folder = f"{settings.SITE_URL}/media/photos/{piece.photo.token}"
    assert [(one["url"], one["width"], one["height"]) for one in images] == [
        (f"{folder}/16x9-1200.jpg", 1200, 675),
        (f"{folder}/4x3-800.jpg", 800, 600),
        (f"{folder}/1x1-400.jpg", 400, 400),
    ]


def test_times_are_the_publications(client: Client, piece: Article) -> None:
    found = article(client, piece)

    assert found["datePublished"] == found["dateModified"] == "2024-12-09T05:45:00-05:00"


def test_mended_typos_do_not_count_as_a_change(client: Client, piece: Article) -> None:
    Article.objects.filter(pk=piece.pk).update(body="<p>Mended.</p>", version=9)
    assert article(client, piece)["dateModified"] == "2024-12-09T05:45:00-05:00"

    Notice.objects.create(article=piece, kind="update", at=datetime(2024, 12, 9, 19, tzinfo=UTC))

    assert article(client, piece)["dateModified"] == "2024-12-09T14:00:00-05:00"


def test_corrections_are_told_and_updates_and_replaced_ones_are_not(
    client: Client, piece: Article
) -> None:
    at = datetime(2024, 12, 10, 15, tzinfo=UTC)
    wrong = Notice.objects.create(article=piece, kind="correction", text="It was May.", at=at)
    Notice.objects.create(
        article=piece, kind="correction", text="It was <em>June</em>.", at=at, supersedes=wrong
    )
    Notice.objects.create(article=piece, kind="update", text="More since.", at=at)

    comment = {"@type": "CorrectionComment", "text": "It was June."}
    assert article(client, piece)["correction"] == [
        comment | {"datePublished": "2024-12-10T10:00:00-05:00"}
    ]


@pytest.mark.parametrize("kind", Format.SchemaType.values)
def test_format_says_what_kind_of_news_it_is(client: Client, piece: Article, kind: str) -> None:
    Format.objects.update(schema_type=kind)

    found = graph(client.get(piece.get_absolute_url()).text)

    assert found["@graph"][0]["@type"] == kind
    assert problems(found) == []


def test_bare_piece_is_news_by_the_publication(client: Client) -> None:
    bare = make_published("Bare", at=MORNING, deck="")

    found = thing(client.get(bare.get_absolute_url()).text, "NewsArticle")

    assert problems(graph(client.get(bare.get_absolute_url()).text)) == []
    assert found["author"]["@type"] == "NewsMediaOrganization"
    assert "image" not in found


def test_expired_photo_is_not_told(client: Client, piece: Article) -> None:
    assert piece.photo
    type(piece.photo).objects.update(expires_on=date(2024, 1, 1))

    assert "image" not in article(client, piece)


def test_piece_of_another_site_leads_there(client: Client, piece: Article) -> None:
    Article.objects.update(canonical_url="https://other.example/piece")

    assert article(client, piece)["mainEntityOfPage"] == "https://other.example/piece"


def test_way_from_the_front_page(client: Client, piece: Article) -> None:
    way = thing(client.get(piece.get_absolute_url()).text, "BreadcrumbList")

    site = settings.SITE_URL
    assert [(one["name"], one["item"]) for one in way["itemListElement"]] == [
        ("Parley", f"{site}/"),
        ("Global Crises", f"{site}/section/global-crises/"),
        ("Who holds Syria", f"{site}{piece.get_absolute_url()}"),
    ]


def test_contributor_is_told_as_a_person(client: Client, piece: Article) -> None:
    Contributor.objects.filter(name="Ann Able").update(
        title="Staff writer", bio="<p>Writes on <em>grain</em>.</p>", portrait=piece.photo
    )

    person = thing(client.get("/by/ann-able/").text, "ProfilePage")["mainEntity"]

    assert (person["jobTitle"], person["description"]) == ("Staff writer", "Writes on grain.")
    assert person["image"]["url"].endswith("1x1-400.jpg")


def test_front_page_tells_of_the_publication_and_of_search(client: Client, piece: Article) -> None:
    page = client.get("/").text

    site, us = thing(page, "WebSite"), thing(page, "NewsMediaOrganization")
    template = f"{settings.SITE_URL}/search/?q={{search_term_string}}"
    assert site["potentialAction"]["target"]["urlTemplate"] == template
    assert us["name"] == "Parley"
    assert us["address"] == "1 A Street Town"
    assert us["sameAs"] == ["https://example.org/parley"]
    assert us["correctionsPolicy"] == f"{settings.SITE_URL}/corrections/"


def test_no_text_ends_the_block(client: Client, piece: Article) -> None:
    evil = "</script><script>alert(1)</script><!--<script>\u2028&"
    Article.objects.update(headline=evil)
    Contributor.objects.update(name=evil)

    page = client.get(piece.get_absolute_url()).text

    [block] = DATA.findall(page)
    assert "<" not in block
    assert article(client, piece)["headline"] == evil


def test_what_readers_cannot_see_has_no_data(client: Client, piece: Article) -> None:
    for path in ("/nowhere/", "/2024/12/09/nothing/"):
        assert "ld+json" not in client.get(path).text
