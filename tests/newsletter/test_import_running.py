"""From a file to subscribers: checked, agreed to and added."""

from typing import Any

import pytest
from django.utils import timezone

from newsletter import suppressions
from newsletter.importing import running, staging
from newsletter.models import Growth, Import, Source, Subscriber, Suppression
from newsletter.services import importing, subscribing
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber
from tests.newsletter.imports import PROOF, add, check, is_stored, numbers, only_chunk

pytestmark = pytest.mark.django_db
Status = Subscriber.Status


def test_check_counts_and_adds_nobody() -> None:
    make_subscriber("known@example.org")
    suppressions.suppress("gone@example.org", Suppression.Reason.ERASED, timezone.now())

    rows = ["new@example.org", "NEW@example.org", "known@example.org", "gone@example.org", "bad"]
    batch = check(*rows)

    assert (batch.status, batch.n_new) == (Import.Status.CHECKED, 1)
    assert numbers(batch) == {"rows": 5, "added": 0, "known": 2, "suppressed": 1, "refused": 1}
    assert Subscriber.objects.count() == 1
    assert is_stored(batch.file.name)


def test_check_repeated_counts_the_same() -> None:
    batch = check("new@example.org", "bad")
    before = numbers(batch)
    Import.objects.update(status=Import.Status.CHECKING)

    running.work(batch.pk)

    batch.refresh_from_db()
    assert numbers(batch) == before
    assert batch.refused_rows.count() == 1


def test_who_is_added_is_active_and_carries_the_proof() -> None:
    batch = add("new@example.org,Ann")

    added = Subscriber.objects.get()
    assert (added.address, added.status) == ("new@example.org", Status.ACTIVE)
    assert (added.source, added.batch) == (Source.IMPORT, batch)
    assert added.joined_at
    assert batch.statement == PROOF


@pytest.mark.parametrize("status", Status.values)
def test_who_is_known_stays_as_they_are(status: str) -> None:
    before = make_subscriber("known@example.org", status)

    batch = add("known@example.org")

    after = Subscriber.objects.get()
    assert (after.status, after.source, after.joined_at) == (
        status,
        before.source,
        before.joined_at,
    )
    assert batch.n_added == 0


@pytest.mark.parametrize("reason", Suppression.Reason.values)
def test_suppressed_address_is_never_added(reason: str) -> None:
    suppressions.suppress("gone@example.org", reason, timezone.now())

    batch = add("GONE@example.org", "new@example.org")

    assert [one.address for one in Subscriber.objects.all()] == ["new@example.org"]
    assert numbers(batch) == {"rows": 2, "added": 1, "known": 0, "suppressed": 1, "refused": 0}


def test_who_was_erased_does_not_come_back() -> None:
    subscribing.erase(make_subscriber("gone@example.org").pk)

    add("gone@example.org", "Gone@Example.org ")

    assert not Subscriber.objects.exists()


def test_who_is_erased_while_a_chunk_is_stored_does_not_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = check("gone@example.org", "new@example.org")
    importing.agree(batch, by=make_user("newsletter editor"))
    staging.prepare()
    subscribe = staging.subscribe

    def erased_just_then(*arguments: Any) -> int:
        suppressions.suppress("gone@example.org", Suppression.Reason.ERASED, timezone.now())
        return subscribe(*arguments)

    monkeypatch.setattr(staging, "subscribe", erased_just_then)
    with pytest.raises(running.Interfered):
        running.store_once(batch.pk, only_chunk(batch), timezone.now())

    assert not Subscriber.objects.exists()


def test_import_repeated_adds_nobody_twice() -> None:
    add("a@example.org", "b@example.org")
    again = add("b@example.org", "a@example.org", "c@example.org")

    assert numbers(again) == {"rows": 3, "added": 1, "known": 2, "suppressed": 0, "refused": 0}
    assert Subscriber.objects.count() == 3


def test_growth_counts_who_was_added() -> None:
    add("a@example.org", "b@example.org", "a@example.org")

    assert Growth.objects.get(source=Source.IMPORT).n_joined == 2


def test_refused_rows_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "N_REFUSED_KEPT", 3)

    batch = check("a@example.org", "1", "2", "3", "4", "5")

    assert batch.n_refused == 5
    assert [row.line for row in batch.refused_rows.all()] == [3, 4, 5]
