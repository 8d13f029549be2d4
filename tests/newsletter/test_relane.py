"""A letter is in the lane of its domain, whenever the domain got its limit, and never stuck."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from newsletter.models import Delivery, DomainLimit, Issue
from newsletter.sending import ledger, pace
from newsletter.services.drafts import NotAllowed
from newsletter.services.pacing import Wanted, limit_domains
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber
from tests.newsletter.sending import ROLE, make_scheduled, start

pytestmark = [pytest.mark.processes, pytest.mark.django_db]
Status = Delivery.Status


def limit(*domains: str, per_hour: int = 5) -> bool:
    """These and no others."""
    wanted = [Wanted(domain=name, per_minute=None, per_hour=per_hour) for name in domains]
    return limit_domains(wanted, by=make_user(ROLE))


def connected(change: Callable[[], object]) -> None:
    """In a thread."""
    try:
        change()
    finally:
        connection.close()


def under_way() -> Issue:
    """A round-up on its way to ann@gmail.com, bob@gmail.com and cem@web.de."""
    for address in ("ann@gmail.com", "bob@gmail.com", "cem@web.de"):
        make_subscriber(address)
    issue = make_scheduled(n_subscribers=0)
    start(issue)
    return issue


def lanes_by_address() -> dict[str, str]:
    """The domain whose lane a letter is in, or ""."""
    names = {limit.pk: limit.domain for limit in DomainLimit.objects.all()} | {0: ""}
    rows = Delivery.objects.values_list("subscriber__address", "lane")
    return {address.split("@")[0]: names[lane] for address, lane in rows}


def test_letters_are_prepared_into_the_lanes_of_their_domains() -> None:
    limit("gmail.com")
    under_way()

    assert lanes_by_address() == {"ann": "gmail.com", "bob": "gmail.com", "cem": ""}


def test_without_limited_domains_no_address_is_looked_at() -> None:
    assert pace.lane_sql() == "0"


def test_waiting_letters_follow_their_domains() -> None:
    under_way()

    limit("gmail.com")
    assert lanes_by_address() == {"ann": "gmail.com", "bob": "gmail.com", "cem": ""}
    limit("web.de")
    assert lanes_by_address() == {"ann": "", "bob": "", "cem": "web.de"}
    assert pace.relane() == 0


@pytest.mark.parametrize(
    ("status", "lane"),
    [
        (Status.DEFERRED, "gmail.com"),
        (Status.LEASED, "gmail.com"),
        (Status.UNCERTAIN, "gmail.com"),
        (Status.ACCEPTED, ""),
        (Status.FAILED, ""),
    ],
)
def test_letters_that_may_leave_yet_change_lanes_and_no_others(status: str, lane: str) -> None:
    under_way()
    Delivery.objects.update(status=status)

    limit("gmail.com")

    assert lanes_by_address()["ann"] == lane


def test_letter_that_is_held_in_one_that_was_sent_changes_lanes_too() -> None:
    issue = under_way()
    Delivery.objects.update(status=Status.UNCERTAIN, next_at=None)
    Issue.objects.filter(pk=issue.pk).update(status=Issue.Status.SENT)

    limit("gmail.com")

    assert lanes_by_address()["ann"] == "gmail.com"


def test_other_limit_for_a_domain_keeps_its_lane_and_what_was_counted() -> None:
    limit("gmail.com", per_hour=5)
    lane = DomainLimit.objects.get().pk
    with transaction.atomic():
        pace.grant(lane, 4, timezone.now())

    assert limit("gmail.com", per_hour=6)

    assert DomainLimit.objects.get().pk == lane
    with transaction.atomic():
        assert len(pace.grant(lane, 9, timezone.now()).slots) == 2


def test_same_limits_again_are_no_change() -> None:
    limit("gmail.com")

    assert not limit("gmail.com")


def test_new_limit_knows_what_the_domain_got_in_the_hour_before() -> None:
    under_way()
    now = timezone.now()
    sent = Delivery.objects.filter(subscriber__address__endswith="@gmail.com")
    sent.update(status=Status.ACCEPTED, n_attempts=1, done_at=now - timedelta(minutes=30))

    limit("gmail.com", per_hour=5)

    with transaction.atomic():
        assert len(pace.grant(DomainLimit.objects.get().pk, 9, now).slots) == 3


def test_letter_that_comes_back_to_a_lane_without_a_limit_leaves_all_the_same() -> None:
    limit("gmail.com")
    issue = under_way()
    lane = DomainLimit.objects.get().pk
    with transaction.atomic():
        pace.grant(lane, 1, timezone.now())
    limit()
    Delivery.objects.update(lane=lane)  # as if written by a line in that moment

    assert lane in pace.lanes()
    batch = ledger.lease(issue.pk, lane, ledger.Holder(1, 0), most=20)
    assert batch
    assert len(batch.rows) == 3


def test_lanes_of_former_domains_are_forgotten_when_no_round_up_is_under_way() -> None:
    limit("gmail.com")
    lane = DomainLimit.objects.get().pk
    issue = under_way()
    with transaction.atomic():
        pace.grant(lane, 1, timezone.now())
    limit()
    pace.forget(timezone.now())
    assert lane in pace.lanes()

    Issue.objects.filter(pk=issue.pk).update(status=Issue.Status.SENT)
    pace.forget(timezone.now())

    assert pace.lanes() == [0]


def test_who_may_not_limit_domains_is_refused_and_nothing_changes() -> None:
    limit("gmail.com")

    with pytest.raises(NotAllowed, match="Your role"):
        limit_domains([], by=make_user("editor"))

    assert DomainLimit.objects.get().domain == "gmail.com"


@pytest.mark.django_db(transaction=True)
def test_domain_limited_while_a_round_up_is_prepared_misses_no_letter() -> None:
    make_subscriber("ann@gmail.com")
    issue = make_scheduled(n_subscribers=0)

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            start(issue)
            limiting = threads.submit(connected, lambda: limit("gmail.com"))
            with pytest.raises(TimeoutError):
                limiting.result(timeout=0.5)
        limiting.result()

    assert lanes_by_address() == {"ann": "gmail.com"}


@pytest.mark.django_db(transaction=True)
def test_letter_that_a_line_writes_about_keeps_nobody_waiting() -> None:
    under_way()

    with ThreadPoolExecutor(1) as threads, transaction.atomic():
        Delivery.objects.select_for_update().get(subscriber__address="ann@gmail.com")
        threads.submit(connected, lambda: limit("gmail.com")).result(timeout=10)

    assert lanes_by_address() == {"ann": "", "bob": "gmail.com", "cem": ""}
    assert pace.relane() == 1
