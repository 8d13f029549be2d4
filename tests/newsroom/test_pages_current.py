"""Kept pages are those of now: after a change, and from the second on at which something is due."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from articles import services
from articles.models import Article, TopicBox
from donations import asking
from donations.services import switching
from newsroom.lib import generation
from newsroom.models import Publication
from newsroom.pages.watching import Watcher
from tests.factories import make_photo, make_published, make_tag, make_user
from tests.factories_donations import make_live, make_pause, rebuild
from tests.pages import Site, Slow

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = timedelta(seconds=1)


def change(piece: Article, headline: str) -> None:
    Article.objects.filter(pk=piece.pk).update(headline=headline)


def test_change_is_on_every_page_once_it_is_noticed(site: Site) -> None:
    piece = make_published("Before")
    site.watcher.look()
    paths = [piece.get_absolute_url(), "/", "/latest/", piece.section.get_absolute_url()]  # type: ignore[union-attr]
    assert all("Before" in site.get(path).text for path in paths)

    change(piece, "After")
    assert all("Before" in site.get(path).text for path in paths)
    site.watcher.look()

    assert all("After" in site.get(path).text for path in paths)
    assert all("Before" not in site.get(path).text for path in paths)


def test_first_reader_after_a_change_gets_the_page_of_now(site: Site) -> None:
    piece = make_published("Before")
    site.get(piece.get_absolute_url())
    change(piece, "After")
    site.watcher.look()

    assert "After" in site.get(piece.get_absolute_url()).text


def test_others_get_the_former_page_while_one_makes_the_new_one(site: Site) -> None:
    piece = make_published("Before")
    path = piece.get_absolute_url()
    site.get(path)
    change(piece, "After")
    site.watcher.look()
    slow = Slow(site)

    with ThreadPoolExecutor() as pool:
        first = pool.submit(site.get, path)
        assert slow.is_under_way.wait(5)
        assert all("Before" in site.get(path).text for _ in range(20))
        slow.may_go_on.set()
        assert "After" in first.result().text

    assert site.n_made == 2


@pytest.mark.parametrize(
    "act",
    [
        lambda piece: services.kill(piece, by=None, note="Wrong."),
        lambda piece: switching.switch_off("all", by=make_user(), reason="Wrong."),
        lambda piece: Article.objects.update(published_until=timezone.now()),
    ],
)
def test_nobody_gets_the_former_page_once_something_must_go(
    site: Site, act: Callable[[Article], object]
) -> None:
    make_live()
    piece = make_published("Before")
    path = piece.get_absolute_url()
    before = site.get(path)
    act(piece)
    site.watcher.look()
    slow = Slow(site)

    with ThreadPoolExecutor() as pool:
        readers = [pool.submit(site.get, path) for _ in range(4)]
        assert slow.is_under_way.wait(5)
        slow.may_go_on.set()
        answers = [reader.result() for reader in readers]

    assert all(answer.body != before.body for answer in answers)
    assert len({answer.body for answer in answers}) == 1
    assert site.n_made == 2


def test_what_has_to_go_while_it_is_made_reaches_nobody(site: Site) -> None:
    piece = make_published("Before")
    path = piece.get_absolute_url()
    slow = Slow(site, is_drawn=True)

    with ThreadPoolExecutor() as pool:
        early = pool.submit(site.get, path)
        assert slow.is_under_way.wait(5)
        services.kill(piece, by=None, note="Wrong.")
        site.watcher.look()
        late = pool.submit(site.get, path)
        slow.may_go_on.set()
        answers = [early.result(), late.result()]

    assert [answer.status for answer in answers] == [410, 410]
    assert not any("Before" in answer.text for answer in answers)


def test_page_that_is_changed_while_it_is_made_is_kept_by_no_cache(site: Site) -> None:
    piece = make_published("Before")
    slow = Slow(site)

    with ThreadPoolExecutor() as pool:
        reader = pool.submit(site.get, piece.get_absolute_url())
        assert slow.is_under_way.wait(5)
        change(piece, "After")
        site.watcher.look()
        slow.may_go_on.set()

    assert "s-maxage=0" in reader.result().headers["Cache-Control"]


def test_five_hundred_readers_of_one_page_have_it_made_once(site: Site) -> None:
    piece = make_published("Before")
    path = piece.get_absolute_url()
    for _ in range(2):  # with nothing to show meanwhile, and with the former page
        before = site.n_made
        slow = Slow(site)
        with ThreadPoolExecutor(50) as pool:
            readers = [pool.submit(site.get, path) for _ in range(500)]
            slow.is_under_way.wait(5)
            slow.may_go_on.set()
            assert {reader.result().status for reader in readers} == {200}
        assert site.n_made == before + 1
        site.front.application = slow.made
        change(piece, "After")
        site.watcher.look()


def shows(site: Site, path: str, text: str) -> bool:
    site.watcher.look()
    return text in site.get(path).text


@pytest.fixture
def noon() -> datetime:
    """A whole minute soon, and not the last one of a day anywhere."""
    now = timezone.now().replace(second=0, microsecond=0)
    return now + timedelta(minutes=5)


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def test_piece_appears_on_kept_pages_at_its_second(site: Site, noon: datetime) -> None:
    make_published("In time", at=noon)

    with at(noon - SECOND):
        assert not shows(site, "/latest/", "In time")
    with at(noon):
        assert shows(site, "/latest/", "In time")


def test_piece_goes_from_kept_pages_at_its_second(site: Site, noon: datetime) -> None:
    piece = make_published("Over", at=noon - timedelta(days=1), published_until=noon)
    path = piece.get_absolute_url()

    with at(noon - SECOND):
        assert shows(site, path, "Over")
        assert shows(site, "/latest/", "Over")
    with at(noon):
        site.watcher.look()
        assert site.get(path).status == 410
        assert not shows(site, "/latest/", "Over")


def test_nobody_gets_the_former_page_after_an_end(site: Site, noon: datetime) -> None:
    piece = make_published("Over", at=noon - timedelta(days=1), published_until=noon)
    path = piece.get_absolute_url()
    with at(noon - SECOND):
        site.watcher.look()
        site.get(path)
        page = next(iter(site.front.memory.values.values()))
        known = generation.known
        assert known
        assert page.may_be_shown(known)
    with at(noon):
        site.watcher.look()
        assert generation.known
        assert not page.may_be_shown(generation.known)


def test_box_comes_and_goes(site: Site, noon: datetime) -> None:
    tag = make_tag("grain")
    for _ in range(8):
        make_published(tags=[tag], at=noon - timedelta(days=2))
    piece = make_published("Beside", at=noon - timedelta(days=1))
    times = {"starts_at": noon, "ends_at": noon + timedelta(minutes=1)}
    TopicBox.objects.create(title="The grain box", tag=tag, **times)
    path = piece.get_absolute_url()

    for moment, is_there in [(-1, False), (0, True), (59, True), (60, False)]:
        with at(noon + moment * SECOND):
            assert shows(site, path, "The grain box") == is_there


def test_correction_dated_ahead_appears_at_its_time(site: Site, noon: datetime) -> None:
    piece = make_published("Corrected", at=noon - timedelta(days=1))
    piece.notices.create(kind="correction", text="It was a ship.", at=noon)

    with at(noon - SECOND):
        assert not shows(site, "/corrections/", "It was a ship.")
    with at(noon):
        assert shows(site, "/corrections/", "It was a ship.")


def test_photo_goes_with_its_last_day(site: Site) -> None:
    today = timezone.localdate(timezone=Publication.current_zone())
    photo = make_photo(expires_on=today, caption="A harbour", agency="The agency")
    piece = make_published("Pictured", photo=photo)
    path = piece.get_absolute_url()
    night = datetime.combine(
        today + timedelta(days=1), datetime.min.time(), Publication.current_zone()
    )

    with at(night - SECOND):
        assert shows(site, path, "The agency")
    with at(night):
        assert not shows(site, path, "The agency")


def test_news_sitemap_forgets_a_piece_after_two_days(site: Site, noon: datetime) -> None:
    make_published("News", at=noon - timedelta(hours=48))

    with at(noon - SECOND):
        assert shows(site, "/news-sitemap.xml", "News")
    with at(noon + SECOND):
        assert not shows(site, "/news-sitemap.xml", "News")


def test_appeal_comes_goes_and_pauses_at_its_times(site: Site, noon: datetime) -> None:
    piece = make_published("Beside", at=noon - timedelta(days=1))
    hour = timedelta(hours=1)
    make_live("Give now", starts_at=noon + hour, ends_at=noon + 4 * hour)
    make_pause(noon + 2 * hour, noon + 3 * hour)
    rebuild()
    path = piece.get_absolute_url()
    plain = "<noscript>"

    for moment, in_page, is_plain in [
        (noon - SECOND, False, False),
        (noon, True, False),  # an hour ahead, for readers whose page stays open
        (noon + hour, True, True),
        (noon + 2 * hour, True, False),
        (noon + 3 * hour, True, True),
        (noon + 4 * hour, False, False),
    ]:
        with at(moment):
            site.watcher.look()
            text = site.get(path).text
            assert ("Give now" in text) == in_page, moment
            assert (plain in text) == is_plain, moment


def test_page_without_the_appeals_that_could_not_be_read_is_not_kept(site: Site) -> None:
    make_live("Give now")
    path = make_published().get_absolute_url()
    site.watcher.look()

    with ThreadPoolExecutor(1) as pool, locked("donations_board"):
        assert "Give now" not in pool.submit(site.get, path).result().text
    asking.fuse.rests_until = 0

    assert "Give now" in site.get(path).text


@contextmanager
def locked(table: str) -> Iterator[None]:
    """Nobody else can read it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


def test_caches_elsewhere_may_keep_a_page_until_the_next_change(site: Site, noon: datetime) -> None:
    make_published("Soon", at=noon)

    for left, fresh, meanwhile in [(100, 30, 30), (50, 30, 20), (10, 10, 0)]:
        with at(noon - left * SECOND):
            site.watcher.look()
            life = site.get("/latest/").headers["Cache-Control"]
            assert f"s-maxage={fresh}, stale-while-revalidate={meanwhile}," in life


def test_process_notices_by_itself_within_a_second(site: Site) -> None:
    piece = make_published("Before")
    path = piece.get_absolute_url()
    site.front.watcher = watcher = Watcher()
    assert "Before" in site.get(path).text
    change(piece, "After")
    until = time.monotonic() + 1

    try:
        while "After" not in site.get(path).text:
            assert time.monotonic() < until
            time.sleep(0.02)
    finally:
        watcher.stop()
