"""What others take along who republish a piece."""

from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from articles.models import Article, Notice
from articles.models.licence import Licence
from newsroom.lib import html
from newsroom.models import Publication
from tests.factories import make_contributor, make_photo, make_published

pytestmark = pytest.mark.django_db
AT = datetime(2024, 12, 9, 10, tzinfo=UTC)


def page_of(article: Article) -> str:
    return f"{article.get_absolute_url()}republish/"


class Fields(HTMLParser):
    """The texts of a page's fields, by id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.within = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = dict(attrs).get("id") or "" if tag == "textarea" else ""

    def handle_endtag(self, tag: str) -> None:
        self.within = ""

    def handle_data(self, data: str) -> None:
        if self.within:
            self.texts[self.within] = self.texts.get(self.within, "") + data


def copied(article: Article) -> dict[str, str]:
    return Fields(Client().get(page_of(article)).content.decode()).texts


def test_copy_holds_the_piece_with_its_names_and_where_it_comes_from() -> None:
    Publication.objects.update(name="Parley")
    ann, bob = make_contributor("Ann Able"), make_contributor("Bob Brown")
    body = '<p>First <a href="/about/">we</a> said &amp; meant.</p><h2>Then</h2><p>Last.</p>'
    piece = make_published("The <port>", deck="Who?", body=body, contributors=[ann, bob], at=AT)
    address = f"{settings.SITE_URL}{piece.get_absolute_url()}"

    copy = copied(piece)

    assert "<h1>The &lt;port&gt;</h1>" in copy["html"]
    assert "By Ann Able and Bob Brown, Parley, Dec. 9, 2024" in copy["html"]
    assert f'<a href="{settings.SITE_URL}/about/">we</a>' in copy["html"]
    assert f'First published by <a href="{address}">Parley</a>' in copy["html"]
    assert copy["canonical"] == f'<link rel="canonical" href="{address}">'
    for text in ("The <port>", "Who?", "First we said & meant.", "Then", "Last.", address):
        assert text in copy["text"]


def test_copy_has_nothing_that_runs_and_leans_on_nothing_of_ours() -> None:
    body = html.clean(
        '<p>x</p><figure data-embed="https://vimeo.com/123456789"></figure>'
        '<aside class="pull-quote"><p>Pulled.</p></aside><script>1</script>'
    )

    copy = copied(make_published(body=body))["html"]

    for mark in ("<script", "<iframe", "style=", "data-", "<button"):
        assert mark not in copy
    assert "https://vimeo.com/123456789" in copy


def test_pictures_that_are_not_ours_to_give_are_left_out_and_counted() -> None:
    lead = make_photo(agency="Wire")
    ours, other = make_photo(agency="Our own", may_republish=True), make_photo(agency="Other")
    figures = "".join(f'<figure data-photo="{photo.pk}"></figure>' for photo in (ours, other))
    piece = make_published(photo=lead, body=f"<p>Text.</p>{figures}")

    page = Client().get(page_of(piece)).content.decode()

    copy = Fields(page).texts["html"]
    assert (copy.count("<img"), "Our own" in copy) == (1, True)
    assert "Wire" not in copy
    assert "Other" not in copy
    assert "2 pictures are left out" in page


def test_corrections_go_along_with_the_moment_of_the_copy() -> None:
    piece = make_published(at=AT)
    Notice.objects.create(
        article=piece, kind="correction", text="It was <em>May</em>.", at=AT + timedelta(days=2)
    )

    copy = copied(piece)

    assert "It was <em>May</em>." in copy["html"]
    assert "It was May." in copy["text"]
    assert "As of Dec. 11, 2024" in copy["text"]


@pytest.mark.parametrize(
    "fields", [{"may_republish": False}, {"canonical_url": "https://example.org/first"}]
)
def test_text_that_is_not_ours_to_give_is_not_given(
    client: Client, fields: dict[str, object]
) -> None:
    piece = make_published(**fields)  # type: ignore[arg-type]

    assert client.get(page_of(piece)).status_code == 404
    assert page_of(piece) not in client.get(piece.get_absolute_url()).content.decode()


def test_piece_has_a_licence_of_its_own(client: Client) -> None:
    Publication.objects.update(republish_terms="Ask us first.")
    piece = make_published(licence="CC BY-ND 4.0")
    url = "https://creativecommons.org/licenses/by-nd/4.0/"

    page = client.get(page_of(piece)).content.decode()

    assert f'<a href="{url}" rel="license">CC BY-ND 4.0</a>' in page
    assert "Ask us first." not in page
    assert "Licence: CC BY-ND 4.0." in copied(piece)["text"]
    assert f'"license": "{url}"' in client.get(piece.get_absolute_url()).content.decode()
    assert f'href="{url}" rel="license"' in client.get("/feeds/atom/").content.decode()
    assert f"<dcterms:license>{url}<" in client.get("/feeds/rss/").content.decode()


@pytest.mark.parametrize("licence", Licence.values)
def test_every_licence_has_an_address(licence: str) -> None:
    url = Licence(licence).url

    assert url.startswith("https://creativecommons.org/")
    assert url.split("/")[-2] == licence.rsplit(maxsplit=1)[-1]


def test_licence_is_not_told_of_what_others_may_not_have(client: Client) -> None:
    piece = make_published(licence="CC BY 4.0", may_republish=False)

    assert "creativecommons" not in client.get(piece.get_absolute_url()).content.decode()


def test_terms_are_the_publications_own(client: Client) -> None:
    Publication.objects.update(republish_terms="CC BY-ND 4.0 & <no ads>")
    piece = make_published()

    page = client.get(page_of(piece))

    assert "CC BY-ND 4.0 & <no ads>" in unescape(page.content.decode())
    assert page["X-Robots-Tag"] == "noindex"
    assert page_of(piece) in client.get(piece.get_absolute_url()).content.decode()
