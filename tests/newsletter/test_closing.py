"""A round-up ends when every letter has met its end, whoever still has one in hand."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from newsletter.models import Delivery, Issue
from newsletter.sending import closing
from tests.newsletter.letters_sent import Status, make_sending

pytestmark = pytest.mark.django_db(transaction=True)


class GivingBack:
    """Before the second question about letters, somebody gives back what was in hand."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *others: Any) -> Any:
        if sql.startswith("SELECT") and "newsletter_delivery" in sql:
            self.n += 1
            if self.n == 2:
                with ThreadPoolExecutor(1) as pool:
                    pool.submit(self.give_back).result()
        return execute(sql, *others)

    def give_back(self) -> None:
        try:
            Delivery.objects.in_hand().update(status=Status.PLANNED)
        finally:
            connection.close()


def test_letter_that_is_given_back_meanwhile_is_not_forgotten() -> None:
    issue = make_sending(Status.ACCEPTED, Status.LEASED)
    Issue.objects.update(status=Issue.Status.STOPPED)

    with connection.execute_wrapper(GivingBack()):
        has_ended = closing.close_stopped(issue.pk, timezone.now())

    assert not has_ended
    Delivery.objects.in_hand().update(status=Status.PLANNED)
    assert closing.close_stopped(issue.pk, timezone.now())
    issue.refresh_from_db()
    assert issue.certificate
    assert (
        issue.certificate["counts"] | {"accepted": 1, "suppressed": 1}
        == (issue.certificate["counts"])
    )
