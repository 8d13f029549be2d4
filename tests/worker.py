"""What the worker would do, done at once and within the test's transaction."""

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def work() -> int:
    """Run the tasks that wait, and those that they make; how many. Those for later are left."""
    n_done = 0
    waiting = ProcrastinateJob.objects.filter(status="todo", scheduled_at__isnull=True)
    while job := waiting.order_by("pk").first():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
        app.tasks[job.task_name](**job.args)
        n_done += 1
    return n_done
