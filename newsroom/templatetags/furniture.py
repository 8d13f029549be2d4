"""Components that are the same on many pages, drawn once: {% shared %} and {% drawn %}."""

from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from newsroom.lib.generation import remembered

register = template.Library()

MOST = 2_000  # components that are kept of all that {% drawn %} has drawn


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
    things = tuple(map(Same, context.values()))
    found: SafeString = drawn_once(name, tuple(context), things, timezone.localdate())
    return found


@lru_cache(MOST)
def drawn_once(name: str, keys: tuple[str, ...], things: "tuple[Same, ...]", day: date) -> Any:
    return render_to_string(name, dict(zip(keys, (same.thing for same in things), strict=True)))


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
