"""Components that are the same on many pages, drawn once: {% shared %} and {% drawn %}."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from newsroom.lib.drawn import drawn
from newsroom.lib.generation import remembered

register = template.Library()
register.simple_tag(drawn)


@register.simple_tag
def shared(name: str, **context: Any) -> SafeString:
    """As `{% include NAME with … only %}`, where all that it is drawn from is named here.

    It may lean on the database and the day, and on nothing of the request.
    """
    return drawn_for_all(name, **context)


@remembered
def drawn_for_all(name: str, **context: Any) -> SafeString:
    return render_to_string(name, context)
