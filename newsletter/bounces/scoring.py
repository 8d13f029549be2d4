"""What follows from letters that come back and from complaints.

A letter that cannot be delivered for good, or a complaint, ends a subscription at once; one that
cannot be delivered for now does so on the fifth day of such letters within thirty.
Source of five and thirty: what Mailman does by default, but for the time.
"""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from newsletter import suppressions
from newsletter.bounces.codes import of_answer as of_answer
from newsletter.models import Bounce, Delivery, Issue, Subscriber
from newsroom.lib.logs import ADDRESS
from newsroom.lib.mail import header_text

SOFT_DAYS = 5
SOFT_WITHIN = timedelta(days=30)
LONGEST_ANSWER = 200
LONGEST_READ = 2_000  # more than that nobody looks through for addresses
Kind = Bounce.Kind
Status = Subscriber.Status


@transaction.atomic
def note(  # noqa: PLR0913  # these are the facts of one bounce
    subscriber_id: int,
    kind: Bounce.Kind,
    *,
    source: Bounce.Source,
    at: datetime,
    issue_id: int | None = None,
    code: str = "",
    answer: str = "",
) -> bool:
    """Write it down and draw the consequence; safe to repeat.

    False if it is no news: one of that letter or day is known, the subscriber has confirmed anew
    since that letter, or is gone.
    """
    answer = private(answer)
    if issue_id and kind != Kind.COMPLAINT:
        came_back(issue_id, subscriber_id, answer)  # before the subscriber, as senders lock them
    subscriber = Subscriber.objects.select_for_update().filter(pk=subscriber_id).first()
    issue = Issue.objects.only("started_at").filter(pk=issue_id or 0).first()
    if subscriber is None or _is_past(subscriber, kind, issue):
        return False
    if issue and subscriber.bounces.filter(issue=issue, kind=kind).exists():
        return False
    facts = {"issue": issue, "source": source, "code": code[:20], "answer": answer}
    day = at.astimezone(UTC).date()
    _, is_new = subscriber.bounces.get_or_create(on=day, kind=kind, defaults=facts)
    _draw_consequence(subscriber, kind, at)
    return is_new


def came_back(issue_id: int, subscriber_id: int, answer: str) -> bool:
    """Say so in the ledger of a letter that the server had taken, or may have taken.

    One that is certified as uncertain stays that: only its answer tells.
    """
    letter = Delivery.objects.filter(issue=issue_id, subscriber=subscriber_id)
    uncertain = Q(status=Delivery.Status.UNCERTAIN)
    is_certified = Q(issue__in=Issue.objects.filter(certificate__isnull=False))
    letter.filter(uncertain & is_certified).update(answer=private(answer))
    taken = letter.filter(Q(status=Delivery.Status.ACCEPTED) | uncertain & ~is_certified)
    # Whoever has it in hand at this moment does not undo it: the fence refuses them.
    end = {"status": Delivery.Status.BOUNCED, "next_at": None, "sender": None}
    return bool(taken.update(**end, fence=F("fence") + 1, answer=private(answer)))


def private(answer: str) -> str:
    """`answer` on one line, without addresses, as short as it is kept."""
    line = " ".join(header_text(answer[:LONGEST_READ]).split())
    return ADDRESS.sub("[address]", line)[:LONGEST_ANSWER]


def _is_past(subscriber: Subscriber, kind: Bounce.Kind, issue: Issue | None) -> bool:
    """Whether they have shown since that letter that mail reaches them, or are about to."""
    since = subscriber.joined_at or subscriber.asked_at
    if kind == Kind.COMPLAINT or not (since and issue and issue.started_at):
        return False
    return issue.started_at < since


def _draw_consequence(subscriber: Subscriber, kind: Bounce.Kind, at: datetime) -> None:
    if kind == Kind.COMPLAINT:
        suppressions.mark(subscriber.pk, Status.COMPLAINED, at=at)
    elif subscriber.status != Status.COMPLAINED and (kind == Kind.HARD or _is_worn(subscriber, at)):
        suppressions.mark(subscriber.pk, Status.BOUNCED, at=at)


def _is_worn(subscriber: Subscriber, at: datetime) -> bool:
    """By bounces of today and the 29 days before; those before joining anew are forgiven."""
    today = at.astimezone(UTC).date()
    soft = subscriber.bounces.soft().filter(on__gt=today - SOFT_WITHIN, on__lte=today)
    if subscriber.joined_at:
        soft = soft.filter(on__gte=subscriber.joined_at.astimezone(UTC).date())
    return soft.count() >= SOFT_DAYS
