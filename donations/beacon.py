"""What a reader's browser reports of a page view, and what of it is to be believed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from donations import choosing, reasons
from donations.board import Appeal, Content, moment
from donations.counting import Key, Sum
from donations.kept import Kept
from donations.models import EVERYWHERE, Count, Slot

MOST_BYTES, MOST_EVENTS = 4096, 60
MOST_ARTICLES = 2**31  # more than there will ever be
Kind = Count.Event
OF_NOBODY = frozenset({Kind.HIDDEN, Kind.SIGNED_UP, Kind.RETURNED})  # happen without an ask too
GONE = frozenset({"early", "late", "lapsed", "pause"})


class Wrong(Exception):
    """No report that our script sends; str() says why."""


@dataclass(frozen=True)
class Event:
    appeal: int
    variant: int
    slot: str
    kind: str
    why: str
    is_first: int


@dataclass(frozen=True)
class Report:
    article: int
    events: list[Event]


def read(body: bytes) -> Report:
    """Raises Wrong."""
    if len(body) > MOST_BYTES:
        raise Wrong(f"more than {MOST_BYTES} bytes")
    try:
        found = json.loads(body)
        article, rows = found["article"], found["events"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise Wrong("no report") from None
    if not isinstance(rows, list) or len(rows) > MOST_EVENTS:
        raise Wrong(f"no list of at most {MOST_EVENTS} events")
    if not is_number(article, MOST_ARTICLES):
        raise Wrong("no number of a piece")
    events = [event(row) for row in rows]
    if len({(one.appeal, one.kind) for one in events}) < len(events):
        raise Wrong("twice the same")
    if sum(one.kind == Kind.SHOWN for one in events) > 1:
        raise Wrong("more than one ask")
    return Report(article, events)


def event(row: Any) -> Event:
    match row:
        case [int(appeal), int(variant), str(slot), str(kind), str(why), int(is_first)]:
            found = Event(appeal, variant, slot, kind, why, is_first)
        case _:
            raise Wrong("no event")
    if not is_number(appeal, 2**63) or not is_number(variant, 2**63) or is_first not in {0, 1}:
        raise Wrong("no number")
    if slot not in Slot.values or kind not in Kind.values:
        raise Wrong("no such place or event")
    if (why not in reasons.READER) if kind == Kind.HIDDEN else why:
        raise Wrong("no such rule")
    return found


def is_number(value: Any, end: int) -> bool:
    return type(value) is int and 0 <= value < end


def known(report: Report, kept: Kept) -> list[Event]:
    """Those of appeals on the board; a page may have been open, or in a cache, for long.

    Raises Wrong if one says of its appeal what cannot be.
    """
    found = [one for one in report.events if one.appeal in kept.appeals]
    if not all(fits(one, kept.appeals[one.appeal]) for one in found):
        raise Wrong("not of this appeal")
    return found


def fits(event: Event, appeal: Appeal) -> bool:
    if event.slot != appeal["slot"]:
        return False
    if event.variant == choosing.NOBODY:
        return event.kind in OF_NOBODY
    return any(event.variant == variant["id"] for variant in appeal["variants"])


def is_gone(event: Event, kept: Kept, at: datetime) -> bool:
    """Whether it shows what must not be shown any more."""
    if event.kind != Kind.SHOWN:
        return False
    appeal = kept.appeals.get(event.appeal)
    return not (kept.content and appeal) or is_withdrawn(kept.content, appeal, at)


def is_withdrawn(content: Content, appeal: Appeal, at: datetime) -> bool:
    """Ended, lapsed, paused or switched off, whoever reads and whatever the page."""
    rules = content["rules"]
    if {EVERYWHERE, appeal["slot"]} & set(rules["off"]):
        return True
    return choosing.reader_rule(rules, appeal, choosing.NEUTRAL, moment(at)) in GONE


def counted(
    events: Iterable[Event], article: int, kept: Kept, at: datetime
) -> Iterator[tuple[Key, Sum]]:
    """What is to be added to which sums."""
    day = at.astimezone(kept.zone).date()
    for one in events:
        piece = article if one.kind == Kind.CLICKED else 0
        key = Key(day, one.appeal, one.variant, one.slot, one.kind, one.why, piece)
        yield key, (1, one.is_first)
