"""What every sender looks after, whether or not another one does the same at the same moment."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from newsletter.alerts import alert
from newsletter.models import Issue
from newsletter.sending import brakes, closing, origin, recovering, starting
from newsroom.models import Publication


def tend(patience: timedelta | None) -> Sequence[int]:
    """Start what is due, take up what others left behind, pause or close what has to be.

    Returns the round-ups whose letters may leave now, by id. patience: as in `recovering.recover`;
    None: what others have in hand is left alone.
    """
    if origin.is_elsewhere():
        alert("elsewhere", "No round-up is sent", starting.ELSEWHERE)
        return []
    start_due()
    if patience is not None:
        recovering.recover(list(Issue.objects.open().values_list("pk", flat=True)), patience)
    for pk in Issue.objects.at_work().values_list("pk", flat=True):
        brakes.pull(pk)
        closing.close(pk, timezone.now())
    for pk in Issue.objects.to_close().values_list("pk", flat=True):
        closing.close_stopped(pk, timezone.now())
    return list(Issue.objects.at_work().values_list("pk", flat=True))


def start_due() -> None:
    now = timezone.now()
    due = list(Issue.objects.due(now).values_list("pk", flat=True))
    if due:
        with timezone.override(Publication.current_zone()):  # for what staff are told
            for pk in due:
                starting.start(pk, now)
