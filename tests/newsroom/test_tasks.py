"""What becomes of work whose worker was killed."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from newsletter.tasks.deliveries import watch_sending
from newsletter.tasks.sign_ups import answer_sign_up
from newsroom.tasks import TRIES, take_up

pytestmark = pytest.mark.django_db


def kill_worker(*, attempts: int = 0) -> None:
    """As if one had begun with all that waits, and was heard of no more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s WHERE status = 'todo'",
            [attempts],
        )


def statuses() -> list[str]:
    return list(ProcrastinateJob.objects.values_list("status", flat=True))


def test_what_a_killed_worker_had_in_hand_is_done_anew() -> None:
    answer_sign_up.defer(sign_up_id=0)
    kill_worker()

    take_up(0)

    assert statuses() == ["todo"]


def test_what_waits_anew_already_is_not_done_twice() -> None:
    waiting = watch_sending.configure(queueing_lock="only one")
    waiting.defer(timestamp=0)
    kill_worker()
    waiting.defer(timestamp=0)

    take_up(0)

    assert statuses() == ["todo"]


def test_work_that_kills_every_worker_ends() -> None:
    answer_sign_up.defer(sign_up_id=0)
    kill_worker(attempts=TRIES)

    take_up(0)

    assert statuses() == ["failed"]


def test_work_of_a_living_worker_is_left_alone() -> None:
    answer_sign_up.defer(sign_up_id=0)
    kill_worker()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute("UPDATE procrastinate_jobs SET worker_id = %s", cursor.fetchone())

    take_up(0)

    assert statuses() == ["doing"]
