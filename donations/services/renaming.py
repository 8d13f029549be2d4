"""Sections, formats, series and tags that get another slug: rules and aims go on meaning them."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from donations.models import Appeal, Rules
from donations.services import changes
from donations.services.appeals import label
from donations.services.ruling import SUBJECT, named
from newsroom.models import User

FIELDS = {"section": "sections", "format": "formats", "series": "series", "tag": "tags"}


class Swapped(TypedDict):
    """A list of words before and after a change, of an appeal by its id or, None, of the rules."""

    appeal: int | None
    field: str
    before: list[str]
    after: list[str]


@transaction.atomic
def follow(
    part: str, was: str, now: str, *, by: User | None, at: datetime | None = None
) -> list[Swapped]:
    """Say `now` wherever rules, and appeals in any state, say `was` for a `part` (a key of FIELDS).

    What appeals mean stays the same, so those that are locked follow as well.
    """
    at = at or timezone.now()
    appeals, rules = saying(part, was)
    # All rows before the first change, which locks the board.
    rows: list[Appeal | Rules] = [*rules.select_for_update(), *appeals.select_for_update()]
    reason = f"“{was}” is called “{now}” now."
    swapped = []
    for row in rows:
        words = {name: said(getattr(row, name), was, now) for name in fields_of(row, part)}
        swapped += swap(row, words, by=by, at=at, reason=reason)
    return swapped


@transaction.atomic
def take_back(swapped: list[Swapped], *, by: User | None, at: datetime | None = None) -> None:
    """Say again what `follow` has changed, where nobody has changed it since."""
    if not swapped:
        return
    at = at or timezone.now()
    appeals = Appeal.objects.filter(pk__in=[one["appeal"] for one in swapped if one["appeal"]])
    locked = appeals.select_for_update().order_by("pk")
    rows: list[Appeal | Rules] = [*Rules.objects.select_for_update(), *locked]
    for row in rows:
        own = [one for one in swapped if one["appeal"] == appeal_of(row)]
        words = {
            one["field"]: one["before"] for one in own if getattr(row, one["field"]) == one["after"]
        }
        if words:
            swap(row, words, by=by, at=at, reason="What had changed it was undone.")


def saying(part: str, slug: str) -> tuple[QuerySet[Appeal], QuerySet[Rules]]:
    """The appeals, in any state, and the rules that say `slug` for a `part`."""
    only, never = f"only_{FIELDS[part]}", f"not_{FIELDS[part]}"
    aimed = Q(**{f"{only}__contains": [slug]}) | Q(**{f"{never}__contains": [slug]})
    barred = Rules.objects.filter(no_tags__contains=[slug])
    rules = barred if part == "tag" else barred.none()
    return Appeal.objects.filter(aimed).order_by("pk"), rules


def fields_of(row: Appeal | Rules, part: str) -> list[str]:
    return [f"only_{FIELDS[part]}", f"not_{FIELDS[part]}"] if appeal_of(row) else ["no_tags"]


def appeal_of(row: Appeal | Rules) -> int | None:
    return row.pk if isinstance(row, Appeal) else None


def said(words: list[str], was: str, now: str) -> list[str]:
    return list(dict.fromkeys(now if word == was else word for word in words))


def swap(
    row: Appeal | Rules,
    words: Mapping[str, list[str]],
    *,
    by: User | None,
    at: datetime,
    reason: str,
) -> list[Swapped]:
    """Put `words`, by field, in the place of those that `row` has; what has changed."""
    appeal = row if isinstance(row, Appeal) else None
    subject, called = (appeal.name, label) if appeal else (SUBJECT, named)
    swapped = [
        Swapped(appeal=appeal_of(row), field=name, before=getattr(row, name), after=after)
        for name, after in words.items()
        if getattr(row, name) != after
    ]
    for one in swapped:
        setattr(row, one["field"], one["after"])
    row.save(update_fields=[one["field"] for one in swapped])
    before = {called(one["field"]): one["before"] for one in swapped}
    after = {called(one["field"]): one["after"] for one in swapped}
    changes.record(subject, by=by, at=at, before=before, after=after, reason=reason, appeal=appeal)
    return swapped
