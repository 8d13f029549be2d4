"""Finished pages are kept, and each client gets what it asked for."""

import gzip

import brotli
import pytest
from django.conf import settings

from articles.models import Article
from tests.factories import make_published, make_section
from tests.pages import Site

pytestmark = pytest.mark.django_db(transaction=True)


def test_page_is_made_once(site: Site, path: str) -> None:
    first, second = site.get(path), site.get(path)

    assert first.status == 200
    assert "Kept piece" in first.text
    assert second.body == first.body
    assert site.n_made == 1


def test_django_is_not_asked_for_a_kept_page_by_any_coding(site: Site, path: str) -> None:
    plain = site.get(path)
    zipped = site.get(path, accept_encoding="gzip, deflate")
    small = site.get(path, accept_encoding="gzip, br")

    assert gzip.decompress(zipped.body) == brotli.decompress(small.body) == plain.body
    assert (zipped.headers["Content-Encoding"], small.headers["Content-Encoding"]) == ("gzip", "br")
    assert "Content-Encoding" not in plain.headers
    tags = {one.headers["ETag"] for one in (plain, zipped, small)}
    assert len(tags) == 3
    assert {one.headers["Vary"] for one in (plain, zipped, small)} == {"Accept-Encoding"}
    assert int(small.headers["Content-Length"]) == len(small.body) < len(plain.body) / 3
    assert site.n_made == 1


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("identity", None),
        ("*", "br"),
        ("br;q=0, gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("gzip;q=0, *;q=0", None),
        ("br;q=nonsense", None),
        (", ,;;=", None),
    ],
)
def test_coding_is_one_that_the_client_takes(
    site: Site, path: str, accepted: str, coding: str | None
) -> None:
    assert site.get(path, accept_encoding=accepted).headers.get("Content-Encoding") == coding


def test_head_has_the_same_headers_and_no_body(site: Site, path: str) -> None:
    head = site.get(path, "HEAD", accept_encoding="br")
    whole = site.get(path, accept_encoding="br")

    assert head.headers == whole.headers
    assert (head.body, site.n_made) == (b"", 1)


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_who_has_the_page_already_gets_no_body(site: Site, path: str, coding: str) -> None:
    etag = site.get(path, accept_encoding=coding).headers["ETag"]

    again = site.get(path, accept_encoding="br", if_none_match=f'"other", W/{etag}')

    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"]
    assert "s-maxage" in again.headers["Cache-Control"]
    assert "Content-Type" not in again.headers
    assert site.get(path, if_none_match='"other"').status == 200


def test_part_of_a_page_is_answered_with_the_whole(site: Site, path: str) -> None:
    assert site.get(path, range="bytes=0-99").status == 200
    assert site.get(path).body == site.get(path, range="bytes=0-99").body


def test_feed_answers_by_its_own_time_and_tag(site: Site, path: str) -> None:
    feed = site.get("/feeds/atom/")

    assert site.get("/feeds/atom/", if_none_match=feed.headers["ETag"]).status == 304
    if changed := feed.headers.get("Last-Modified"):
        assert site.get("/feeds/atom/", if_modified_since=changed).status == 304
    assert site.get("/feeds/atom/", if_modified_since="nonsense").status == 200
    assert site.n_made == 1


def test_queries_that_the_view_does_not_read_make_no_further_page(site: Site) -> None:
    section = make_section("Europe")
    for n in range(21):
        make_published(f"Piece {n}", section=section)
    site.watcher.look()
    path = section.get_absolute_url()

    first = site.get(path)
    for query in ("utm_source=a&utm_medium=b", "fbclid=x", "%00=%ff", "page", "&&&=;"):
        assert site.get(f"{path}?{query}").body == first.body
    assert site.n_made == 1
    second = site.get(f"{path}?utm_source=a&page=2&fbclid=x")
    assert second.body != first.body
    assert site.get(f"{path}?page=2").body == second.body
    assert site.n_made == 2


def test_view_sees_only_what_it_has_declared(site: Site, path: str) -> None:
    assert "utm_source" not in site.get("/search/?q=piece&utm_source=spam").text


@pytest.mark.parametrize(
    "ask",
    [
        lambda site, path: site.get(path, cookie=f"a=b; {settings.SESSION_COOKIE_NAME}=x"),
        lambda site, path: site.get(path, "POST"),
        lambda site, path: site.get("/admin/login/"),
        lambda site, path: site.get("/newsletter/ticket/"),
        lambda site, path: site.get("/healthz"),
        lambda site, path: site.get(path, host="evil.example"),
    ],
)
def test_what_is_for_one_person_is_not_kept(site: Site, path: str, ask: object) -> None:
    first = ask(site, path)  # type: ignore[operator]
    ask(site, path)  # type: ignore[operator]

    assert site.n_made == 2
    life = first.headers["Cache-Control"]
    assert "public" not in life
    assert "s-maxage" not in life


def test_cookies_of_others_change_nothing(site: Site, path: str) -> None:
    assert site.get(path).body == site.get(path, cookie="theme=dark; _ga=1").body
    assert site.n_made == 1


def test_ports_and_capitals_make_no_further_page(site: Site, path: str) -> None:
    for host in ("127.0.0.1", "127.0.0.1:8000", "127.0.0.1:99", "LOCALHOST", "localhost:1"):
        assert site.get(path, host=host).status == 200

    assert site.n_made == 2


def test_errors_are_kept_as_pages_are(site: Site, path: str) -> None:
    assert site.get("/no-such-page/").status == 404
    assert site.get("/no-such-page/?utm_source=a").status == 404
    assert site.n_made == 1


def test_least_recently_used_page_goes_first() -> None:
    paths = [make_published(f"Piece {n}").get_absolute_url() for n in range(3)]
    size = 2 * Site().get(paths[0]).body.__len__() * 2
    site = Site(size)

    for path in (paths[0], paths[1], paths[0], paths[2], paths[0]):
        site.get(path)

    assert site.n_made == 3
    site.get(paths[1])
    assert site.n_made == 4
    assert site.front.memory.size <= size


def test_without_memory_every_page_is_made() -> None:
    path = make_published().get_absolute_url()
    site = Site(n_bytes=0)

    assert site.get(path).body == site.get(path).body
    assert site.n_made == 2


def test_page_tells_caches_what_it_is_about_and_how_long_it_lasts(site: Site, path: str) -> None:
    article = Article.objects.get()
    headers = site.get(path).headers

    keys = headers["Surrogate-Key"].split()
    assert {"site", f"article-{article.pk}", f"article-{article.slug}"} <= set(keys)
    assert headers["Cache-Control"] == (
        "public, max-age=0, s-maxage=30, stale-while-revalidate=30, stale-if-error=86400"
    )
