"""The page of the search: whatever is asked of it, it answers."""

from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import search_views
from articles.models import Spelling
from articles.search import results
from tests.factories import make_contributor, make_published, make_section, make_tag

pytestmark = pytest.mark.django_db
NAMES = ["q", "section", "format", "series", "tag", "by", "from", "to", "order", "page"]
ABSURD = {
    "long": "a" * 10_000,
    "many words": "word " * 1000,
    "many phrases": '"a b" ' * 500,
    "operators": "& | ! ( ) <-> :* & & ((( -- - or OR",
    "quotation marks": '""" "grain "corridor',
    "nothing": "",
    "blanks": " \t\r\n\u00a0\u3000",
    "NUL": "\x00grain\x00",
    "right to left": "\u202eniarg\u202c \u2067שלום\u2069 السلام",
    "joiners": "gr\u200dain\u200b\ufeff",
    "marks": "\ue000grain\ue001\ue002",
    "each plane": "".join(chr(plane * 0x10000 + 0x1F40) for plane in range(17)),
    "format": "%s %(name)s {0} {{ words }} {% now %}",
    "markup": "<script>alert(1)</script><b>\"'",
    "SQL": "'; DROP TABLE articles_article; --",
    "backslashes": "\\ \\' \\\\",
    "number": "99999999999999999999",
    "negative": "-1",
    "no date": "2024-02-30",
    "date before years": "0000-00-00",
    "last day": "9999-12-31",
}


def sleep() -> None:
    """Takes the database longer than it may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(60)")


@pytest.mark.parametrize("value", ABSURD.values(), ids=ABSURD)
@pytest.mark.parametrize("name", NAMES)
def test_absurd_question_has_an_answer(client: Client, name: str, value: str) -> None:
    make_published("Grain")

    response = client.get("/search/", {"q": "grain", name: value})

    assert response.status_code == 200
    assert "<script>alert" not in response.text


@pytest.mark.parametrize(
    "raw", ["%ed%a0%80", "%ff%fe", "%00", "%", "%zz", "%f4%90%80%80", "+" * 900]
)
def test_absurd_bytes_have_an_answer(client: Client, raw: str) -> None:
    for name in NAMES:
        response = client.get(f"/search/?{name}={raw}", headers={"accept-language": "x"})
        assert response.status_code in {200, 400}, name
        assert b"</html>" in response.content


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=250)))
def test_any_question_has_an_answer(client: Client, asked: dict[str, str]) -> None:
    query = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in asked.items())

    assert client.get(f"/search/?{query}").status_code == 200


@pytest.mark.parametrize("words", ["", "grain"])
def test_search_page_takes_this_many_queries(client: Client, words: str) -> None:
    Spelling.objects.create(forms="Grain\nCorn")
    tag, author = make_tag("grain"), make_contributor("Ann Grain")
    for _ in range(25):
        make_published("Grain", tags=[tag], contributors=[author])

    with CaptureQueriesContext(connection) as queries:
        client.get("/search/", {"q": words})

    # The publication, two lists of choices, and the limits with their savepoint; then spellings,
    # meanings, finds, ranks, pieces and marks.
    assert len(queries) == (13 if words else 7)


def test_marks_stand_on_what_was_looked_for_and_let_no_markup_through(client: Client) -> None:
    body = "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; Erdoğan’s <em>Łódź</em>, \ue000x.</p>"
    make_published("<b>Bold</b>", deck="<i>Deck</i>", body=body)

    page = client.get("/search/", {"q": "erdogan lodz"}).text

    assert "<mark>Erdoğan</mark>’s <mark>Łódź</mark>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; <mark>" in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_deck_is_shown_where_the_text_has_none_of_the_words(client: Client) -> None:
    make_published("Zebra", deck="About stripes.", body="<p>Nothing.</p>")

    page = client.get("/search/", {"q": "zebra"}).text

    assert "About stripes." in page
    assert "<mark>" not in page


def test_all_spellings_are_found(client: Client) -> None:
    Spelling.objects.create(forms="Zelensky\nZelenskyy\nZelenskiy")
    Spelling.objects.create(forms="Ivory Coast\nCôte d’Ivoire")
    make_published("President Zelenskyy speaks")
    make_published("In Côte d’Ivoire", body="<p>Cocoa.</p>")

    for words in ("ZELENSKY", "zelenskiy speaks", '"president zelensky"'):
        assert "President Zelenskyy speaks" in client.get("/search/", {"q": words}).text, words
    for words in ("ivory coast", "cocoa ivory coast", '"cote d\'ivoire"', '"in ivory coast"'):
        assert "In Côte d’Ivoire" in unescape(client.get("/search/", {"q": words}).text), words


def test_page_says_what_it_left_out(client: Client) -> None:
    make_published("Grain")

    page = client.get("/search/", {"q": "grain", "tag": "no such <tag>", "from": "tomorrow"}).text

    assert "There is no tag “no such &lt;tag&gt;”. It was left out." in page
    assert "There is no day “tomorrow”. It was left out." in page
    assert "Only the beginning was looked for" not in page
    for words in ("grain " * 17, "grain " * 200, "grain" * 50):
        assert "Only the beginning was looked for" in client.get("/search/", {"q": words}).text
    assert ">Grain</a>" in page


def test_page_says_how_many_it_found(client: Client) -> None:
    assert "Nothing found for “zebra”" in client.get("/search/?q=zebra").text
    make_published("Zebra")
    assert ">1 piece<" in client.get("/search/?q=zebra").text
    for n in range(20):
        make_published(f"Zebra {n}")
    first, last = client.get("/search/?q=zebra").text, client.get("/search/?q=zebra&page=2").text
    assert "21 pieces, page 1 of 2" in first
    assert 'href="?q=zebra&amp;page=2" rel="next"' in first
    assert 'href="?q=zebra&amp;page=1" rel="prev"' in last
    assert client.get("/search/?q=zebra&page=99999999999").text.count("search-hit__headline") == 1


def test_form_shows_what_was_asked(client: Client) -> None:
    make_section("Europe")

    page = client.get("/search/?q=%22grain+trade%22&section=europe&from=2024-01-02&by=Ann").text

    assert 'value="&quot;grain trade&quot;"' in page
    assert '<option value="europe" selected>' in page
    assert 'name="from" value="2024-01-02"' in page
    assert '<details class="search-filters" open>' in page


def test_search_engines_keep_out(client: Client) -> None:
    for path in ("/search/", "/search/?q=zebra", "/search/suggestions/?term=ze"):
        assert client.get(path)["X-Robots-Tag"] == "noindex"


def test_search_that_takes_too_long_is_cut_off_with_a_word(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_views, "PATIENCE", 10)
    monkeypatch.setattr(results, "find", lambda asked, at: sleep())

    response = client.get("/search/?q=word")

    assert response.status_code == 503
    assert "too long" in response.text
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def test_search_leaves_no_limits_behind(client: Client) -> None:
    client.get("/search/?q=zebra")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), current_setting('enable_seqscan')"
        )
        assert cursor.fetchone() == ("0", "on")
