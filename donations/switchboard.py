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
    last = last_words()
    return [Switch(place, name, place in off, last.get(name)) for place, name in PLACES.items()]


def switched_off(off: list[str]) -> list[Switch]:
    """Those that staff should be reminded of; 1 query if any of the places is `off`."""
    last = last_words() if off else {}
    return [
        Switch(place, name, is_off=True, last=last.get(name))
        for place, name in PLACES.items()
        if place in off
    ]


def last_words() -> dict[str, Change]:
    """The log's last entry on each switch, by its name; 1 query."""
    rows = Change.objects.filter(subject=SUBJECT).order_by("field", "-pk").distinct("field")
    return {row.field: row for row in rows.select_related("by")}
