"""What has had to go by itself is on no page again, even where nobody can make a new one."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article
from newsroom.models import Publication
from newsroom.pages.shared import Folder
from tests.factories import make_photo, make_published
from tests.pages import MB, Site

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = timedelta(seconds=1)


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def midnight() -> datetime:
    zone = Publication.current_zone()
    today = timezone.localdate(timezone=zone)
    return datetime.combine(today + timedelta(days=1), time(), zone)


def fail(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Instead of Django."""
    start_response("500 Internal Server Error", [])
    return [b""]


def status_once_broken(site: Site, path: str, moment: datetime) -> int:
    """Of a page that was made before `moment`, when no view works any more."""
    with at(moment - SECOND):
        site.watcher.look()
        assert site.get(path).status == 200

    site.front.application = fail
    with at(moment):
        site.watcher.look()
        return site.get(path).status


def test_piece_whose_time_is_over_does_not_come_back(site: Site) -> None:
    noon = timezone.now() + timedelta(minutes=5)
    path = make_published("Over", published_until=noon).get_absolute_url()

    assert status_once_broken(site, path, noon) == 500


def test_photo_whose_last_day_is_over_does_not_come_back(site: Site) -> None:
    night = midnight()
    photo = make_photo(expires_on=night.date() - timedelta(days=1))
    path = make_published("Pictured", photo=photo).get_absolute_url()

    assert status_once_broken(site, path, night) == 500


def test_page_of_an_earlier_process_is_there_in_need(site: Site, tmp_path: Path) -> None:
    make_published(at=timezone.now() - timedelta(days=2), published_until=timezone.now())
    path = make_published("Before").get_absolute_url()
    site.front.shared = Folder(tmp_path, MB)
    site.watcher.look()
    site.get(path)
    Article.objects.update(deck="Changed")

    later = Site(shared=Folder(tmp_path, MB))  # which knows of the change, and of no page
    later.front.application = fail

    assert later.get(path).status == 200


def test_end_of_a_day_alone_takes_no_page_away(site: Site) -> None:
    photo = make_photo(expires_on=midnight().date())
    path = make_published("Pictured", photo=photo).get_absolute_url()

    assert status_once_broken(site, path, midnight()) == 200
