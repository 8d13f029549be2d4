"""The board as a process keeps it for a moment, for addresses that are asked all the time."""

from dataclasses import dataclass
from threading import Lock
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError

from donations import board
from donations.board import Appeal, Content
from newsroom.models import Publication


@dataclass(frozen=True)
class Kept:
    """content: None before anybody used appeals. zone: in which days are counted."""

    content: Content | None
    appeals: dict[int, Appeal]
    zone: ZoneInfo
    read_at: float


class Keeper:
    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: Kept | None = None

    def current(self, now: float) -> Kept:
        """At most APPEAL_BOARD_AGE seconds old, older while the database is away; 0 or 2 queries.

        now: seconds of a clock that never goes back.
        Raises DatabaseError if there has never been one.
        """
        with self._lock:
            if self._kept is None or now - self._kept.read_at >= settings.APPEAL_BOARD_AGE:
                self._kept = self._read(now)
            return self._kept

    def _read(self, now: float) -> Kept:
        try:
            content = board.read()
            zone = Publication.current_zone()
        except DatabaseError:
            if self._kept is None:
                raise
            return Kept(self._kept.content, self._kept.appeals, self._kept.zone, now)
        appeals = {appeal["id"]: appeal for appeal in (content or {"appeals": []})["appeals"]}
        return Kept(content, appeals, zone, now)


keeper = Keeper()
