"""What no limit asks for any more."""

from datetime import datetime, timedelta

from newsletter.models import DomainLimit, Issue, Pace, Tally

KEPT = timedelta(days=400)  # longer than a warm-up of a weekly newsletter can matter


def forget(at: datetime) -> None:
    """Delete old counts, and the lanes of former domains unless a letter may still be in one."""
    Tally.objects.filter(minute__lt=at - KEPT).delete()
    under_way = [Issue.Status.SENDING, Issue.Status.PAUSED]
    if not Issue.objects.filter(status__in=under_way).exists():
        domains = DomainLimit.objects.values("pk")
        Pace.objects.exclude(lane=0).exclude(lane__in=domains).delete()
