"""Whom a round-up goes to."""

from datetime import datetime

from django.db.models import Q

from newsletter.models import Issue, Newsletter, Subscriber, SubscriberQuerySet
from newsroom.models import Publication, User


def audience(issue: Issue, at: datetime) -> SubscriberQuerySet:
    """Those who get `issue` if it is sent at `at`: its part of the active subscribers.

    Who wants one letter a month gets the month's first.
    """
    found = Subscriber.objects.active().within(issue.segment)
    if is_months_first(issue, at):
        return found
    return found.filter(frequency=Subscriber.Frequency.WEEKLY)


def is_months_first(issue: Issue, at: datetime) -> bool:
    """Whether no other round-up goes out earlier in the publication's month of `at`."""
    local = at.astimezone(Publication.current_zone())
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    out = Q(published_on__range=(month.date(), local.date()))
    waits = Q(status=Issue.Status.SCHEDULED, send_at__gte=month, send_at__lt=at)
    return not Issue.objects.exclude(pk=issue.pk).filter(out | waits).exists()


def needs_somebody_else(issue: Issue, approver: User, at: datetime) -> bool:
    """Whether `issue` goes to so many that one of its editors may not be the one to approve it."""
    if not issue.editors.filter(pk=approver.pk).exists():
        return False
    return audience(issue, at).count() > Newsletter.current().second_person_above
