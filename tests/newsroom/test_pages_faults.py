"""Whatever breaks behind them, pages that were seen are served, and the rest says so at once."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it has no types of its own
import pytest
from django.db import connection, transaction

from articles.models import Article
from tests import pristine
from tests.factories import make_published
from tests.factories_donations import make_live, make_rules
from tests.faults.cluster import Cluster
from tests.web import Web, get, until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("pages_faults"),  # they share a server
]
AT_MOST = 10.0  # seconds until all is well again
SLOWEST = 2.5  # seconds until a reader is told that there is no page


@pytest.fixture(scope="module")
def cluster(django_db_setup: None, django_db_blocker: object) -> Iterator[Cluster]:
    with django_db_blocker.unblock(), Cluster() as cluster:  # type: ignore[attr-defined]
        pristine.keep()  # what each of these tests is followed by
        yield cluster


@pytest.fixture
def web(cluster: Cluster, static: Path, tmp_path: Path) -> Iterator[Web]:
    (tmp_path / "static").symlink_to(static)
    with Web(tmp_path, WEB_PROCESSES="2") as web:
        yield web


def test_seen_pages_are_served_without_the_database_and_others_say_so(
    cluster: Cluster, web: Web
) -> None:
    seen, unseen = make_published("Seen").get_absolute_url(), make_published().get_absolute_url()
    until(lambda: "Seen" in get(web, seen).text)
    before = get(web, "/readyz")

    cluster.stop()
    answers = [get(web, seen) for _ in range(20)]
    refused = [get(web, path) for path in (unseen, "/corrections/", "/latest/") * 4]
    alive, ready = get(web, "/healthz"), get(web, "/readyz")
    cluster.start()

    assert {answer.status for answer in answers} == {200}
    assert all("Seen" in answer.text for answer in answers)
    assert {(one.status, one.headers["Retry-After"]) for one in refused} == {(503, "5")}
    assert all("standing still" in one.text for one in refused)
    assert max(one.took for one in (*answers, *refused)) < SLOWEST
    assert (before.status, alive.status, ready.status) == (200, 200, 503)
    until(lambda: get(web, unseen).status == 200)
    until(lambda: get(web, "/readyz").status == 200)
    Article.objects.update(headline="Mended")
    until(lambda: "Mended" in get(web, seen).text)


def test_killed_piece_stays_away_without_the_database(cluster: Cluster, web: Web) -> None:
    piece = make_published("Withdrawn")
    path = piece.get_absolute_url()
    until(lambda: get(web, path).status == 200)
    Article.objects.filter(pk=piece.pk).update(status=Article.Status.KILLED)
    time.sleep(1)  # in which every process must have noticed

    cluster.stop()
    answers = [get(web, path) for _ in range(20)]
    cluster.start()

    assert {answer.status for answer in answers} <= {410, 503}


def test_server_that_starts_without_the_database_has_what_was_seen_before(
    cluster: Cluster, static: Path, tmp_path: Path
) -> None:
    (tmp_path / "static").symlink_to(static)
    seen, unseen = make_published("Seen").get_absolute_url(), make_published().get_absolute_url()
    killed = make_published("Withdrawn").get_absolute_url()
    before, after = Web(tmp_path), Web(tmp_path)
    with before:
        until(lambda: get(before, killed).status == 200)
        Article.objects.filter(headline="Withdrawn").update(status=Article.Status.KILLED)
        time.sleep(1)  # in which every process must have noticed
        assert get(before, seen).status == 200

    cluster.stop()
    with after:
        answers = [get(after, seen) for _ in range(10)]
        refused = [get(after, path) for path in (unseen, killed) * 5]
        cluster.start()
        until(lambda: get(after, unseen).status == 200)

    assert {answer.status for answer in answers} == {200}
    assert all("Seen" in answer.text for answer in answers)
    assert {answer.status for answer in refused} == {503}


@contextmanager
def frozen(cluster: Cluster) -> Iterator[None]:
    """Its processes stand still: connections open, and nothing answers."""
    postmaster = psutil.Process(cluster.postmaster)
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


@pytest.mark.parametrize("headers", [{}, {"Cookie": "session=staff"}])
def test_database_that_answers_nothing_takes_no_seen_page_with_it(
    cluster: Cluster, web: Web, headers: dict[str, str]
) -> None:
    seen = make_published("Seen").get_absolute_url()
    unseen = [make_published().get_absolute_url() for _ in range(30)]
    with ThreadPoolExecutor(16) as readers:  # every thread of either process has connected
        list(readers.map(lambda _: get(web, seen, Cookie="session=staff"), range(64)))
    for _ in range(20):
        get(web, seen)

    with frozen(cluster):
        hanging = [
            threading.Thread(target=get, args=(web, path), kwargs=headers, daemon=True)
            for path in unseen[:12]
        ]
        for thread in hanging:
            thread.start()
        time.sleep(4)
        answers = [get(web, seen) for _ in range(10)]
        refused = [get(web, path) for path in unseen[12:20]]

    assert {answer.status for answer in answers} == {200}
    assert {answer.status for answer in refused} == {503}
    assert max(answer.took for answer in (*answers, *refused)) < SLOWEST
    for thread in hanging:
        thread.join(AT_MOST)
    until(lambda: get(web, unseen[20]).status == 200)


@contextmanager
def slow_queries() -> Iterator[None]:
    """Those of pages wait for a table."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE articles_byline IN ACCESS EXCLUSIVE MODE")
        yield


def test_slow_queries_are_stopped_and_seen_pages_go_on(web: Web) -> None:
    seen, unseen = make_published("Seen").get_absolute_url(), make_published().get_absolute_url()
    time.sleep(1)  # until every process knows of them
    for _ in range(20):
        get(web, seen)

    with slow_queries():
        answer = get(web, unseen)
        during = get(web, seen)

    assert answer.status == 503
    assert answer.took < 5
    assert (during.status, during.took < 1) == (200, True)
    until(lambda: get(web, unseen).status == 200)


def test_readers_of_pages_that_cannot_be_made_keep_nobody_from_those_that_are_there(
    web: Web,
) -> None:
    seen = make_published("Seen").get_absolute_url()
    unseen = [make_published().get_absolute_url() for _ in range(20)]
    until(lambda: "Seen" in get(web, seen).text)

    with ThreadPoolExecutor(40) as pool:
        with slow_queries():
            refused = [pool.submit(get, web, path) for path in unseen * 2]
            time.sleep(1)
            answers = [get(web, seen) for _ in range(10)]
        slowest = max(one.result().took for one in refused)

    assert {answer.status for answer in answers} == {200}
    assert max(answer.took for answer in answers) < SLOWEST
    assert slowest < AT_MOST


def test_changed_page_is_shown_as_it_was_while_queries_are_slow(web: Web) -> None:
    seen = make_published("Before").get_absolute_url()
    for _ in range(20):
        get(web, seen)
    Article.objects.update(headline="After")

    with slow_queries():
        time.sleep(1)
        answers = [get(web, seen) for _ in range(4)]

    assert {answer.status for answer in answers} == {200}
    assert max(answer.took for answer in answers) < 5
    until(lambda: "After" in get(web, seen).text)


def test_lost_pages_are_made_again(web: Web, tmp_path: Path) -> None:
    paths = [make_published().get_absolute_url() for _ in range(5)]
    for path in paths * 3:
        assert get(web, path).status == 200

    for folder in (tmp_path / "pages").iterdir():
        shutil.rmtree(folder)
    Article.objects.update(deck="Changed")

    for path in paths * 3:
        assert get(web, path).status == 200
    until(lambda: "Changed" in get(web, paths[0]).text)


def test_killed_web_process_is_followed_by_another(web: Web) -> None:
    path = make_published("Seen").get_absolute_url()
    for _ in range(10):
        assert get(web, path).status == 200
    children = psutil.Process(web.process.pid).children()
    assert len(children) == 2

    os.kill(children[0].pid, signal.SIGKILL)

    until(lambda: len(psutil.Process(web.process.pid).children()) == 2)
    for _ in range(20):
        assert get(web, path).status == 200


def test_switched_off_appeal_is_on_no_page_of_any_process_after_a_second(web: Web) -> None:
    path = make_published().get_absolute_url()
    make_live("Give now")
    until(lambda: "Give now" in get(web, path).text)
    for _ in range(20):
        get(web, path)

    make_rules(off=["all"])
    time.sleep(1)

    assert not any("Give now" in get(web, path).text for _ in range(20))
