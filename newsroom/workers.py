"""What gunicorn calls as its processes begin; named by its --config, so read before all else."""

import gc
from typing import Any


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
