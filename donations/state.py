"""What an appeal is doing at a moment, in words; the one place that says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from django.db.models import Min, QuerySet

from donations import board
from donations.models import EVERYWHERE, Appeal, Board, Slot
from newsroom.lib.dates import spoken
from newsroom.models import Publication

A_WEEK = timedelta(days=7)
Status = Appeal.Status


class Doing(StrEnum):
    DRAFT = "draft"
    WAITS = "waits"
    RUNS = "runs"
    PAUSED = "paused"
    OVER = "over"
    ENDED = "ended"
    ARCHIVED = "archived"


COLOURS = {  # by the names that the desk's sheets know
    Doing.DRAFT: "draft",
    Doing.WAITS: "scheduled",
    Doing.RUNS: "public",
    Doing.PAUSED: "paused",
    Doing.OVER: "draft",
    Doing.ENDED: "draft",
    Doing.ARCHIVED: "draft",
}


@dataclass(frozen=True)
class State:
    """why: of a pause, or until when. has_lapsed: whether the pause is a claim's."""

    doing: Doing
    why: str = ""
    has_lapsed: bool = False

    @property
    def key(self) -> str:
        """For colours."""
        return "failed" if self.has_lapsed else COLOURS[self.doing]

    @property
    def word(self) -> str:
        return self.doing.capitalize()


@dataclass(frozen=True)
class Moment:
    """A moment, with what holds for all appeals then."""

    at: datetime
    zone: ZoneInfo
    rules: board.Rules

    @classmethod
    def of(cls, at: datetime) -> Self:
        """3 queries."""
        return cls(at, Publication.current_zone(), board.rules(at))

    @classmethod
    def as_shown(cls, at: datetime, zone: ZoneInfo) -> Self:
        """By the rules that readers' pages go by; 1 query, once anybody has used appeals."""
        shown = Board.objects.values_list("content__rules", flat=True).first()
        return cls(at, zone, shown or board.rules(at))

    @property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    @property
    def pause_ends(self) -> datetime | None:
        """When the pause of the whole site ends, if there is one."""
        now = board.moment(self.at)
        ends = [end for start, end in self.rules["pauses"] if start <= now < end]
        return datetime.fromtimestamp(max(ends) / 1000, self.zone) if ends else None


def known(appeals: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """With the last day on which all claims of each hold, as `valid_until`."""
    return appeals.annotate(valid_until=Min("variants__ties__claim__valid_until"))


def state_of(appeal: Appeal, moment: Moment) -> State:
    """Of an appeal out of `known`; asks the database nothing."""
    if appeal.status != Status.LIVE:
        return State(Doing(appeal.status), since(appeal))
    if appeal.ends(moment.at):
        return State(Doing.OVER, spoken(appeal.ends_at))
    if last_day := lapsed(appeal, moment):
        return State(Doing.PAUSED, f"a claim lapsed after {on(last_day)}", has_lapsed=True)
    if why := switched(appeal, moment):
        return State(Doing.PAUSED, why)
    if moment.at < appeal.starts_at:
        return State(Doing.WAITS, f"until {spoken(appeal.starts_at)}")
    return State(Doing.RUNS, f"until {spoken(appeal.ends_at)}")


def since(appeal: Appeal) -> str:
    is_ended = appeal.status == Status.ENDED and appeal.ended_at
    return spoken(appeal.ended_at) if is_ended and appeal.ended_at else ""


def lapsed(appeal: Appeal, moment: Moment) -> date | None:
    """The last day of its first claim, if that is over."""
    day: date | None = appeal.valid_until  # type: ignore[attr-defined]  # see `known`
    return day if day and day < moment.today else None


def switched(appeal: Appeal, moment: Moment) -> str:
    """Why appeals are off where this one stands; "" if they are on."""
    if EVERYWHERE in moment.rules["off"]:
        return "all appeals are switched off"
    if appeal.slot in moment.rules["off"]:
        return f"switched off: {Slot(appeal.slot).label.lower()}"
    ends = moment.pause_ends
    return f"the site asks for nothing until {spoken(ends)}" if ends else ""


def on(day: date) -> str:
    """`6 December 2024`."""
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True)
class Line:
    """An appeal that the desk should know of. note: what will soon be wrong with it."""

    appeal: Appeal
    state: State
    note: str


def on_the_desk(moment: Moment) -> list[Line]:
    """What runs or is paused now, or will lapse within a week; what is worst first. 1 query."""
    rows = known(Appeal.objects.ahead(moment.at))
    lines = [Line(row, state_of(row, moment), lapses_soon(row, moment)) for row in rows]
    shown = (line for line in lines if line.state.doing != Doing.WAITS or line.note)
    return in_order_of_need(shown)


def in_order_of_need(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (not line.state.has_lapsed, not line.note))


def lapses_soon(appeal: Appeal, moment: Moment) -> str:
    """A sentence if a claim lapses within a week and before the appeal ends; else ""."""
    day: date | None = appeal.valid_until  # type: ignore[attr-defined]
    is_soon = day and moment.today <= day < moment.today + A_WEEK
    ends_on = appeal.ends_at.astimezone(moment.zone).date()
    if day is None or not is_soon or day >= ends_on:
        return ""
    return f"A claim lapses after {on(day)}; then it pauses."
