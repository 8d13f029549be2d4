"""What a sign-up makes of the list; the same for a form on a page and for the desk."""

from datetime import datetime, timedelta

from django.db import transaction

from newsletter.models import Consent, SignUp, Subscriber
from newsletter.tokens import TO_CONFIRM

Status = Subscriber.Status
A_MONTH = timedelta(days=30)


@transaction.atomic
def ask(sign_up: SignUp) -> Subscriber:
    """The subscriber of that address: pending until confirming, or active as before.

    A request that still runs goes on, so that the links of its letters keep working.
    """
    subscriber = _locked(sign_up)
    if subscriber.status == Status.ACTIVE:
        return subscriber
    if not _still_runs(subscriber, sign_up):
        subscriber.status, subscriber.joined_at = Status.PENDING, None
        subscriber.asked_at, subscriber.source = sign_up.at, sign_up.form
        subscriber.save(update_fields=["status", "joined_at", "asked_at", "source"])
    subscriber.consents.create(
        kind=Consent.Kind.ASKED,
        at=sign_up.at,
        form=sign_up.form,
        wording=sign_up.wording,
        network=sign_up.network,
    )
    return subscriber


def forget(at: datetime) -> None:
    """Delete those who were asked a month ago, never confirmed, and never got a letter.

    And forms that could not be answered.
    """
    SignUp.objects.filter(at__lt=at - A_MONTH).delete()
    silent = Subscriber.objects.filter(status=Status.PENDING, asked_at__lt=at - A_MONTH)
    silent.filter(left_at=None, deliveries=None).delete()


def _locked(sign_up: SignUp) -> Subscriber:
    new = Subscriber(address=sign_up.address, source=sign_up.form, asked_at=sign_up.at)
    Subscriber.objects.bulk_create([new], ignore_conflicts=True)
    return Subscriber.objects.select_for_update().get(address=sign_up.address)


def _still_runs(subscriber: Subscriber, sign_up: SignUp) -> bool:
    if subscriber.status != Status.PENDING or subscriber.asked_at is None:
        return False
    return sign_up.at - subscriber.asked_at < TO_CONFIRM
