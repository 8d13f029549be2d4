"""The site itself behind each edge."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from articles.models import Article
from articles.services import publishing
from newsroom.lib.edge import Varnish
from newsroom.purging import REPEAT, SETTLE, Purger
from tests.caches import look
from tests.edge import programs
from tests.edge.conftest import need
from tests.edge.programs import Edge
from tests.factories import make_published
from tests.web import HOST, Web

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("edge"),
    pytest.mark.django_db(transaction=True),
]
HEARD = 1.5  # seconds in which every web process has heard of a change


@pytest.fixture
def piece() -> Article:
    return make_published("Harbour reopens")


@pytest.fixture
def web(piece: Article, tmp_path: Path) -> Iterator[Web]:
    environment = {"PROXY_IP_HEADER": "X-Real-IP", "PROXY_SSL_HEADER": "X-Forwarded-Proto"}
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # which wants no collectstatic
    with Web(tmp_path / "var", WEB_PROCESSES="1", **environment) as web:
        yield web


@pytest.fixture
def behind_varnish(web: Web, tmp_path: Path) -> Iterator[Edge]:
    need("varnish")
    (tmp_path / "varnish").mkdir()
    with programs.varnish(tmp_path / "varnish", web.port, HOST) as edge:
        yield edge


@pytest.fixture
def behind_nginx(web: Web, tmp_path: Path) -> Iterator[Edge]:
    need("nginx")
    (tmp_path / "nginx").mkdir()
    with programs.nginx(tmp_path / "nginx", web.port, tmp_path / "var", host=HOST) as edge:
        yield edge


@pytest.fixture(params=["behind_varnish", "behind_nginx"])
def site(request: pytest.FixtureRequest) -> Edge:
    found: Edge = request.getfixturevalue(request.param)
    return found


def test_pages_are_kept_for_readers_and_the_desk_is_not(site: Edge, piece: Article) -> None:
    path = piece.get_absolute_url()
    first, second = site.get(path), site.get(path, Cookie="theme=dark")
    known = site.get(path, If_None_Match=second.headers["etag"])
    zipped = site.get(path, Accept_Encoding="gzip")
    staff = site.get(path, Cookie=f"{settings.SESSION_COOKIE_NAME}=unknown")
    log_in = [site.get("/admin/login/") for _ in range(2)]

    assert (first.cache, second.cache, known.status) == ("MISS", "HIT", 304)
    assert "Harbour reopens" in first.text
    assert first.body == second.body
    assert zipped.headers["content-encoding"] == "gzip"
    assert staff.cache != "HIT"
    assert all("csrf=" in answer.headers["set-cookie"] for answer in log_in)
    assert log_in[0].headers["set-cookie"] != log_in[1].headers["set-cookie"]


def test_a_new_headline_comes_softly_and_a_kill_at_once(
    behind_varnish: Edge, piece: Article
) -> None:
    path, purger = piece.get_absolute_url(), Purger([Varnish("127.0.0.1", behind_varnish.port)])
    look(purger, 0)
    look(purger, SETTLE)
    behind_varnish.get(path)

    Article.objects.filter(pk=piece.pk).update(headline="Harbour closes")
    time.sleep(HEARD)
    look(purger, 20)
    first = behind_varnish.get(path)
    time.sleep(0.5)
    second = behind_varnish.get(path)
    look(purger, 20 + SETTLE)

    publishing.kill(piece, by=None, note="wrong")
    look(purger, 40)
    behind_varnish.get(path)  # the web process may not have heard of it, and gives the old page
    time.sleep(HEARD)
    look(purger, 40 + REPEAT)
    last = behind_varnish.get(path)

    assert "Harbour reopens" in first.text
    assert "Harbour closes" in second.text
    assert last.status == 410
    assert "Harbour closes" not in last.text
