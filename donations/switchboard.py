"""What is switched off, by whom, and why."""

from dataclasses import dataclass

from donations.models import EVERYWHERE, Change, Rules, Slot

SUBJECT = "Switch"  # in the log
PLACES = {EVERYWHERE: "All appeals", **{slot.value: slot.label for slot in Slot}}


@dataclass(frozen=True)
class Switch:
    """place: a key of PLACES. last: the log's last word on it, None if nobody ever touched it."""

    place: str
    name: str
    is_off: bool
    last: Change | None


def switches() -> list[Switch]:
    """All of them, that for everything first; 2 queries."""
    off = Rules.current().off
    rows = Change.objects.filter(subject=SUBJECT).order_by("field", "-pk").distinct("field")
    last = {row.field: row for row in rows.select_related("by")}
    return [Switch(place, name, place in off, last.get(name)) for place, name in PLACES.items()]


def switched_off() -> list[Switch]:
    """Those that staff should be reminded of; 2 queries."""
    return [switch for switch in switches() if switch.is_off]
