from django import template

from newsletter.admin.state import State, state_of
from newsletter.models import Issue

register = template.Library()


@register.filter
def issue_state(issue: Issue) -> State:
    return state_of(issue)
