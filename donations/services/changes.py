"""The log, and with it what readers meet: no change without both."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from donations import board
from donations.models import Appeal, Change
from newsroom.models import Publication, User

LONGEST = 10_000  # characters of a value that the log keeps


def record(  # noqa: PLR0913  keyword-only
    subject: str,
    *,
    by: User | None,
    at: datetime,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str = "",
    appeal: Appeal | None = None,
) -> int:
    """Log each field that differs, and write the board anew; how many differ.

    To be called at the end of a change, within its transaction. Fields are named as the desk names
    them, values are as it shows them.
    """
    zone = Publication.current_zone()
    was, now = ({field: shown(told[field], zone) for field in told} for told in (before, after))
    rows = [
        Change(
            at=at,
            by=by,
            appeal=appeal,
            subject=subject[:120],
            field=field,
            before=was.get(field, ""),
            after=now.get(field, ""),
            reason=reason[:200],
        )
        for field in dict.fromkeys([*was, *now])
        if was.get(field, "") != now.get(field, "")
    ]
    Change.objects.bulk_create(rows)
    board.rebuild(at)
    return len(rows)


def shown(value: Any, zone: ZoneInfo) -> str:
    """Moments with their zone and year: a log is read years later."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return f"{local.day} {local:%b %Y, %H:%M %Z}"
    return str(value)[:LONGEST]
