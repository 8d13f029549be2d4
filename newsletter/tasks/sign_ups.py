"""Answers to those who sign up and confirm."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from newsletter import joining, letters, limits, mail
from newsletter.models import SignUp, Subscriber
from newsletter.tasks.pace import PATIENT, SOON
from newsletter.tokens import microseconds


@app.task(name="newsletter.answer_sign_up", retry=3, priority=SOON)
def answer_sign_up(sign_up_id: int) -> None:
    """Does nothing the second time, as the row is gone."""
    with transaction.atomic():
        sign_up = SignUp.objects.select_for_update().filter(pk=sign_up_id).first()
        if sign_up is None:
            return
        if limits.take_letter(sign_up.address, timezone.now()):
            answer(sign_up)
        sign_up.delete()


def answer(sign_up: SignUp) -> None:
    """Who gets the newsletter already is told so, anybody else asked to confirm."""
    subscriber = joining.ask(sign_up)
    is_known = subscriber.status == Subscriber.Status.ACTIVE
    kind = letters.Kind.KNOWN if is_known else letters.Kind.CONFIRM
    number = microseconds(sign_up.at)
    send_letter.defer(kind=kind.value, subscriber_id=subscriber.pk, number=number)


@app.periodic(cron="17 3 * * *")
@app.task(name="newsletter.forget")
def forget(timestamp: int) -> None:
    """What has been of no use for long."""
    now = timezone.now()
    limits.forget(now)
    joining.forget(now)


@app.task(name="newsletter.send_letter", retry=PATIENT, priority=SOON)
def send_letter(kind: str, subscriber_id: int, number: int) -> None:
    """Nothing to those whom it does not suit any more; each attempt is the same letter."""
    letter = letters.Kind(kind)
    subscriber = Subscriber.objects.filter(pk=subscriber_id, status=letter.goes_to).first()
    if subscriber:
        mail.send([letters.write(letter, subscriber, number)])
