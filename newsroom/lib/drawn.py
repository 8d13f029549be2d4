"""Components that are drawn once, and again for whatever has changed."""

import time
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from newsroom.lib.parts import OBJECT, Part, parts, weight


def drawn(name: str, **things: Any) -> SafeString:
    """The template `name`, which leans on these objects alone, the day and the time zone.

    Lists and tuples are of rows. A row that has changed in the database is another object
    (newsroom/lib/statements.py).
    """
    zone = timezone.get_current_timezone()
    key = name, zone, day(zone, int(time.time())), *things, *map(identity, things.values())
    found = parts.get(key)
    if found is None:
        html = SafeString(render_to_string(name, things))
        size = weight(html) + sum(map(size_of, things.values()))
        kept = [tuple(thing) if isinstance(thing, list) else thing for thing in things.values()]
        found = Part(html, size, of=kept)
        parts.put(key, found)
    return found.value  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def day(zone: tzinfo, second: int) -> date:
    """At a second since 1970."""
    return datetime.fromtimestamp(second, zone).date()


def identity(thing: Any) -> Any:
    """Equal for what is drawn alike."""
    if isinstance(thing, (list, tuple)):
        return tuple(map(id, thing))
    return id(thing) if isinstance(thing, Model) else (type(thing), thing)


def size_of(thing: Any) -> int:
    """About; most objects of the database are kept as rows already."""
    return OBJECT if isinstance(thing, (Model, list, tuple)) else weight(thing)
