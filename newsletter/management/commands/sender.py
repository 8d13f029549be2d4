"""`manage.py sender`: sends the round-ups, until Ctrl-C or SIGTERM."""

import signal
from argparse import ArgumentParser
from datetime import timedelta
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from newsletter.sending.sender import PATIENCE, Postroom


class Command(BaseCommand):
    help = "Send the round-ups whose time has come; any number of these, on any number of machines."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--patience",
            type=float,
            default=PATIENCE.total_seconds(),
            help="seconds without a sign of life after which another sender's letters are taken up",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        postroom = Postroom(patience=timedelta(seconds=options["patience"]))

        def stop(number: int, frame: FrameType | None) -> None:
            postroom.stop.set()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)
        postroom.run()
