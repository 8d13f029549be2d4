from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter import limits
from newsletter.models import SignUp, Subscriber
from newsletter.tasks.sign_ups import forget
from newsroom.models import Limit
from tests.factories_newsletter import make_subscriber

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=31)


def test_address_that_nobody_confirmed_is_forgotten_after_a_month() -> None:
    make_subscriber(status="pending", asked_at=LONG_AGO)
    recent = make_subscriber(status="pending", asked_at=LONG_AGO + timedelta(days=2))
    left_before = make_subscriber(status="pending", asked_at=LONG_AGO, left_at=LONG_AGO)
    active = make_subscriber(asked_at=LONG_AGO)

    forget(0)

    assert set(Subscriber.objects.all()) == {recent, left_before, active}


def test_form_that_could_not_be_answered_is_forgotten_after_a_month() -> None:
    for at in (LONG_AGO, LONG_AGO + timedelta(days=2)):
        SignUp.objects.create(address="ann@example.org", form="page", wording="", at=at)

    forget(0)

    assert SignUp.objects.get().at > LONG_AGO


def test_limits_are_forgotten_when_they_limit_nothing() -> None:
    now = timezone.now()
    limits.take_letter("old@example.org", now - timedelta(hours=25))
    limits.take_letter("new@example.org", now - timedelta(hours=25))
    limits.take_letter("new@example.org", now - timedelta(hours=23))
    Limit.objects.create(key="somebody.else's", times=[LONG_AGO])

    forget(0)

    kept = {limits.address_key("new@example.org"), "somebody.else's"}
    assert set(Limit.objects.values_list("key", flat=True)) == kept
