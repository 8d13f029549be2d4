"""All that is kept on one person: handed out, and deleted."""

from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from newsletter import growth, limits, suppressions
from newsletter.models import RefusedRow, SignUp, Subscriber, Suppression
from newsroom.lib import addresses
from newsroom.models import Limit


def export_person(subscriber: Subscriber) -> dict[str, Any]:
    """Everything we keep on `subscriber`, ready for JSON."""
    batch = subscriber.batch
    digest = addresses.digest(subscriber.address)
    return {
        "address": subscriber.address,
        "status": subscriber.get_status_display(),
        "came_by": subscriber.get_source_display(),
        "import": batch and {"file": batch.name, "proof_of_consent": batch.statement},
        "frequency": subscriber.get_frequency_display(),
        "topics": [section.name for section in subscriber.sections.all()],
        "asked_at": subscriber.asked_at,
        "joined_at": subscriber.joined_at,
        "left_at": subscriber.left_at,
        "consents": list(subscriber.consents.values("kind", "at", "form", "wording", "network")),
        "letters": list(subscriber.deliveries.values("issue__subject", "status", "done_at")),
        "bounces": list(subscriber.bounces.values("kind", "on", "code", "answer")),
        "suppressions": list(
            Suppression.objects.filter(digest=digest).values("reason", "at", "lifted_at")
        ),
        "sign_ups_waiting": list(
            SignUp.objects.filter(address=subscriber.address).values("form", "at", "network")
        ),
    }


@transaction.atomic
def erase(subscriber_id: int, *, at: datetime | None = None) -> None:
    """Delete everything but a keyed hash, by which no list can bring them back. Safe to repeat.

    Rows are taken in the order in which the answer to a sign-up takes them.
    """
    at = at or timezone.now()
    subscriber = Subscriber.objects.filter(pk=subscriber_id).first()
    if subscriber is None:
        return
    _forget(subscriber.address)
    subscriber = Subscriber.objects.select_for_update().filter(pk=subscriber_id).first()
    if subscriber is None:
        return
    if subscriber.status == Subscriber.Status.ACTIVE:
        growth.left(subscriber.source, at)
    suppressions.suppress(subscriber.address, Suppression.Reason.ERASED, at)
    kind = ContentType.objects.get_for_model(Subscriber)
    logged = LogEntry.objects.filter(content_type=kind, object_id=str(subscriber_id))
    logged.update(object_repr="erased", change_message="")
    subscriber.delete()


def _forget(address: str) -> None:
    SignUp.objects.filter(address=address).delete()
    Limit.objects.filter(key=limits.address_key(address)).delete()
    RefusedRow.objects.filter(text__icontains=address).delete()
    shown = addresses.shown(address)
    if shown != address:
        RefusedRow.objects.filter(text__icontains=shown).delete()
