"""Pages made from a streaming standby: never an old one for a new one, and none lost without it."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from articles import services
from articles.models import Article
from newsroom import publication
from newsroom.lib import generation
from newsroom.lib.reading import REPLICA, read_from
from newsroom.models import Publication
from newsroom.pages import replica
from newsroom.pages.replica import CopyWatcher
from tests import pristine
from tests.factories import make_published
from tests.pages import Site
from tests.standby import Pair, copied
from tests.web import Web, get, until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("pages_replica"),  # they share the servers
]


@pytest.fixture(scope="module")
def pair(django_db_setup: None, django_db_blocker: Any) -> Iterator[Pair]:
    with django_db_blocker.unblock(), Pair() as pair:
        pristine.keep()  # what each of these tests is followed by
        yield pair


@pytest.fixture
def web(pair: Pair, static: Path, tmp_path: Path) -> Iterator[Web]:
    (tmp_path / "static").symlink_to(static)
    with Web(tmp_path, DATABASE_REPLICA_URL=pair.url, WEB_PROCESSES="2") as web:
        yield web


def shown(web: Web, path: str) -> str:
    answer = get(web, path)
    assert answer.status == 200
    return answer.text


def test_pages_are_those_of_the_standby_and_never_older_than_they_say(pair: Pair, web: Web) -> None:
    seen = make_published("Before").get_absolute_url()
    until(lambda: "Before" in get(web, seen).text)
    unseen = make_published("Before, elsewhere").get_absolute_url()
    until(lambda: pair.ask("SELECT count(*) FROM articles_article") == 2)

    pair.pause()
    Article.objects.update(headline="After")
    later = make_published("Later").get_absolute_url()
    time.sleep(1.5)
    assert "Before" in shown(web, seen)
    assert "Before" in shown(web, unseen)
    assert get(web, later).status == 404
    pair.go_on()
    began = time.monotonic()
    until(lambda: "After" in shown(web, seen))
    until(lambda: "After" in shown(web, unseen))
    until(lambda: get(web, later).status == 200)

    assert time.monotonic() - began < 1.5
    time.sleep(1)  # until both processes know
    assert all("After" in shown(web, path) for path in (seen, unseen) * 10)


def test_pages_go_on_without_the_standby_and_use_it_again(pair: Pair, web: Web) -> None:
    paths = [make_published("Before").get_absolute_url() for _ in range(30)]
    until(lambda: get(web, paths[-1]).status == 200)
    assert pair.is_asked()

    pair.stop()
    assert all("Before" in shown(web, path) for path in paths)
    Article.objects.update(headline="After")
    until(lambda: all("After" in shown(web, path) for path in paths), 2)
    pair.start()
    until(pair.is_asked, 15)
    until(lambda: get(web, make_published("Again").get_absolute_url()).status == 200)


def test_standby_that_hangs_costs_nobody_a_page(pair: Pair, web: Web) -> None:
    paths = [make_published("Before").get_absolute_url() for _ in range(30)]
    until(lambda: get(web, paths[-1]).status == 200)
    with ThreadPoolExecutor(16) as readers:
        list(readers.map(lambda path: get(web, path), paths[:16]))  # every thread has connected

        pair.freeze()
        try:
            first = list(readers.map(lambda path: get(web, path), paths[16:20]))
            time.sleep(1)
            later = [get(web, path) for path in paths[20:]]
        finally:
            pair.resume()

    assert {answer.status for answer in first + later} == {200}
    assert max(answer.took for answer in first) < 3
    assert max(answer.took for answer in later) < 1


def test_pages_are_made_while_only_the_standby_is_there(pair: Pair, web: Web) -> None:
    paths = [make_published("There").get_absolute_url() for _ in range(10)]
    until(lambda: get(web, paths[-1]).status == 200)

    pair.primary.stop()
    try:
        time.sleep(1)
        statuses = {get(web, path).status for path in paths}
    finally:
        pair.primary.start()

    assert statuses == {200}


class Stepped(CopyWatcher):
    """Looks and compares when it is told to."""

    @property
    def source(self) -> str:
        return self.alias

    @property
    def is_lost(self) -> bool:
        return self.has_failed

    def watch(self) -> None:
        self.first.set()


@pytest.fixture
def site(pair: Pair) -> Iterator[Site]:
    """In this process, where connections[REPLICA] leads to the standby."""
    with copied(HOST=str(pair.folder)):
        yield Site(watcher=Stepped())


def alias_of(site: Site) -> str:
    return site.watcher.alias


def test_standby_that_is_late_is_left_until_it_has_caught_up(
    pair: Pair, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replica, "LATE", 0.2)
    monkeypatch.setattr(replica, "REST", 0.0)
    watcher: Any = site.watcher
    piece = make_published("Before")
    path = piece.get_absolute_url()
    until(lambda: pair.ask("SELECT count(*) FROM articles_article") == 1)
    watcher.look()
    watcher.compare()
    assert "Before" in site.get(path).text

    pair.pause()
    try:
        Article.objects.update(headline="After")
        watcher.compare()
        watcher.compare()
        assert alias_of(site) == REPLICA  # for so long it may be late
        time.sleep(0.3)
        watcher.compare()
        watcher.look()
        assert alias_of(site) == "default"
        assert "After" in site.get(path).text
        watcher.compare()
        watcher.look()
        assert alias_of(site) == "default"  # it answers, but what was shown would go back
        watcher.is_well = True  # as if it had, a moment before the last change
        watcher.look()
        assert alias_of(site) == "default"
    finally:
        pair.go_on()
    number = generation.known.number if generation.known else 0
    until(lambda: pair.ask("SELECT number FROM newsroom_generation") >= number)
    watcher.compare()
    watcher.look()

    assert alias_of(site) == REPLICA
    assert "After" in site.get(path).text


def test_standby_that_does_not_know_what_had_to_go_is_left_at_once(pair: Pair, site: Site) -> None:
    watcher: Any = site.watcher
    seen, unseen = make_published("Withdrawn"), make_published("Withdrawn, too")
    until(lambda: replica.state_in(REPLICA) == replica.state_in("default"))
    watcher.look()
    assert site.get(seen.get_absolute_url()).status == 200

    pair.pause()
    try:
        for piece in (seen, unseen):
            services.kill(piece, by=None, note="Wrong")
        watcher.compare()
        watcher.look()
        answers = [site.get(piece.get_absolute_url()).status for piece in (seen, unseen)]
    finally:
        pair.go_on()

    assert answers == [410, 410]


def test_what_a_late_standby_said_is_not_remembered_for_others(pair: Pair, site: Site) -> None:
    watcher: Any = site.watcher
    Publication.objects.update_or_create(pk=1, defaults={"tagline": "Before"})
    until(lambda: replica.state_in(REPLICA) == replica.state_in("default"))
    watcher.look()

    pair.pause()
    try:
        Publication.objects.update(tagline="After")
        watcher.leave("is late")
        watcher.look()
        with read_from(REPLICA):  # in a page that was begun before
            assert publication.current().tagline == "Before"
        assert publication.current().tagline == "After"
    finally:
        pair.go_on()
    until(lambda: replica.state_in(REPLICA) == replica.state_in("default"))
    watcher.is_well = True
    watcher.look()

    with read_from(REPLICA):
        assert publication.current().tagline == "After"


def test_standby_without_new_rows_is_not_late(
    pair: Pair, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replica, "LATE", 0.0)
    watcher: Any = site.watcher
    until(lambda: replica.state_in(REPLICA) == replica.state_in("default"))

    for _ in range(3):
        watcher.compare()
        watcher.look()

    assert alias_of(site) == REPLICA
