"""Asking must never hurt a page: whatever goes wrong here, the page is served without appeals."""

import logging
from collections.abc import Mapping
from time import monotonic
from typing import Any

from django.utils import timezone

from donations import board, placing
from donations.facts import Page
from newsroom.lib.generation import remembered

logger = logging.getLogger(__name__)

REST = 10  # seconds without appeals after a fault, so that few pages wait for what is slow
QUIET = 60  # seconds from one line in the log to the next


class Fuse:
    """Remembers the last fault of this process."""

    def __init__(self) -> None:
        self.rests_until = 0.0
        self.is_quiet_until = 0.0

    def is_blown(self) -> bool:
        return monotonic() < self.rests_until

    def blow(self, fault: Exception) -> None:
        now = monotonic()
        self.rests_until = now + REST
        if now >= self.is_quiet_until:
            self.is_quiet_until = now + QUIET
            logger.error("Pages go without appeals for %s seconds", REST, exc_info=fault)


fuse = Fuse()


@remembered
def current_board() -> board.Content | None:
    return board.read()


def places(facts: Mapping[str, Any], preview: placing.Preview | None) -> placing.Places:
    """What a page of these facts asks, by place; {} if that is nothing or anything is wrong.

    1 query, none where nothing has changed since another page asked. None for a preview either;
    what is wrong with that is told to the desk by failing.
    """
    now = board.moment(timezone.now())
    if preview:
        return placing.previewed(preview, now)
    if fuse.is_blown():
        return {}
    try:
        content = current_board()
        return placing.places(content, Page(**facts), now) if content else {}
    except Exception as fault:  # noqa: BLE001  whatever it is, the reader came for the page
        fuse.blow(fault)
        return {}
