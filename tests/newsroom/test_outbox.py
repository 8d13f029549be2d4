"""Outgoing mail on a machine without a mail server."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django.fixtures import Settings

from newsroom.lib import mail, outbox
from tests.desk import logged_in

pytestmark = pytest.mark.django_db
LIST = "/admin/outbox/"


@pytest.fixture(autouse=True)
def _outbox(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.OUTBOX_DIR = outbox.BACKEND, tmp_path / "outbox"


def letter(subject: str = "Hello", html: str = "<p>Hello</p>") -> EmailMultiAlternatives:
    text = "Confirm: http://127.0.0.1/newsletter/confirm/t/"
    made = EmailMultiAlternatives(subject, text, "a@example.org", ["ann@example.net"])
    made.attach_alternative(f"<html><head></head><body>{html}</body></html>", "text/html")
    return made


def page(path: str = LIST) -> str:
    return logged_in().get(path).content.decode()


def newest() -> str:
    return f"{LIST}{outbox.names()[0]}/"


def test_letters_are_kept_whole() -> None:
    mail.send([letter("Grüße")])

    kept: EmailMessage = outbox.read(outbox.names()[0])
    assert kept["Subject"] == "Grüße"
    assert kept["To"] == "ann@example.net"


def test_only_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "N_KEPT", 3)

    mail.send(letter(f"Letter {number}") for number in range(5))

    subjects = [outbox.read(name)["Subject"] for name in outbox.names()]
    assert subjects == ["Letter 4", "Letter 3", "Letter 2"]


def test_kept_letters_are_for_the_owner_alone() -> None:
    mail.send([letter()])

    assert outbox.path(outbox.names()[0]).stat().st_mode & 0o077 == 0


def test_list_shows_to_whom_and_that_nothing_leaves() -> None:
    mail.send([letter("Please confirm")])

    shown = page()

    assert "Please confirm" in shown
    assert "ann@example.net" in shown
    assert "Nothing leaves this machine" in shown


def test_empty_list_says_how_to_get_a_letter() -> None:
    assert "No letter yet" in page()


def test_letter_shows_its_headers_text_and_links() -> None:
    mail.send([letter()])

    shown = page(newest())

    assert "<dt>To</dt><dd>ann@example.net</dd>" in shown
    assert '<a href="http://127.0.0.1/newsletter/confirm/t/">' in shown


def test_markup_in_a_letter_stays_in_its_frame() -> None:
    mail.send([letter("<script>alert(1)</script>", "<script>alert(2)</script>")])

    assert "<script>alert" not in page(newest())
    response = logged_in().get(f"{newest()}html/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "setting",
    [{"SITE_IS_LOCAL": False}, {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"}],
)
def test_nothing_is_shown_where_mail_leaves_or_readers_come(
    settings: Settings, setting: dict[str, object]
) -> None:
    mail.send([letter()])
    path = newest()
    for name, value in setting.items():
        setattr(settings, name, value)

    assert {logged_in().get(p).status_code for p in (LIST, path, f"{path}html/")} == {404}
    assert "Outgoing mail" not in page("/admin/")


def test_start_page_leads_to_it() -> None:
    assert f'href="{LIST}"' in page("/admin/")


def test_strangers_see_nothing(client: Client) -> None:
    mail.send([letter()])

    response = client.get(newest())

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_names_lead_nowhere_else() -> None:
    assert logged_in().get(f"{LIST}..%2f..%2fsecret-key/").status_code == 404
    assert logged_in().get(f"{LIST}nothing/").status_code == 404
