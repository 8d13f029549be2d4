"""Two people, or a hundred, at the same moment: one wins, and nobody's text is mixed up."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from donations import alerts, board
from donations.models import Appeal, Change, Claim, DonationHost, Tie
from donations.services import appeals, claims, grounds, running
from donations.services.allowed import NotAllowed
from donations.services.appeals import Wording
from newsroom.models import User
from tests.factories import make_user
from tests.factories_donations import make_appeal, make_claim, make_live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
AT_ONCE = 10
Step = Callable[[int], Any]


@pytest.fixture
def by() -> Iterator[User]:
    yield make_user("fundraiser")
    connections.close_all()


def at_once(step: Step, n: int = AT_ONCE) -> list[Any]:
    """What `step` gave or raised, in as many threads as begin at the same moment."""
    barrier = Barrier(n)

    def run(i: int) -> Any:
        try:
            barrier.wait(timeout=20)
            return step(i)
        except NotAllowed as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(run, range(n)))


def refused(outcomes: list[Any]) -> int:
    return sum(isinstance(outcome, NotAllowed) or outcome is False for outcome in outcomes)


def test_of_a_hundred_saves_one_wins_and_nothing_is_mixed(by: User) -> None:
    appeal = make_appeal("One.", "Two.")
    fields = {name: getattr(appeal, name) for name in appeals.FIELDS}
    rows = list(appeal.variants.all())

    def save(i: int) -> Any:
        words = [Wording({"heading": f"Heading {i}"}, row.pk) for row in rows]
        return appeals.write(appeal, {**fields, "name": f"Name {i}"}, words, by=by, version=1)

    outcomes = [outcome for _ in range(10) for outcome in at_once(save)]

    assert refused(outcomes) == 99
    stored = Appeal.objects.get(pk=appeal.pk)
    number = stored.name.removeprefix("Name ")
    assert {row.heading for row in stored.variants.all()} == {f"Heading {number}"}
    assert stored.version == 2


def test_one_sets_live_and_one_log_line_says_so(by: User) -> None:
    appeal = make_appeal()
    outcomes = at_once(
        lambda _: running.go_live(
            Appeal.objects.get(pk=appeal.pk), by=by, version=1, reason="Agreed"
        )
    )
    assert refused(outcomes) == AT_ONCE - 1
    assert Change.objects.filter(field="state", after="Live").count() == 1


def test_one_ends_it(by: User) -> None:
    appeal = make_live()
    outcomes = at_once(lambda _: running.end(Appeal.objects.get(pk=appeal.pk), by=by, reason="x"))
    assert refused(outcomes) == AT_ONCE - 1
    assert Change.objects.filter(field="state", after="Ended").count() == 1


def test_one_moves_the_end_and_the_log_is_a_chain(by: User) -> None:
    appeal = make_live()
    was, now = appeal.ends_at, timezone.now()

    def move(i: int) -> bool:
        to = now + timedelta(days=i + 2)
        return running.move_end(Appeal.objects.get(pk=appeal.pk), by=by, to=to, was=was, reason="x")

    assert refused(at_once(move)) == AT_ONCE - 1
    assert Change.objects.filter(field="ends").count() == 1


def test_what_goes_live_is_what_was_checked(by: User) -> None:
    """While one sets it live, another writes an unproved number into it."""
    for _ in range(5):
        appeal = make_appeal()
        fields = {name: getattr(appeal, name) for name in appeals.FIELDS}
        row = appeal.variants.get()

        def step(i: int, pk: int = appeal.pk, fields: Any = fields, row: int = row.pk) -> Any:
            stored = Appeal.objects.get(pk=pk)
            if i:
                return running.go_live(stored, by=by, version=1, reason="Agreed")
            words = [Wording({"heading": "Up 133%"}, row)]
            return appeals.write(stored, fields, words, by=by, version=1)

        assert refused(at_once(step, 2)) == 1
        appeal.refresh_from_db()
        is_live = appeal.status == "live"
        assert is_live is not (appeal.variants.get().heading == "Up 133%")


def test_claim_is_tied_or_deleted_but_not_both(by: User) -> None:
    for _ in range(5):
        appeal, claim = make_appeal("Up 133%."), make_claim()

        def step(i: int, appeal: Appeal = appeal, claim: Claim = claim) -> Any:
            if i:
                return claims.tie(appeal, "133%", claim, by=by)
            return claims.delete(claim, by=by)

        assert refused(at_once(step, 2)) == 1
        is_tied = Tie.objects.filter(variant__appeal=appeal).exists()
        assert is_tied is Claim.objects.filter(pk=claim.pk).exists()


def test_new_claim_and_a_save_wait_for_one_another_in_one_order(by: User) -> None:
    """The board is the last that both lock."""
    for _ in range(5):
        appeal = make_appeal("Up 133%.")
        fields = {name: getattr(appeal, name) for name in appeals.FIELDS}
        facts = {"statement": "Page views", "source": "x", "owner": by}
        facts["valid_until"] = timezone.localdate()

        def step(i: int, appeal: Appeal = appeal, fields: Any = fields, facts: Any = facts) -> Any:
            if i % 2:
                return claims.tie_new(appeal, "133%", by=by, **facts)
            row = Wording({}, appeal.variants.get().pk)
            return appeals.write(appeal, fields, [row], by=by, version=1)

        assert refused(at_once(step, 6)[1::2]) == 0


def test_host_is_removed_or_led_to_but_not_both(by: User) -> None:
    for _ in range(5):
        appeal = make_appeal()
        host = DonationHost.objects.get()

        def step(i: int, appeal: Appeal = appeal, host: DonationHost = host) -> Any:
            if i:
                return running.go_live(appeal, by=by, version=1, reason="Agreed")
            return grounds.remove_host(host, by=by)

        assert refused(at_once(step, 2)) == 1
        is_live = Appeal.objects.filter(pk=appeal.pk, status="live").exists()
        assert is_live is DonationHost.objects.exists()
        Appeal.objects.all().delete()


def test_board_has_what_all_at_once_have_set_live(by: User) -> None:
    rows = [make_appeal() for _ in range(AT_ONCE)]
    at_once(lambda i: running.go_live(rows[i], by=by, version=1, reason="Agreed"))
    content = board.read()
    assert content is not None
    assert {row["id"] for row in content["appeals"]} == {row.pk for row in rows}


def test_one_of_many_changes_a_claim(by: User) -> None:
    claim = make_claim()
    was = {"source": claim.source}

    def change(i: int) -> Any:
        return claims.change(claim, {"source": f"Source {i}"}, by=by, was=was, reason="x")

    assert refused(at_once(change)) == AT_ONCE - 1
    assert Change.objects.filter(field="source", before=claim.source).count() == 1


def test_two_workers_tell_a_lapse_once() -> None:
    appeal = make_live("Up 133%.")
    claim = make_claim(valid_until=timezone.localdate() - timedelta(days=2))
    Tie.objects.create(variant=appeal.variants.get(), phrase="133%", claim=claim)
    now = timezone.now()
    assert sorted(at_once(lambda _: alerts.tell(now), 4)) == [0, 0, 0, 1]
