"""Reports of the same letter that many read at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection
from django.utils import timezone

from newsletter.bounces import scoring
from newsletter.models import Bounce, Growth, Subscriber
from newsletter.services import subscribing
from tests.factories_newsletter import make_subscriber

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
N = 8


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(N) as pool:
        yield pool


def note(subscriber_id: int, kind: Bounce.Kind = Bounce.Kind.HARD) -> bool:
    with closing(connection):
        return scoring.note(subscriber_id, kind, source=Bounce.Source.REPORT, at=timezone.now())


def leave(subscriber_id: int) -> None:
    with closing(connection):
        subscribing.leave(subscriber_id)


def test_one_of_them_counts(pool: ThreadPoolExecutor) -> None:
    ann = make_subscriber()

    assert sum(pool.map(note, [ann.pk] * N * 3)) == 1

    assert Bounce.objects.count() == 1
    assert Growth.objects.get().n_left == 1


def test_different_ones_do_not_block_each_other(pool: ThreadPoolExecutor) -> None:
    ids = [make_subscriber().pk for _ in range(N * 3)]
    kinds = [Bounce.Kind.HARD, Bounce.Kind.COMPLAINT]

    for done in [pool.submit(note, pk, kind) for pk in ids for kind in kinds]:
        assert done.result()

    assert set(Subscriber.objects.values_list("status", flat=True)) == {"complained"}


def test_leaving_at_the_same_moment_is_counted_once(pool: ThreadPoolExecutor) -> None:
    ids = [make_subscriber().pk for _ in range(N)]

    for done in [pool.submit(act, pk) for pk in ids for act in (note, leave)]:
        done.result()

    assert Growth.objects.get().n_left == N
    assert set(Subscriber.objects.values_list("status", flat=True)) == {"bounced"}
