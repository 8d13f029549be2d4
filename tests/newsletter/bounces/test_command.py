"""`manage.py read_bounces`, as a mail server calls it: a process with a message piped in."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from newsletter.models import Subscriber
from newsletter.tokens import bounce_token
from tests.database import database_url
from tests.factories_newsletter import make_subscriber
from tests.newsletter.bounces.shapes import REPORTS, Facts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
NOWHERE = "postgres://nobody@127.0.0.1:1/nothing"


def pipe(raw: bytes, *options: str, database: str = "") -> subprocess.CompletedProcess[bytes]:
    environment = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DATABASE_URL": database or database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    return subprocess.run(
        [sys.executable, "manage.py", "read_bounces", *options],
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        input=raw,
        capture_output=True,
        timeout=60,
        check=False,
    )


def report(to: str) -> bytes:
    return REPORTS["postfix"].write(Facts(to=to, name="<1@parley.example>"))


def status_of(subscriber: Subscriber) -> str:
    subscriber.refresh_from_db()
    return subscriber.status


def test_message_that_is_piped_in_counts() -> None:
    ann = make_subscriber()
    to = f"bounces+{bounce_token(7, ann.pk)}@parley.example"

    done = pipe(report("bounces@parley.example"), "--to", to)

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert status_of(ann) == Subscriber.Status.BOUNCED


def test_message_that_says_nothing_is_done_with() -> None:
    ann = make_subscriber()

    done = pipe(b"x" * 3_000_000, "--to", "bounces@parley.example")

    assert done.returncode == 0
    assert status_of(ann) == Subscriber.Status.ACTIVE


def test_server_keeps_the_message_while_the_database_is_away() -> None:
    to = f"bounces+{bounce_token(7, 1)}@parley.example"

    done = pipe(report(to), database=NOWHERE)

    assert done.returncode == os.EX_TEMPFAIL
    assert len(done.stderr.splitlines()) == 1
