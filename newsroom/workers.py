"""What gunicorn calls as its processes begin; named by its --config, so read before all else."""

import gc
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

POLITELY = 0.0003  # seconds; an idle process needs less to wake up


class Worker(ThreadWorker):
    """Leaves connections to a process that has none.

    Whoever is awake would take all that a proxy opens at once, and keep them, while the other
    processes have nothing to do.
    """

    def accept(self, listener: Any) -> None:
        if self.nr_conns:
            time.sleep(POLITELY)
        super().accept(listener)


def when_ready(server: Any) -> None:
    """Leave what was loaded before the fork to all processes in common.

    The garbage collector would write to each object as it looks through them, so that each process
    got a copy; and it waits for garbage in proportion to what it looks through.
    """
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Know what readers see from the start on: the first request may be one without a database."""
    if watcher := getattr(worker.wsgi, "watcher", None):
        watcher.current()
