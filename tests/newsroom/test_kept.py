"""Uploads that wait for the rest of their form."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from newsroom.lib import kept


def keep(by: int = 1) -> str:
    return kept.keep(ContentFile(b"a picture", "Łódź \u202e.jpg"), by=by)


def n_files() -> int:
    return len(storages["private"].listdir(kept.FOLDER)[1])


def test_kept_upload_comes_back_under_its_name() -> None:
    file = kept.kept(keep(), by=1)

    assert file is not None
    assert (file.read(), file.name, file.size) == (b"a picture", "Łódź \u202e.jpg", 9)


def test_upload_is_given_to_nobody_else() -> None:
    assert kept.kept(keep(by=1), by=2) is None


def test_ticket_cannot_be_made_up() -> None:
    ticket = keep()

    for wrong in ("", "x", ticket[:-1], ticket + "x", "../../secret:1:2", "\x00"):
        assert kept.kept(wrong, by=1) is None


def test_used_upload_is_gone() -> None:
    ticket = keep()

    kept.drop(ticket)
    kept.drop(ticket)

    assert kept.kept(ticket, by=1) is None


def test_what_nobody_came_back_for_is_deleted_after_a_week() -> None:
    ticket, now = keep(), timezone.now()

    kept.forget(now + timedelta(days=6))
    assert kept.kept(ticket, by=1)

    kept.forget(now + timedelta(days=8))
    assert kept.kept(ticket, by=1) is None
    assert n_files() == 0
