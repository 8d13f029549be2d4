"""What came of all appeals, place by place."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Sum

from donations.models import Appeal, Count, Slot
from donations.proportions import Rate

Event = Count.Event


@dataclass
class Tally:
    """Sums of one appeal, or of a place. reached, clicked: browsers, each once for an appeal."""

    shown: int = 0
    hidden: int = 0
    reached: int = 0
    clicked: int = 0

    @property
    def eligible(self) -> int:
        return self.shown + self.hidden

    @property
    def rate(self) -> Rate:
        return Rate.of(self.clicked, self.reached)

    def add(self, event: str, n: int, n_first: int) -> None:
        match event:
            case Event.SHOWN:
                self.shown, self.reached = self.shown + n, self.reached + n_first
            case Event.HIDDEN:
                self.hidden += n
            case Event.CLICKED:
                self.clicked += n_first


@dataclass
class Place:
    slot: Slot
    total: Tally = field(default_factory=Tally)
    appeals: dict[int, Tally] = field(default_factory=lambda: defaultdict(Tally))


def places() -> list[Place]:
    """Those where something was counted, in the order of Slot; 1 query."""
    found = {slot.value: Place(slot) for slot in Slot}
    sums = Count.objects.order_by("-appeal").values_list("slot", "appeal", "event")
    for slot, appeal, event, n, n_first in sums.annotate(all=Sum("n"), first=Sum("n_first")):
        found[slot].total.add(event, n, n_first)
        found[slot].appeals[appeal].add(event, n, n_first)
    return [place for place in found.values() if place.appeals]


def lines(place: Place, named: dict[int, Appeal]) -> list[tuple[Appeal, Tally]]:
    """The newest appeal first."""
    return [(named[pk], tally) for pk, tally in place.appeals.items() if pk in named]
