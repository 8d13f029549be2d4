"""What gunicorn calls as its processes begin; named by its --config, so read before all else."""

from typing import Any


def post_worker_init(worker: Any) -> None:
    """Know what readers see from the start on: the first request may be one without a database."""
    if watcher := getattr(worker.wsgi, "watcher", None):
        watcher.current()
