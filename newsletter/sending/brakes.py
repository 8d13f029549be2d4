"""When so much goes wrong that going on would do harm."""

from django.utils import timezone

from newsletter.alerts import alert
from newsletter.models import Delivery, Issue

IN_A_ROW = 50
WINDOW, MOST = 1000, 50  # 5 %
ERRORS = (Delivery.Status.FAILED, Delivery.Status.UNCERTAIN)


def pull(issue_id: int) -> bool:
    """Whether this call has paused the round-up, as too much goes wrong; staff are told then."""
    light = Issue.objects.at_work().only("started_at", "running_since", "subject")
    issue = light.filter(pk=issue_id).first()
    why = why_stop(issue) if issue else ""
    return bool(issue and why and pause(issue, why))


def pause(issue: Issue, why: str) -> bool:
    stamp = {"paused_at": timezone.now(), "pause_why": why[:300]}
    sending = Issue.objects.at_work().filter(pk=issue.pk)
    if not sending.update(status=Issue.Status.PAUSED, **stamp):
        return False
    alert(f"paused:{issue.pk}", f"Paused: {issue}", f"{why} Resume it at the desk.")
    return True


def why_stop(issue: Issue) -> str:
    """What a person must look at before more letters leave; "" if all is well. 1 query.

    A letter that was only put off is no error: it will be tried again.
    """
    since = issue.running_since or issue.started_at
    latest = issue.deliveries.filter(done_at__gte=since).newest(WINDOW)
    outcomes = list(latest.values_list("status", "n_lost", "answer"))
    errors = [is_error(status, n_lost) for status, n_lost, _ in outcomes]
    if len(errors) >= IN_A_ROW and all(errors[:IN_A_ROW]):
        last = outcomes[0][2] or "no answer"
        return f"The last {IN_A_ROW} letters all failed. The last answer: {last}"
    if (n_errors := sum(errors)) > MOST:
        return (
            f"{n_errors} of the last {len(errors):,} letters were refused or got no answer. "
            "Look at these."
        )
    return ""


def is_error(status: str, n_lost: int) -> bool:
    if status in ERRORS:
        return True
    return status == Delivery.Status.DEFERRED and n_lost > 0
