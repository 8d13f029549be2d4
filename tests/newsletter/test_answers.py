"""The letters that answer what a person did."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection

from newsletter import letters
from newsletter.models import Growth, Subscriber
from newsletter.services import subscribing
from newsletter.tasks.sign_ups import send_letter
from newsroom.models import Publication
from tests.factories_newsletter import make_subscriber

pytestmark = pytest.mark.django_db
Kind = letters.Kind
Status = Subscriber.Status


def letter(kind: Kind, **fields: str) -> EmailMultiAlternatives:
    subscriber = make_subscriber(status=kind.goes_to, **fields)
    return letters.write(kind, subscriber, 1)


@pytest.mark.parametrize("kind", Kind)
def test_letter_says_whose_it_is_in_both_its_parts(kind: Kind) -> None:
    Publication.objects.update_or_create(
        pk=1, defaults={"name": "Parley & Sons", "postal_address": "1 Row\nTown"}
    )
    made = letter(kind, address="ann@example.org")
    html = str(made.alternatives[0][0])

    assert "Parley &amp; Sons" in html
    for part in (str(made.body), html):
        assert "1 Row" in part
        assert "ann@example.org" in part or kind == Kind.WELCOME
        assert "personal:" not in part
        assert "{{" not in part
    assert "&amp;" not in str(made.body) + made.subject


@pytest.mark.parametrize("kind", Kind)
def test_letter_is_marked_as_automatic_and_may_be_left(kind: Kind) -> None:
    headers = letter(kind).extra_headers

    assert headers["Auto-Submitted"] == "auto-generated"
    assert ("List-Unsubscribe-Post" in headers) == (kind != Kind.CONFIRM)


@pytest.mark.parametrize("kind", Kind)
def test_second_attempt_is_the_same_letter(kind: Kind) -> None:
    subscriber = make_subscriber(status=kind.goes_to)

    for _ in range(2):
        send_letter(kind.value, subscriber.pk, 7)

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("status", Status)
def test_letter_that_came_too_late_is_not_sent(kind: Kind, status: str) -> None:
    subscriber = make_subscriber(status=status)

    send_letter(kind.value, subscriber.pk, 7)

    assert bool(mail.outbox) == (status == kind.goes_to)


def test_letter_to_somebody_erased_is_not_sent() -> None:
    send_letter("welcome", 0, 7)

    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_everything_pressed_at_once_counts_once() -> None:
    subscriber = make_subscriber(status=Status.PENDING)
    asked_at = subscriber.asked_at
    assert asked_at

    def confirm(_: int) -> None:
        subscribing.confirm(subscriber.pk, asked_at=asked_at, network="")
        connection.close()

    def leave(_: int) -> None:
        subscribing.leave(subscriber.pk)
        connection.close()

    for press, kind in [(confirm, "confirmed"), (leave, "left")]:
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(press, range(8)))
        assert subscriber.consents.filter(kind=kind).count() == 1

    counted = Growth.objects.get()
    assert (counted.n_joined, counted.n_left) == (1, 1)
