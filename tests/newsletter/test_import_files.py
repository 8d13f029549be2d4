"""What is kept of a list from elsewhere, and for how long."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from newsletter.importing import running
from newsletter.models import Import, RefusedRow
from newsletter.services import importing
from newsletter.tasks.imports import keep_importing
from tests.factories import make_user
from tests.newsletter.imports import PROOF, add, check, is_stored, take, work_off

pytestmark = pytest.mark.django_db


def test_file_is_deleted_when_it_is_done() -> None:
    batch = check("a@example.org")
    name = batch.file.name
    importing.agree(batch, by=make_user("newsletter editor"))
    work_off(batch)

    assert not is_stored(name)
    assert batch.finished_at


def test_unreadable_file_says_why() -> None:
    batch = importing.take(
        io.BytesIO(b"Name\nAnn\n"), name="x.csv", statement=PROOF, by=make_user()
    )

    running.work(batch.pk)

    batch.refresh_from_db()
    assert batch.status == Import.Status.FAILED
    assert "No column with mail addresses" in batch.failure


def test_agreeing_twice_counts_once() -> None:
    batch, user = check("a@example.org"), make_user("newsletter editor")

    assert importing.agree(batch, by=user)
    assert not importing.agree(batch, by=user)


def test_discarded_import_leaves_nothing() -> None:
    batch = check("a@example.org", "bad")
    name = batch.file.name

    assert importing.discard(batch, by=make_user("newsletter editor"))

    assert not Import.objects.exists()
    assert not RefusedRow.objects.exists()
    assert not is_stored(name)


def test_import_at_work_is_not_discarded() -> None:
    batch = take("a@example.org")

    assert not importing.discard(batch, by=make_user("newsletter editor"))
    assert is_stored(batch.file.name)


def test_forgotten_file_is_deleted_after_a_week() -> None:
    batch = check("a@example.org", "bad")
    name = batch.file.name
    Import.objects.update(created_at=timezone.now() - timedelta(days=8))

    keep_importing(0)

    assert not is_stored(name)
    assert not RefusedRow.objects.exists()


def test_other_accounts_of_the_machine_cannot_read_the_file() -> None:
    assert Path(take("a@example.org").file.path).stat().st_mode & 0o077 == 0


def test_import_needs_a_proof() -> None:
    with pytest.raises(Exception, match="newsletter_import_has_proof"):
        Import.objects.create(name="x.csv", statement="")


def test_address_stands_in_no_job() -> None:
    add("secret.person@example.org", "bad.person")

    assert "person" not in str(list(ProcrastinateJob.objects.values_list("args", flat=True)))
