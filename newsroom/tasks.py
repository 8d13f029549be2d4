"""Background work that looks after background work."""

from asgiref.sync import async_to_sync
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

TRIES = 10  # more than any task's own; one that kills its worker each time must end


@app.periodic(cron="* * * * *")
@app.task(name="newsroom.take_up", queueing_lock="newsroom.take_up", priority=10)
def take_up(timestamp: int) -> None:
    """Have done anew what a killed worker had in hand; every task of ours may be repeated."""
    finish, retry = (
        async_to_sync(app.job_manager.finish_job),
        async_to_sync(app.job_manager.retry_job),
    )
    for job in async_to_sync(app.job_manager.get_stalled_jobs)():
        if job.attempts >= TRIES:
            finish(job, Status.FAILED, delete_job=False)
            continue
        try:
            with transaction.atomic():
                retry(job)
        except UniqueViolation:  # another one waits that does the same
            finish(job, Status.ABORTED, delete_job=True)
