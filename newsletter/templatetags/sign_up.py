from django import template

from newsletter import wording

register = template.Library()


@register.simple_tag
def sign_up_wording() -> str:
    """What whoever signs up agrees to."""
    return wording.SIGN_UP
