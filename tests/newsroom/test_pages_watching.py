"""The thread that knows what is now survives whatever it finds."""

import pytest
from django.db import connection

from donations.models import Board
from newsroom.lib import generation
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
        generation.known = None
