"""Components that are drawn once, and again for whatever has changed."""

from typing import Any

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from newsroom.lib.parts import OBJECT, Part, parts, weight


def drawn(name: str, **things: Any) -> SafeString:
    """The template `name`, which leans on these objects alone, the day and the time zone.

    A row that has changed in the database is another object (newsroom/lib/statements.py).
    """
    same = [
        id(thing) if isinstance(thing, Model) else (type(thing), thing) for thing in things.values()
    ]
    zone = timezone.get_current_timezone()
    key = name, zone, timezone.localdate(timezone=zone), *things, *same
    found = parts.get(key)
    if found is None:
        html = SafeString(render_to_string(name, things))
        found = Part(html, weight(html) + sum(map(size_of, things.values())), of=things)
        parts.put(key, found)
    return found.value  # type: ignore[no-any-return]


def size_of(thing: Any) -> int:
    """About; most objects of the database are kept as rows already."""
    return OBJECT if isinstance(thing, Model) else weight(thing)
