"""Components that are the same on many pages, drawn once: {% shared %} and {% drawn %}."""

from dataclasses import dataclass
from sys import getsizeof
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from newsroom.lib.generation import remembered
from newsroom.lib.recent import Recent

register = template.Library()

MOST = 32 << 20  # bytes that {% drawn %} keeps


@register.simple_tag
def shared(name: str, **context: Any) -> SafeString:
    """As `{% include NAME with … only %}`, where all that it is drawn from is named here.

    It may lean on the database and the day, and on nothing of the request.
    """
    return drawn_for_all(name, **context)


@remembered
def drawn_for_all(name: str, **context: Any) -> SafeString:
    return render_to_string(name, context)


@register.simple_tag
def drawn(name: str, **context: Any) -> SafeString:
    """As `{% shared %}`, but leaning on these objects alone, and the day: kept through changes.

    What has changed in the database is another object (newsroom/lib/statements.py), drawn anew.
    """
    key = name, timezone.localdate(), *context, *map(Same, context.values())
    found = kept.get(key)
    if found is None or settings.DEBUG:  # somebody may be at work on the template
        html = render_to_string(name, context)
        found = Drawn(html, getsizeof(html) + sum(map(size_of, context.values())))
        kept.put(key, found)
    return found.html


@dataclass(frozen=True)
class Drawn:
    html: SafeString
    size: int


kept: Recent[Any, Drawn] = Recent(MOST)


def size_of(thing: Any) -> int:
    """About, with what belongs to it."""
    return sum(map(getsizeof, vars(thing).values() if isinstance(thing, Model) else [thing]))


class Same:
    """Equal to another one of the very same object, or of an equal plain value."""

    __slots__ = ("thing",)

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing) if isinstance(self.thing, Model) else hash(self.thing)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Same):
            return NotImplemented
        if isinstance(self.thing, Model):
            return self.thing is other.thing
        return bool(self.thing == other.thing)
