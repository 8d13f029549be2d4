"""`manage.py purger`: tells the caches before the site of changes, until Ctrl-C or SIGTERM."""

import signal
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from newsroom.purging import Purger


class Command(BaseCommand):
    help = "Have the caches that EDGE_URL names forget what has changed; does nothing without it."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EDGES:
            self.stdout.write("EDGE_URL names no cache, so there is nobody to tell.")
            return
        purger = Purger(settings.EDGES)

        def stop(number: int, frame: FrameType | None) -> None:
            purger.stop.set()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)
        purger.run()
