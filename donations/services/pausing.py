"""Times in which the whole site asks for nothing."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from donations.models import Pause
from donations.services.changes import record
from newsroom.models import User


@transaction.atomic
def pause(
    *, starts_at: datetime, ends_at: datetime, reason: str, by: User, at: datetime | None = None
) -> Pause:
    """Ask nobody for anything from `starts_at` on and before `ends_at`; pauses may overlap."""
    made = Pause.objects.create(starts_at=starts_at, ends_at=ends_at, reason=reason, created_by=by)
    _log(made, by=by, at=at, before={}, after=_shown(made))
    return made


@transaction.atomic
def change_pause(pause: Pause, *, by: User, at: datetime | None = None, **fields: Any) -> bool:
    """False if it has been taken away in the meantime."""
    row = Pause.objects.select_for_update().filter(pk=pause.pk).first()
    if row is None:
        return False
    before = _shown(row)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields])
    _log(row, by=by, at=at, before=before, after=_shown(row))
    return True


@transaction.atomic
def delete_pause(pause: Pause, *, by: User, at: datetime | None = None) -> bool:
    """False if somebody else was faster."""
    row = Pause.objects.select_for_update().filter(pk=pause.pk).first()
    if row is None:
        return False
    before = _shown(row)
    row.delete()
    _log(row, by=by, at=at, before=before, after={})
    return True


def _shown(pause: Pause) -> dict[str, Any]:
    return {"From": pause.starts_at, "Until": pause.ends_at, "Why": pause.reason}


def _log(
    pause: Pause, *, by: User, at: datetime | None, before: dict[str, Any], after: dict[str, Any]
) -> None:
    at = at or timezone.now()
    subject = f"Pause: {pause.reason}"
    record(subject, by=by, at=at, before=before, after=after, reason=pause.reason)
