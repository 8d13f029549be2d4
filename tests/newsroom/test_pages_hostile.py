"""Whatever a request says besides its address, nobody else's page is another for it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from articles.models import PartnerFeed
from newsroom.pages import request
from newsroom.pages.page import Page, has_already
from tests.pages import Site

pytestmark = pytest.mark.django_db(transaction=True)
FORWARDED = {
    "x_forwarded_host": "evil.example",
    "x_forwarded_proto": "https",
    "x_real_ip": "192.0.2.1",
    "forwarded": "host=evil.example",
    "authorization": "Basic eA==",
    "accept": "application/json",
    "accept_language": "rm",
    "origin": "https://evil.example",
    "sec_fetch_site": "cross-site",
    "x_requested_with": "XMLHttpRequest",
    "x_http_method_override": "DELETE",
    "referer": "https://evil.example/",
    "user_agent": "Googlebot",
}


def seen_by_django(site: Site) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    django = site.front.application

    def note(environ: dict[str, Any], start_response: Any) -> Any:
        seen.update(environ)
        return django(environ, start_response)

    site.front.application = note
    return seen


def test_django_is_told_nothing_of_who_asks(site: Site, path: str) -> None:
    seen = seen_by_django(site)

    site.get(path, host="127.0.0.1.:99", cookie="a=b", **FORWARDED)

    assert {name: seen[name] for name in seen if name.startswith("HTTP_")} == {
        "HTTP_HOST": "127.0.0.1"
    }
    assert "REMOTE_ADDR" not in seen


def test_body_that_comes_with_a_question_is_not_looked_at(site: Site, path: str) -> None:
    answer = site.get(path, content_length="2000000", content_type="text/plain")

    assert answer.status == 200
    assert site.get(path).body == answer.body
    assert site.n_made == 1


@pytest.mark.parametrize(
    "since",
    [
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2026 00:00:00 +99999999999999999999999",
        "Mon, 01 Jan 2026 00:00:00",
    ],
)
def test_time_that_nobody_can_read_gets_the_whole(since: str) -> None:
    changed = ("Last-Modified", "Fri, 02 Jan 2026 00:00:00 GMT")
    page = Page("200 OK", [changed], b"", "tag", "max-age=0", is_shared=True)

    assert has_already({"HTTP_IF_MODIFIED_SINCE": changed[1]}, page)
    assert not has_already({"HTTP_IF_MODIFIED_SINCE": since}, page)


def test_letters_of_a_query_need_not_be_coded(site: Site, path: str) -> None:
    raw = "é".encode().decode("latin-1")  # as WSGI has it

    assert site.get(f"/search/?q={raw}").body == site.get(f"/search/?q={quote('é')}").body
    assert site.n_made == 1


def test_long_addresses_are_remembered_nowhere(site: Site, path: str) -> None:
    site.get("/search/?q=x")
    before = (request.known_of.cache_info(), request.asked.cache_info())

    for n in range(10):
        site.get(f"/{n}{'a' * 2_100}/")
        site.get(f"/search/?q={n}{'a' * 2_100}")

    after = (request.known_of.cache_info(), request.asked.cache_info())
    assert [one.currsize for one in after] == [one.currsize for one in before]


def test_partner_who_asks_twice_at_once_gets_two_answers(site: Site, path: str) -> None:
    address = PartnerFeed.objects.create(name="Wire").address("atom")
    under_way, may_go_on, django = Event(), Event(), site.front.application

    def slow(environ: dict[str, Any], start_response: Any) -> Any:
        under_way.set()
        assert may_go_on.wait(5)
        try:
            return django(environ, start_response)
        finally:
            connection.close()

    site.front.application = slow
    with ThreadPoolExecutor() as pool:
        answers = [pool.submit(site.get, address) for _ in range(3)]
        assert under_way.wait(5)
        may_go_on.set()

        assert {answer.result().status for answer in answers} == {200}
