"""Processes that send, as `manage.py sender` runs them, from the tests' database to the sink."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import connection

from newsletter.models import Issue, Sender
from tests.database import database_url
from tests.sink import Sink
from tests.sink.process import PATIENCE, wait_until

# Moments that the ledger waits for come at once; whoever holds a letter keeps it.
HURRY = """
    UPDATE newsletter_delivery SET next_at = clock_timestamp()
    WHERE next_at > clock_timestamp()
        AND (status = 'deferred' OR status = 'uncertain' AND sender IS NULL)
"""
SILENCE = "UPDATE newsletter_sender SET seen_at = seen_at - interval '1 hour' WHERE id = %s"


class SendingProcess:
    """pk: its id in the ledger, once `await_arrival` has come back."""

    def __init__(self, environment: Mapping[str, str], log: Path, *arguments: str) -> None:
        self.known = set(Sender.objects.values_list("pk", flat=True))
        self.pk = 0
        self.started = time.time()
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "sender", *arguments],
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=output,
                stderr=output,
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def await_arrival(self) -> Self:
        """Only one may be arriving at a time."""
        wait_until(self.has_arrived, what="sender in the ledger")
        return self

    def has_arrived(self) -> bool:
        assert self.runs, "the sender has ended"
        new = Sender.objects.exclude(pk__in=self.known).values_list("pk", flat=True)
        self.pk = self.pk or new.first() or 0
        return bool(self.pk)

    def was_seen(self, since: datetime) -> bool:
        """Whether it gave a sign of life after the moment `since`."""
        return Sender.objects.filter(pk=self.pk, seen_at__gt=since).exists()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> float:
        """Ask it to end; how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        return time.monotonic() - began


class Fleet:
    """sink: where the letters go; environment: wins over what senders get otherwise."""

    def __init__(self, sink: Sink, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",  # not those of the tests
            "VAR_DIR": str(folder / "var"),
            "DATABASE_URL": database_url(),
            "EMAIL_URL": f"smtp://{sink.address}",
            "SITE_URL": settings.SITE_URL,
            "SECRET_KEY": settings.SECRET_KEY,
            "SUPPRESSION_KEY": settings.SUPPRESSION_KEY,
            **environment,
        }
        self.processes: list[SendingProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()
        print(self.log.read_text()[-4000:])  # pytest shows it where a test fails

    def end(self) -> None:
        for process in self.processes:
            process.kill()

    @property
    def log(self) -> Path:
        return self.folder / "senders.log"

    def start(self, *arguments: str) -> SendingProcess:
        process = SendingProcess(self.environment, self.log, *arguments)
        self.processes.append(process)
        return process

    def run_to_the_end(self, issue: Issue, *, seconds: float = PATIENCE) -> None:
        """Until the round-up is closed; what is put off comes at once."""

        def is_closed() -> bool:
            hurry()
            issue.refresh_from_db(fields=["status"])
            return issue.status == Issue.Status.SENT

        wait_until(is_closed, seconds=seconds, what="end of the round-up")


def hurry() -> None:
    with connection.cursor() as cursor:
        cursor.execute(HURRY)


def bury(process: SendingProcess) -> None:
    """Make the silence of a sender longer: what it had in hand is another's at once."""
    with connection.cursor() as cursor:
        cursor.execute(SILENCE, [process.pk])


def bury_all() -> None:
    """The same for all there are: none of them may be alive."""
    with connection.cursor() as cursor:
        cursor.execute(SILENCE.replace("id = %s", "true"))
