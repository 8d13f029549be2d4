"""Slots of time for letters.

By the minute each lane has a meter that runs ahead of the clock by `spacing` with each letter (the
generic cell rate algorithm, ITU-T I.371, with BURST as its tolerance). By the hour and day whole
minutes are counted, those included that only touch the window.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from newsletter.models import Pace
from newsletter.sending.pace import tallies
from newsletter.sending.pace.limits import A_MINUTE, BURST, Limits, limits_of

HORIZON = timedelta(seconds=1)  # how far ahead slots are given: what a dead line takes with it


@dataclass(frozen=True)
class Grant:
    """When each of some letters may leave, in order; `again_at`: when to ask for more.

    again_at: None if there were as many as wanted.
    """

    slots: list[datetime]
    again_at: datetime | None = None


@dataclass
class Meter:
    """next_at: when the next letter would leave that keeps the spacing; BURST earlier it may."""

    lane: int
    spacing: timedelta
    next_at: datetime

    def advance(self, slot: datetime) -> None:
        self.next_at = max(self.next_at, slot) + self.spacing


def grant(lane: int, most: int, at: datetime) -> Grant:
    """Leave for up to `most` letters of `lane` from `at` on; within the caller's transaction.

    most: no more than there are letters, and than one line sends in a second: all of them count.
    at: by the database's clock, which all senders share.
    A lane with limits is locked until the transaction ends: call it once in each, late.
    """
    limits = limits_of(lane, at)
    meters = _locked([those for those in limits if those.are_set], at)
    room = min([most, *(n for those in limits for n in tallies.left(those, at))])
    slots, again_at = _slots(meters, room, at)
    if slots:
        tallies.count([those.lane for those in limits], slots)
        for meter in meters:
            Pace.objects.filter(lane=meter.lane).update(next_at=meter.next_at)
    if len(slots) == most:
        return Grant(slots)
    full = (tallies.frees_at(those, at) for those in limits)
    return Grant(slots, again_at or max(filter(None, full)))


def _slots(meters: list[Meter], most: int, at: datetime) -> tuple[list[datetime], datetime | None]:
    """Up to `most`, and the first that is too far ahead, if there is one; advances `meters`."""
    slots: list[datetime] = []
    while len(slots) < most:
        slot = max([at, *(meter.next_at - BURST for meter in meters)])
        if slot > at + HORIZON:
            return slots, slot
        slots.append(slot)
        for meter in meters:
            meter.advance(slot)
    return slots, None


def _locked(limits: list[Limits], at: datetime) -> list[Meter]:
    """A meter for each lane, ours alone until the transaction ends; lane 0 first."""
    lanes = [those.lane for those in limits]
    found = _lock(lanes)
    if len(found) < len(lanes):
        Pace.objects.bulk_create(
            (Pace(lane=lane, next_at=at) for lane in lanes), ignore_conflicts=True
        )
        found = _lock(lanes)
    return [
        Meter(those.lane, those.spacing, _sane(found[those.lane], those.spacing, at))
        for those in limits
    ]


def _lock(lanes: Iterable[int]) -> dict[int, datetime]:
    rows: QuerySet[Pace] = Pace.objects.filter(lane__in=lanes).order_by("lane")
    return dict(rows.select_for_update().values_list("lane", "next_at"))


def _sane(next_at: datetime, spacing: timedelta, at: datetime) -> datetime:
    """Or a clock that was ahead for a moment would keep all letters back until then."""
    return min(next_at, at + spacing + A_MINUTE)
