"""Targets of seasons, and what has come in."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from donations.models import Goal, Total
from donations.money import written
from donations.services.changes import record
from newsroom.models import User


class Taken(Exception):
    """Another total came under the same event's number."""


@transaction.atomic
def set_goal(
    goal: Goal, *, by: User, reason: str = "", at: datetime | None = None, **fields: Any
) -> Goal:
    """Make a goal, or set `fields` of one; a currency in which sums have come in stays."""
    row = Goal.objects.select_for_update().get(pk=goal.pk) if goal.pk else Goal()
    before = _shown(row) if row.pk else {}
    if row.raised is not None:
        fields.pop("currency", None)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields] if row.pk else None)
    _log(row, by=by, at=at, before=before, after=_shown(row), reason=reason)
    return row


@transaction.atomic
def delete_goal(goal: Goal, *, by: User, at: datetime | None = None) -> None:
    """Raises ProtectedError while an appeal shows it."""
    before = _shown(goal)
    goal.delete()
    _log(goal, by=by, at=at, before=before, after={})


@transaction.atomic
def add_total(
    goal: Goal,
    *,
    raised: int,
    as_of: datetime,
    event: str = "",
    by: User | None = None,
    at: datetime | None = None,
) -> bool:
    """Note that `raised` (smallest units) had come in at `as_of`; readers see the newest total.

    event: the webhook's number of it; the same event again changes nothing and gives False.
    Raises Taken if another total has it.
    """
    row = Goal.objects.select_for_update().get(pk=goal.pk)
    if event and not _is_new(row, event, raised=raised, as_of=as_of):
        return False
    if not event:
        Total.objects.create(goal=row, raised=raised, as_of=as_of, by=by)
    if row.as_of is None or as_of >= row.as_of:
        before = _total(row)
        row.raised, row.as_of = raised, as_of
        row.save(update_fields=["raised", "as_of"])
        _log(row, by=by, at=at, before=before, after=_total(row))
    return True


def _is_new(goal: Goal, event: str, *, raised: int, as_of: datetime) -> bool:
    """Write the total down under its event's number, once."""
    wanted = {"goal": goal, "raised": raised, "as_of": as_of}
    total, is_new = Total.objects.get_or_create(event=event, defaults=wanted)
    if (total.goal_id, total.raised, total.as_of) != (goal.pk, raised, as_of):
        raise Taken(event)
    return is_new


def _shown(goal: Goal) -> dict[str, Any]:
    return {
        "Name": goal.name,
        "Address": goal.slug,
        "Target": written(goal.target, goal.currency),
    }


def _total(goal: Goal) -> dict[str, Any]:
    raised = None if goal.raised is None else written(goal.raised, goal.currency)
    return {"Raised": raised, "As of": goal.as_of}


def _log(goal: Goal, *, by: User | None, at: datetime | None, **told: Any) -> None:
    record(f"Goal: {goal.name}", by=by, at=at or timezone.now(), **told)
