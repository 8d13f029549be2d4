"""Moments as people at the desk say them."""

from datetime import datetime, timedelta

from django.utils import timezone


def spoken(moment: datetime, at: datetime | None = None) -> str:
    """`today 14:03`, `tomorrow 9:30 EST`, `Fri 6 Dec, 5:45 a.m. EST`, the year if not this one.

    What is still to come is said with its zone: somebody may wait for it elsewhere.
    In the current zone; at: aware, default now.
    """
    now = timezone.localtime(at or timezone.now())
    local = timezone.localtime(moment)
    for days, word in [(0, "today"), (-1, "yesterday"), (1, "tomorrow")]:
        if local.date() == now.date() + timedelta(days=days):
            zone = f" {local:%Z}" if local > now else ""
            return f"{word} {local.hour}:{local:%M}{zone}"
    half = "p.m." if local.hour >= 12 else "a.m."
    year = "" if local.year == now.year else f" {local.year}"
    clock = f"{local.hour % 12 or 12}:{local:%M} {half}"
    return f"{local:%a} {local.day} {local:%b}{year}, {clock} {local:%Z}"
