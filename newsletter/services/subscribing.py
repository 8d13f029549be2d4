"""What people do about their own subscription, and the desk for them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from articles.models import Section
from newsletter import growth, limits, suppressions, wording
from newsletter.letters import Kind as Letter
from newsletter.limits import TooMany
from newsletter.models import Consent, SignUp, Source, Subscriber, Suppression
from newsletter.services.personal import erase, export_person
from newsletter.tasks.sign_ups import answer, answer_sign_up, send_letter
from newsletter.tokens import microseconds
from newsroom.lib import networks
from newsroom.models import User

__all__ = [
    "IN_TOUCH",
    "TooMany",
    "ask_for",
    "can_come_back",
    "come_back",
    "confirm",
    "erase",
    "export_person",
    "leave",
    "set_preferences",
    "sign_up",
    "who_asked",
]

Status = Subscriber.Status
IN_TOUCH = (Status.PENDING, Status.ACTIVE)
TO_RETURN = timedelta(hours=1)  # as long as the page that says goodbye stays open, no longer


def sign_up(address: str, *, form: str, client: networks.Address | None, at: datetime) -> None:
    """Have the worker answer `address` (compared form); the same work whether it is known or not.

    Raises TooMany.
    """
    limits.take_sign_up(client, at)
    with transaction.atomic():
        row = SignUp.objects.create(
            address=address,
            form=form,
            wording=wording.SIGN_UP,
            network=networks.truncated(client),
            at=at,
        )
        answer_sign_up.defer(sign_up_id=row.pk)


@transaction.atomic
def ask_for(address: str, *, by: User, at: datetime | None = None) -> bool:
    """Ask `address` (compared form) to confirm, as `by` says that its owner wants the newsletter.

    False, changing nothing, if it has been written to too often today.
    """
    at = at or timezone.now()
    if not limits.take_letter(address, at):
        return False
    words = f"Added at the desk by {by.username}."
    answer(SignUp(address=address, form=Source.DESK, wording=words, at=at))
    return True


def who_asked(subscriber_id: int, *, asked_at: datetime) -> Subscriber | None:
    """Whoever made that request, if it still counts: pending, or active by it."""
    asked = Subscriber.objects.filter(pk=subscriber_id, asked_at=asked_at)
    return asked.filter(status__in=IN_TOUCH).first()


@transaction.atomic
def confirm(
    subscriber_id: int, *, asked_at: datetime, network: str, at: datetime | None = None
) -> Subscriber | None:
    """The subscriber, active; None if that request counts no more. Safe to repeat."""
    at = at or timezone.now()
    asked = Subscriber.objects.filter(pk=subscriber_id, asked_at=asked_at)
    pending = asked.filter(status=Status.PENDING)
    is_new = pending.update(status=Status.ACTIVE, joined_at=at, left_at=None)
    subscriber = asked.active().first()
    if is_new and subscriber:
        suppressions.lift(subscriber.address, why="Confirmed anew", at=at)
        _note(subscriber, Consent.Kind.CONFIRMED, network=network, at=at)
        growth.joined(subscriber.source, at)
        send_letter.defer(
            kind=Letter.WELCOME.value, subscriber_id=subscriber.pk, number=microseconds(at)
        )
    return subscriber


@transaction.atomic
def leave(subscriber_id: int, *, network: str = "", at: datetime | None = None) -> None:
    """No letter after this moment; safe to repeat, and for somebody who has been erased."""
    at = at or timezone.now()
    subscriber = Subscriber.objects.select_for_update().filter(pk=subscriber_id).first()
    if subscriber is None or subscriber.status not in IN_TOUCH:
        return
    if subscriber.status == Status.ACTIVE:
        growth.left(subscriber.source, at)
    Subscriber.objects.filter(pk=subscriber_id).update(status=Status.LEFT, left_at=at)
    suppressions.suppress(subscriber.address, Suppression.Reason.LEFT, at)
    _note(subscriber, Consent.Kind.LEFT, network=network, at=at)


@transaction.atomic
def come_back(
    subscriber_id: int, *, network: str = "", at: datetime | None = None
) -> Subscriber | None:
    """Take back leaving, within the hour; the subscriber, active, or None. Safe to repeat."""
    at = at or timezone.now()
    subscriber = Subscriber.objects.select_for_update().filter(pk=subscriber_id).first()
    if not subscriber or not subscriber.left_at or not can_come_back(subscriber, at):
        return Subscriber.objects.active().filter(pk=subscriber_id).first()
    growth.returned(subscriber.source, subscriber.left_at)
    subscriber.status, subscriber.left_at = Status.ACTIVE, None
    subscriber.save(update_fields=["status", "left_at"])
    suppressions.lift(subscriber.address, why="Took leaving back", at=at)
    _note(subscriber, Consent.Kind.RETURNED, network=network, at=at)
    return subscriber


def can_come_back(subscriber: Subscriber, at: datetime) -> bool:
    """Whether they were in the list and have left it so lately that it may have been a slip."""
    if subscriber.status != Status.LEFT or not subscriber.joined_at or not subscriber.left_at:
        return False
    graver = Suppression.objects.of(subscriber.address).exclude(reason=Suppression.Reason.LEFT)
    return at - subscriber.left_at < TO_RETURN and not graver.exists()


@transaction.atomic
def set_preferences(
    subscriber: Subscriber,
    *,
    sections: Iterable[Section],
    frequency: str,
    network: str = "",
    at: datetime | None = None,
) -> bool:
    """sections: the topics that are wanted, none for all. False if it was so before."""
    if not Subscriber.objects.select_for_update().filter(pk=subscriber.pk).exists():
        return False  # erased this moment
    topics = sorted(sections, key=lambda section: section.name)
    was = subscriber.frequency, set(subscriber.sections.all())
    if was == (frequency, set(topics)):
        return False
    Subscriber.objects.filter(pk=subscriber.pk).update(frequency=frequency)
    subscriber.frequency = frequency
    subscriber.sections.set(topics)
    words = ", ".join(section.name for section in topics) or "all topics"
    words = f"{subscriber.get_frequency_display()}; {words}"
    _note(subscriber, Consent.Kind.CHANGED, network=network, at=at or timezone.now(), words=words)
    return True


def _note(
    subscriber: Subscriber, kind: str, *, network: str, at: datetime, words: str = ""
) -> None:
    subscriber.consents.create(kind=kind, at=at, network=network, wording=words[:400])
