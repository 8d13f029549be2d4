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
    return (moment for moment in all_ends() if moment > at)


def ended(at: datetime) -> Iterator[datetime]:
    """Those until `at`; 1 query. The board forgets them, and that is a change of its own."""
    return (moment for moment in all_ends() if moment <= at)


def all_ends() -> Iterator[datetime]:
    for content in boards():
        for appeal in content["appeals"]:
            yield from moments(appeal["until"], appeal["lapse"] or appeal["until"])
        yield from moments(*(start for start, _ in content["rules"]["pauses"]))


def boards() -> Iterator[Content]:
    """The board, where anybody has used appeals."""
    return map(loaded, Board.objects.values_list("content", flat=True))


def after(at: datetime, *milliseconds: int) -> Iterator[datetime]:
    return (moment for moment in moments(*milliseconds) if moment > at)


def moments(*milliseconds: int) -> list[datetime]:
    return [datetime.fromtimestamp(one / 1000, UTC) for one in milliseconds]
