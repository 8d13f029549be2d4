"""What Varnish and nginx make of what the site says, with the files of deploy/."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.edge.programs import Edge
from tests.edge.upstream import KEPT, Answer, Upstream

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("edge")]
A_SECOND = "public, max-age=0, s-maxage=1, stale-if-error=86400"
OLD = 2.1  # seconds; nginx counts whole ones


def test_second_reader_gets_what_is_kept(edge: Edge, site: Upstream, path: str) -> None:
    first, second = edge.get(path), edge.get(path)

    assert (first.cache, second.cache) == ("MISS", "HIT")
    assert first.text == second.text == "answer 1"
    assert site.n_asked[path] == 1


def test_browsers_are_told_to_ask_and_nothing_of_the_keys(edge: Edge, path: str) -> None:
    for answer in (edge.get(path), edge.get(path)):
        assert answer.headers["cache-control"] == "public, max-age=0"
        assert "surrogate-key" not in answer.headers


@pytest.mark.parametrize("name", ["session", "__Host-session"])
def test_staff_see_the_site_itself(edge: Edge, site: Upstream, path: str, name: str) -> None:
    edge.get(path)
    staff = edge.get(path, Cookie=f"a=b; {name}=secret")
    reader = edge.get(path)

    assert (staff.text, reader.text) == ("answer 2", "answer 1")
    assert site.last(path)["cookie"] == f"a=b; {name}=secret"


def test_other_cookies_neither_reach_the_site_nor_matter(
    edge: Edge, site: Upstream, path: str
) -> None:
    edge.get(path, Cookie="_ga=1; mysession=2; session_hint=3")
    second = edge.get(path, Cookie="_ga=4")

    assert second.cache == "HIT"
    assert "cookie" not in site.last(path)


@pytest.mark.parametrize(
    "query",
    [
        "?utm_source=x",
        "?utm_source=x&utm_campaign=y&fbclid=z",
        "?gclid=1",
        "?fbclid",
    ],
)
def test_campaigns_do_not_multiply_pages(edge: Edge, site: Upstream, path: str, query: str) -> None:
    first, second = edge.get(path), edge.get(path + query)

    assert (first.text, second.text, second.cache) == ("answer 1", "answer 1", "HIT")
    edge.get(path + "more/" + query)
    assert site.asked[-1][1] == path + "more/"  # nor do they come into what is kept


@pytest.mark.parametrize(
    ("query", "reaches"),
    [
        ("?page=2", "?page=2"),
        ("?page=2&utm_source=x", "?page=2"),
        ("?utm_source=x&q=a%26b&page=2&utm_medium=y&gclid=z", "?q=a%26b&page=2"),
        ("?q=utm_source%3Dx", "?q=utm_source%3Dx"),
        ("?my_utm_x=1&q=%C3%A4+b", "?my_utm_x=1&q=%C3%A4+b"),
    ],
)
def test_what_an_address_asks_reaches_the_site(  # noqa: PLR0917  fixtures
    edge: Edge, site: Upstream, path: str, query: str, reaches: str
) -> None:
    edge.get(path)

    assert edge.get(path + query).text == "answer 2"
    assert site.asked[-1][1] == path + reaches


def test_two_spellings_of_an_address_share_no_page(edge: Edge, site: Upstream, path: str) -> None:
    for spelling in (path, f"/{path}", f"/a/..{path}", path.replace("/", "/%41", 1)):
        assert edge.get(spelling).cache == "MISS", spelling


@pytest.mark.parametrize(
    "cache_control", ["private, no-store", "private", "no-cache", "public", ""]
)
def test_what_is_not_public_is_not_kept(
    edge: Edge, site: Upstream, path: str, cache_control: str
) -> None:
    site.answers[path] = Answer(headers={"Cache-Control": cache_control})

    assert [edge.get(path).text, edge.get(path).text] == ["answer 1", "answer 2"]
    assert edge.get(path).headers.get("cache-control", "") == cache_control


def test_an_answer_with_a_cookie_is_not_kept(edge: Edge, site: Upstream, path: str) -> None:
    site.answers[path] = Answer(headers={"Set-Cookie": "session=secret"})

    first, second = edge.get(path), edge.get(path)

    assert (first.text, second.text) == ("answer 1", "answer 2")
    assert first.headers["set-cookie"] == "session=secret"


def test_posts_pass_with_body_and_cookies(edge: Edge, site: Upstream, path: str) -> None:
    edge.get(path)
    answers = [edge.ask("POST", path, {"Cookie": "csrf=1"}, b"x" * 1000) for _ in range(2)]

    assert [answer.text for answer in answers] == ["answer 2", "answer 3"]
    assert site.last(path)["cookie"] == "csrf=1"
    assert site.last(path)["content-length"] == "1000"
    assert edge.get(path).text == "answer 1"


def test_the_desk_is_never_kept(edge: Edge, site: Upstream, path: str) -> None:
    desk = f"/admin{path}"

    first, second = (edge.get(f"{desk}?utm_source=x", Cookie="csrf=1") for _ in range(2))

    assert (first.text, second.text) == ("answer 1", "answer 2")
    assert site.asked[-1][1] == f"{desk}?utm_source=x"
    assert site.last(desk)["cookie"] == "csrf=1"


def test_those_who_name_themselves_see_the_site_itself(edge: Edge, path: str) -> None:
    edge.get(path)

    assert edge.get(path, Authorization="Basic x").text == "answer 2"
    assert edge.get(path).text == "answer 1"


def test_ten_who_come_at_once_are_one_request(edge: Edge, site: Upstream, path: str) -> None:
    site.answers[path] = Answer(delay=0.3)
    with ThreadPoolExecutor(10) as readers:
        texts = {answer.text for answer in readers.map(edge.get, [path] * 10)}

    assert texts == {"answer 1"}
    assert site.n_asked[path] == 1


def test_while_a_page_is_made_anew_readers_get_the_old_one(
    edge: Edge, site: Upstream, path: str
) -> None:
    site.answers[path] = Answer(headers={"Cache-Control": KEPT.replace("age=30", "age=1")})
    edge.get(path)
    time.sleep(OLD)
    site.answers[path].delay = 0.3

    began = time.monotonic()
    old = edge.get(path)
    took = time.monotonic() - began
    time.sleep(0.5)
    new = edge.get(path)

    assert (old.text, new.text) == ("answer 1", "answer 2")
    assert took < 0.25


def test_what_may_not_be_shown_any_longer_is_waited_for(
    edge: Edge, site: Upstream, path: str
) -> None:
    """As just before a piece goes: the site then gives a page a second and nothing more."""
    site.answers[path] = Answer(headers={"Cache-Control": A_SECOND})
    edge.get(path)
    time.sleep(OLD)

    assert edge.get(path).text == "answer 2"


def test_headers_of_the_real_client_arrive(edge: Edge, site: Upstream, path: str) -> None:
    edge.get(path, X_Forwarded_For="8.8.8.8", X_Forwarded_Proto="http")

    assert site.last(path)["x-forwarded-for"].rpartition(",")[2].strip() == "127.0.0.1"
    assert site.last(path)["x-real-ip"] == "127.0.0.1"


def test_strange_methods_are_refused(edge: Edge, site: Upstream, path: str) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "BREW"):
        assert edge.ask(method, path).status == 405
    assert site.n_asked[path] == 0


def test_public_bodies_end_at_a_megabyte(edge: Edge, site: Upstream, path: str) -> None:
    big = b"x" * ((1 << 20) + 1)

    assert edge.ask("POST", path, body=big[1:]).status == 200
    assert edge.ask("POST", path, body=big).status == 413
    assert edge.ask("POST", f"/admin{path}", body=big).status == 200
    assert site.n_asked[path] == 1
