import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from newsletter.bounces.mailbox import Unreadable, read_all
from newsletter.bounces.parts import MOST
from newsletter.bounces.taking import take


class Command(BaseCommand):
    help = (
        "Reads a letter that came back, or a complaint: from standard input, as a mail server "
        "pipes it in, or all of a mailbox with --mailbox."
    )
    requires_system_checks = ()  # a mail server waits

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", default="", help="the address that the message came to")
        parser.add_argument(
            "--mailbox",
            nargs="?",
            const="",
            metavar="URL",
            help="read this mailbox; without an address, that of BOUNCE_MAILBOX_URL",
        )

    def handle(self, *, to: str, mailbox: str | None, **options: Any) -> None:
        if mailbox is not None:
            self.read_mailbox(mailbox or settings.BOUNCE_MAILBOX_URL)
            return
        raw = sys.stdin.buffer.read(MOST)
        while sys.stdin.buffer.read(MOST):  # or the mail server takes it for a failure
            pass
        try:
            take(raw, at=timezone.now(), to=to)
        except Error as error:
            self.stderr.write(f"The database cannot be reached: {type(error).__name__}")
            sys.exit(os.EX_TEMPFAIL)  # the mail server keeps the message and tries again

    def read_mailbox(self, url: str) -> None:
        try:
            tally = read_all(url)
        except Unreadable as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Letters that came back: {tally.n_reports}; others: {tally.n_others}.")
