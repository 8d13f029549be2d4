from django import template

from newsroom.lib import html

register = template.Library()


@register.filter
def words(rich: str) -> str:
    """The words of rich text in one line; blocks stay apart."""
    return " ".join(html.plain(rich).split())
