from django import template

register = template.Library()


@register.filter
def figure(number: int) -> str:
    """`1,234,567`"""
    return f"{number:,}"
