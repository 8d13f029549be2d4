"""The thread that knows what is now survives whatever it finds."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from donations.models import Board
from newsroom.lib import generation
from newsroom.pages.last_seen import last_seen
from newsroom.pages.shared import FORMER_FOR
from newsroom.pages.watching import Watcher
from tests.factories import make_published
from tests.factories_donations import make_live
from tests.pages import Site
from tests.web import until

pytestmark = pytest.mark.django_db(transaction=True)


def test_board_that_nobody_can_read_costs_appeals_alone(site: Site) -> None:
    make_live("Give now")
    path = make_published("Piece").get_absolute_url()
    Board.objects.update(content={"rules": {}, "appeals": []})

    site.watcher.look()

    assert not site.watcher.is_lost
    answer = site.get(path)
    assert (answer.status, "Give now" in answer.text) == (200, False)


def test_watcher_goes_on_after_any_error() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hard FROM newsroom_generation")
        numbers = cursor.fetchone()
        cursor.execute("DELETE FROM newsroom_generation")
        watcher = Watcher()
        watcher.start()
        until(lambda: watcher.has_failed)
        cursor.execute("INSERT INTO newsroom_generation (number, hard) VALUES (%s, %s)", numbers)
    try:
        until(lambda: not watcher.is_lost)
        assert generation.known
    finally:
        watcher.stop()


@pytest.fixture
def file(settings: Any, tmp_path: Path) -> Path:
    """What the site has seen."""
    settings.LAST_SEEN = tmp_path / "last-seen.json"
    Site()
    return tmp_path / "last-seen.json"


def test_what_was_seen_last_is_known_to_other_processes(file: Path) -> None:
    assert last_seen() == generation.known is not None
    assert list(file.parent.iterdir()) == [file]


def test_what_was_seen_a_day_ago_is_not(file: Path) -> None:
    os.utime(file, (time.time() - FORMER_FOR - 60,) * 2)

    assert last_seen() is None


@pytest.mark.parametrize("content", ["", '{"number": 7', "[]", "{}", '{"number": 7, "other": 1}'])
def test_nor_is_what_nobody_can_read(file: Path, content: str) -> None:
    file.write_text(content)

    assert last_seen() is None


def test_nor_is_what_came_before_something_that_found_no_room(file: Path) -> None:
    file.with_name(f"{file.name}.{os.getpid()}").mkdir()  # no file can be written there
    Site()

    assert last_seen() is None


def test_nothing_seen_is_no_error(file: Path) -> None:
    file.unlink()

    assert last_seen() is None
