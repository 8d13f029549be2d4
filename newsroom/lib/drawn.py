"""Components that are drawn once, and again for whatever has changed."""

from dataclasses import dataclass
from sys import getsizeof
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from newsroom.lib.recent import Recent

MOST = 32 << 20  # bytes of a process


@dataclass(frozen=True)
class Drawn:
    """It holds what it was drawn from, so that nothing else comes to have the same id."""

    html: SafeString
    things: dict[str, Any]
    size: int


def size_of(thing: Any) -> int:
    """About, with what belongs to it."""
    return sum(map(getsizeof, vars(thing).values() if isinstance(thing, Model) else [thing]))


kept: Recent[Any, Drawn] = Recent(MOST)


def drawn(name: str, **things: Any) -> SafeString:
    """The template `name`, which leans on these objects alone, the day and the time zone.

    A row that has changed in the database is another object (newsroom/lib/statements.py).
    """
    same = [
        id(thing) if isinstance(thing, Model) else (type(thing), thing) for thing in things.values()
    ]
    zone = timezone.get_current_timezone()
    key = name, zone, timezone.localdate(timezone=zone), *things, *same
    found = kept.get(key)
    if found is None or settings.DEBUG:  # somebody may be at work on the template
        html = SafeString(render_to_string(name, things))
        size = getsizeof(html) + sum(map(size_of, things.values()))
        found = Drawn(html, things, size)
        kept.put(key, found)
    return found.html
