"""The newest entries first, and from there on back in time."""

from dataclasses import dataclass

from newsroom.audit.reading import Deed, deeds
from newsroom.models import AuditQuerySet

A_PAGE = 50  # entries


@dataclass(frozen=True)
class Page:
    """`older` is what to ask for with ?before= to go on; None at the end. `is_first` is now."""

    deeds: list[Deed]
    older: int | None
    is_first: bool


def page_of(entries: AuditQuerySet, before: str) -> Page:
    """The newest of `entries`, or those before the entry of that number; never counts them."""
    place = int(before) if before.isdecimal() and len(before) < 19 else None  # as a bigint holds
    asked = entries.filter(pk__lt=place) if place else entries
    found = list(asked.select_related("actor")[: A_PAGE + 1])
    older = found[A_PAGE - 1].pk if len(found) > A_PAGE else None
    return Page(deeds(found[:A_PAGE]), older, place is None)
