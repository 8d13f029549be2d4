"""Appeals in pages: `{% appeals "top" %}` and the like, one for each slot."""

from django import template
from django.template.context import Context
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString, mark_safe

from donations import asking
from newsroom.lib import html
from newsroom.lib.pages import leave_unfinished

register = template.Library()
KEY = "appeals"  # in what a rendering remembers


@register.simple_tag(takes_context=True)
def appeals(context: Context, place: str) -> SafeString:
    """The first one in a page finds out for all; nothing on pages that tell no `facts`."""
    kept = context.render_context
    if KEY not in kept:
        facts, request = context.get("facts"), context.get("request")
        preview = getattr(request, "appeal_preview", None)
        kept[KEY] = asking.places(facts, preview) if facts else {}
        if request and asking.fuse.is_blown():
            leave_unfinished(request)
    found: SafeString = kept[KEY].get(place, SafeString(""))
    return found


@register.filter
@stringfilter
def short(text: str) -> SafeString:
    """Paragraphs with emphasis and links alone, whatever came into the database."""
    return mark_safe(html.clean_short(text))  # noqa: S308  this is the cleaner
