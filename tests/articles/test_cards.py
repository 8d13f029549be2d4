"""What a link to a page shows where somebody shares it, and which address of it counts."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles import cards, renditions
from articles.models import Article, Contributor, Notice, Photo
from articles.services import sharing
from newsroom.models import Publication
from tests.articles.heads import links, metas
from tests.factories import (
    make_article,
    make_contributor,
    make_photo,
    make_published,
    make_section,
    make_stored_photo,
    make_tag,
    make_user,
    picture_bytes,
)
from tests.worker import work

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
MORNING = datetime(2024, 12, 9, 10, 45, tzinfo=UTC)
EVERY_CARD = ["og:type", "og:url", "og:title", "og:image", "og:image:width", "og:image:height"]
EVERY_CARD += ["og:site_name", "og:locale", "twitter:card", "twitter:title", "twitter:image"]


@pytest.fixture(autouse=True)
def publication() -> None:
    Publication.objects.update(name="Parley", description="Reads on.", time_zone="America/New_York")


@pytest.fixture
def piece() -> Article:
    sizes = {"16:9": [[480, 270], [1200, 675], [1800, 1012]]}
    return make_published(
        "Who holds Syria",
        at=MORNING,
        deck='Nobody "does" & that\'s that.',
        section=make_section("Global Crises"),
        tags=[make_tag("syria"), make_tag("turkey")],
        contributors=[make_contributor("Omar Haddadin"), make_contributor("Ann Able")],
        photo=make_photo(renditions=sizes, alt="A harbour"),
    )


def card(client: Client, path: str) -> dict[str, str]:
    """The first of each name."""
    found = metas(client.get(path).text)
    return {name: contents[0] for name, contents in found.items()}


PAGES = ["/", "/section/global-crises/", "/topic/syria/", "/by/ann-able/", "/latest/"]
PAGES += ["/archive/", "/archive/2024/12/", "/corrections/", "/newsletter/"]
PAGES += ["/newsletter/archive/", "/appeals/"]


@pytest.mark.parametrize("path", PAGES)
def test_every_kind_of_page_has_a_card(client: Client, piece: Article, path: str) -> None:
    found = card(client, path)

    assert [name for name in EVERY_CARD if not found.get(name)] == []
    assert found["og:url"] == links(client.get(path).text)["canonical"] == SITE + path
    assert not found["og:title"].endswith("Parley") or path == "/"


def test_card_of_a_piece(client: Client, piece: Article) -> None:
    found = metas(client.get(piece.get_absolute_url()).text)

    assert piece.photo
    assert found["og:type"] == ["article"]
    assert found["og:title"] == ["Who holds Syria"]
    assert found["og:description"] == ['Nobody "does" & that\'s that.']
    assert found["og:image"] == [f"{SITE}/media/photos/{piece.photo.token}/16x9-1200.jpg"]
    assert found["og:image:width"] == ["1200"]
    assert found["og:image:height"] == ["675"]
    assert found["og:image:alt"] == ["A harbour"]
    assert found["article:published_time"] == ["2024-12-09T05:45:00-05:00"]
    assert found["article:section"] == ["Global Crises"]
    assert found["article:tag"] == ["syria", "turkey"]
    assert found["article:author"] == [f"{SITE}/by/omar-haddadin/", f"{SITE}/by/ann-able/"]
    assert found["twitter:card"] == ["summary_large_image"]


def test_modified_is_the_newest_notice(client: Client, piece: Article) -> None:
    at = datetime(2024, 12, 10, 15, tzinfo=UTC)
    Notice.objects.create(article=piece, kind="update", at=at)

    found = card(client, piece.get_absolute_url())

    assert found["article:modified_time"] == "2024-12-10T10:00:00-05:00"


def test_what_editors_typed_wins(client: Client, piece: Article) -> None:
    theirs = {"search_title": "For search", "social_title": "For friends"}
    theirs |= {"search_description": "In short.", "canonical_url": "https://other.example/x"}
    Article.objects.update(**theirs, is_noindex=True)

    page = client.get(piece.get_absolute_url()).text
    found = metas(page)

    assert "<title>For search | Parley</title>" in page
    assert found["og:title"] == found["twitter:title"] == ["For friends"]
    assert found["description"] == found["og:description"] == ["In short."]
    assert links(page)["canonical"] == found["og:url"][0] == "https://other.example/x"
    assert found["robots"] == ["noindex"]


def test_picture_is_there_at_the_first_request(client: Client) -> None:
    photo = make_stored_photo(picture_bytes(size=(3000, 2000)))  # no worker has run
    soon = timezone.now() + timedelta(hours=1)
    piece = make_published("Scheduled", at=soon, photo=photo)

    with time_machine.travel(soon, tick=False):
        found = card(client, piece.get_absolute_url())

    assert client.get(urlsplit(found["og:image"]).path).getvalue()
    with default_storage.open(photo.safe_copy) as file, Image.open(file) as image:
        size = (int(found["og:image:width"]), int(found["og:image:height"]))
        assert image.size == size == (1280, 853)


def test_picture_is_the_cut_one_as_soon_as_it_is_there(client: Client) -> None:
    photo = make_stored_photo(picture_bytes(size=(1600, 1600)))
    piece = make_published("Cut", photo=photo)
    work()

    found = card(client, piece.get_absolute_url())

    path = urlsplit(found["og:image"]).path
    assert path.endswith("/16x9-1200.jpg")
    assert client.get(path).getvalue()


@pytest.mark.parametrize("size", [(3000, 2000), (2000, 3001), (1281, 7), (900, 600), (6001, 4003)])
def test_size_of_the_safe_copy_is_known_to_a_pixel(size: tuple[int, int]) -> None:
    photo = make_stored_photo(picture_bytes(size=size))

    with default_storage.open(photo.safe_copy) as file, Image.open(file) as image:
        real = image.size

    told = renditions.safe_copy_size(photo)
    assert max(abs(one - other) for one, other in zip(real, told, strict=True)) <= 1


def test_without_a_picture_there_is_our_own(client: Client, piece: Article) -> None:
    for change in ({"expires_on": date(2024, 1, 1)}, None):
        if change:
            Photo.objects.update(**change)
        else:
            Article.objects.update(photo=None)
        found = card(client, piece.get_absolute_url())
        assert found["og:image"] == cards.plain_picture().url
        assert "og:image:alt" not in found


@pytest.mark.parametrize("picture", [cards.plain_picture, cards.logo])
def test_our_own_pictures_have_the_size_that_is_told(picture: object) -> None:
    told = picture()  # type: ignore[operator]
    path = finders.find(f"img/{told.url.rsplit('/', 1)[-1]}")

    assert path
    with Image.open(str(path)) as image:
        assert image.size == (told.width, told.height)


def test_contributor_is_shown_with_the_portrait(client: Client, piece: Article) -> None:
    portrait = make_photo(renditions={"1:1": [[160, 160], [400, 400]]})
    Contributor.objects.filter(name="Ann Able").update(portrait=portrait, bio="<p>Writes.</p>")

    found = card(client, "/by/ann-able/")

    assert found["og:title"] == "Ann Able"
    assert found["og:description"] == "Writes."
    assert found["og:image"].endswith(f"{portrait.token}/1x1-400.jpg")


def test_pages_of_a_list_have_their_own_addresses(client: Client) -> None:
    for number in range(45):
        make_published(at=MORNING + timedelta(minutes=number))
    wanted = {
        "/latest/": ("/latest/", None, "/latest/?page=2"),
        "/latest/?page=1": ("/latest/", None, "/latest/?page=2"),
        "/latest/?page=2&utm_source=x": ("/latest/?page=2", "/latest/", "/latest/?page=3"),
        "/latest/?page=3": ("/latest/?page=3", "/latest/?page=2", None),
        "/latest/?page=99": ("/latest/?page=3", "/latest/?page=2", None),
        "/latest/?page=x": ("/latest/", None, "/latest/?page=2"),
    }

    for path, expected in wanted.items():
        found = links(client.get(path).text)
        full = tuple(one and SITE + one for one in expected)
        assert (found["canonical"], found.get("prev"), found.get("next")) == full, path


def test_canonical_address_knows_no_other_names(client: Client, piece: Article) -> None:
    path = piece.get_absolute_url()

    assert links(client.get(f"{path}?fbclid=x&page=7").text)["canonical"] == SITE + path


@pytest.mark.parametrize("path", ["/nowhere/", "/newsletter/confirm/token/", "/{gone}"])
def test_what_is_no_page_of_the_magazine_has_no_card(client: Client, path: str) -> None:
    gone = make_published("Gone", at=MORNING, status=Article.Status.KILLED)

    page = client.get(path.format(gone=gone.get_absolute_url().lstrip("/"))).text

    assert "</html>" in page
    assert "og:" not in page
    assert "canonical" not in page


def test_shared_draft_tells_machines_nothing(client: Client) -> None:
    link = sharing.share(make_article("Secret"), by=make_user())

    page = client.get(link.get_absolute_url()).text

    assert "Secret" in page
    assert metas(page)["robots"] == ["noindex"]
    assert not {"og:title", "twitter:title"} & metas(page).keys()
    assert "ld+json" not in page
    assert "canonical" not in links(page)


def test_piece_is_shared_by_plain_links(client: Client, piece: Article) -> None:
    page = client.get(piece.get_absolute_url()).text

    address = f"{SITE}{piece.get_absolute_url()}".replace(":", "%3A").replace("/", "%2F")
    mail = f"mailto:?subject=Who%20holds%20Syria&amp;body={address}"
    assert f'href="{mail}"' in page
    assert f'sharer.php?u={address}" rel="noopener"' in page
    assert page.count("hidden>copy link</button>") == 1
