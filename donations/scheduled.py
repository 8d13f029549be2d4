"""When the appeals in pages will change with nobody writing anything."""

from collections.abc import Iterator
from datetime import UTC, datetime

from donations.board import Content, loaded
from donations.models import Board
from donations.placing import SOON


def starts(at: datetime) -> Iterator[datetime]:
    """The moments after `at` from which pages hold an appeal, or tell it otherwise; 1 query."""
    for content in boards():
        for appeal in content["appeals"]:
            yield from after(at, appeal["from"] - SOON, appeal["from"])
            if goal := appeal["goal"]:
                yield from after(at, goal["until"])
        yield from after(at, *(until for _, until in content["rules"]["pauses"]))


def ends(at: datetime) -> Iterator[datetime]:
    """The moments after `at` from which an appeal is to be seen no more; 1 query."""
    for content in boards():
        for appeal in content["appeals"]:
            yield from after(at, appeal["until"], appeal["lapse"] or appeal["until"])
        yield from after(at, *(start for start, _ in content["rules"]["pauses"]))


def boards() -> Iterator[Content]:
    """The board, where anybody has used appeals."""
    return map(loaded, Board.objects.values_list("content", flat=True))


def after(at: datetime, *milliseconds: int) -> Iterator[datetime]:
    moments = [datetime.fromtimestamp(moment / 1000, UTC) for moment in milliseconds]
    return (moment for moment in moments if moment > at)
