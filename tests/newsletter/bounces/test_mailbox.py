"""The mailbox that letters come back to, of each kind."""

import mailbox
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from newsletter.bounces import boxes
from newsletter.bounces.mailbox import Tally, Unreadable, read_all
from newsletter.models import Bounce, Subscriber
from newsletter.tasks.bounces import read_bounces
from newsletter.tokens import bounce_token
from newsroom.models import Limit
from tests.factories_newsletter import make_subscriber
from tests.newsletter.bounces.imap import PASSWORD, Store
from tests.newsletter.bounces.imap import imap as imap
from tests.newsletter.bounces.shapes import REPORTS, Facts

pytestmark = pytest.mark.django_db
OTHER = b"From: ann@reader.example\nSubject: Hello\n\nHello!\n"


@pytest.fixture
def ann() -> Subscriber:
    return make_subscriber("ann@reader.example")


def report(subscriber: Subscriber) -> bytes:
    to = f"bounces+{bounce_token(7, subscriber.pk)}@parley.example"
    return REPORTS["postfix"].write(Facts(to=to, name="<1@parley.example>"))


def is_bounced(subscriber: Subscriber) -> bool:
    subscriber.refresh_from_db()
    return subscriber.status == Subscriber.Status.BOUNCED


def test_imap_is_read_and_emptied(imap: Store, ann: Subscriber) -> None:
    imap.put(report(ann), OTHER)

    assert read_all(imap.url) == Tally(1, 1)

    assert is_bounced(ann)
    assert imap.raw() == []
    assert imap.raw("Others") == [OTHER]
    assert read_all(imap.url) == Tally()


@pytest.mark.parametrize("command", ["STORE", "EXPUNGE"])
def test_connection_that_breaks_counts_nothing_twice(
    imap: Store, ann: Subscriber, command: str
) -> None:
    imap.put(report(ann))
    imap.cut_at = command
    try:
        read_all(imap.url)
    except Unreadable:
        assert command == "STORE"
    assert is_bounced(ann)

    imap.cut_at = ""
    is_marked = command == "EXPUNGE"
    assert read_all(imap.url) == Tally(0 if is_marked else 1)

    assert Bounce.objects.count() == 1
    assert imap.raw() == []


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "SEARCH", "FETCH", "COPY"])
def test_connection_that_breaks_loses_nothing(imap: Store, command: str) -> None:
    imap.put(OTHER)
    imap.cut_at = command

    with pytest.raises(Unreadable):
        read_all(imap.url)

    assert command in imap.commands[-1]
    assert imap.raw() == [OTHER]


def test_password_is_told_to_nobody(imap: Store) -> None:
    wrong = imap.url.replace("%25@", "%24@")

    with pytest.raises(Unreadable) as caught:
        read_all(wrong)

    for secret in ("p@ss", "p%40ss"):
        assert secret not in str(caught.value)
    assert caught.value.__cause__ is None
    assert any("LOGIN" in command for command in imap.commands)


def test_imaps_says_nothing_before_it_is_private(imap: Store) -> None:
    with pytest.raises(Unreadable):
        read_all(imap.url.replace("imap://", "imaps://"))

    assert not any("LOGIN" in command or PASSWORD in command for command in imap.commands)


@pytest.mark.parametrize(
    "url",
    [
        "imap://u:secret@mail.example.org/INBOX",
        "pop3://u:secret@127.0.0.1/",
        "imaps://u:secret@[broken/INBOX",
        "imaps://u:secret@host:port/INBOX",
        "secret",
        "",
        "maildir:///nowhere/secret-no",
        "mbox:///nowhere/at/all",
    ],
)
def test_mailbox_that_cannot_be_read_is_told(url: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_all(url)

    assert "secret@" not in str(caught.value)
    assert ":secret" not in str(caught.value)


def test_mailbox_that_is_not_there_is_named() -> None:
    with pytest.raises(Unreadable, match=r"There is no mailbox at /nowhere/at/all\."):
        read_all("maildir:///nowhere/at/all")


def test_password_does_not_travel_for_all_to_see() -> None:
    with pytest.raises(Unreadable, match="use imaps"):
        read_all("imap://u:secret@192.0.2.1/INBOX")


def maildir(folder: Path, messages: list[bytes]) -> str:
    box = mailbox.Maildir(folder / "box")
    for raw in messages:
        box.add(raw)
    return f"maildir://{folder}/box"


def mbox(folder: Path, messages: list[bytes]) -> str:
    box = mailbox.mbox(folder / "box")
    for raw in messages:
        box.add(raw)
    box.close()
    return f"mbox://{folder}/box"


@pytest.mark.parametrize("make", [maildir, mbox])
def test_folder_is_read_and_emptied(
    make: Callable[[Path, list[bytes]], str], ann: Subscriber, tmp_path: Path
) -> None:
    url = make(tmp_path, [OTHER, report(ann)])

    assert read_all(url) == Tally(1, 1)
    assert read_all(url) == Tally()

    assert is_bounced(ann)
    others = [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size]
    assert [path.read_bytes().partition(b"From: ")[2] for path in others] == [
        OTHER.removeprefix(b"From: ") + (b"\n" if make is mbox else b"")
    ]


def test_message_that_somebody_else_has_removed_is_passed_over(tmp_path: Path) -> None:
    box = boxes.maildir(urlsplit(maildir(tmp_path, [OTHER, OTHER])))
    messages = box.messages()
    next(messages)

    for path in tmp_path.glob("box/new/*"):
        path.unlink()

    assert list(messages) == []


def test_task_reads_the_mailbox_of_the_settings(
    ann: Subscriber, tmp_path: Path, settings: Settings
) -> None:
    settings.BOUNCE_MAILBOX_URL = maildir(tmp_path, [report(ann)])

    read_bounces(0)

    assert is_bounced(ann)


def test_staff_are_told_of_a_mailbox_that_cannot_be_read(settings: Settings) -> None:
    settings.BOUNCE_MAILBOX_URL = "maildir:///nowhere"

    read_bounces(0)

    assert Limit.objects.filter(key="alert:bounce-mailbox").exists()


def test_task_does_nothing_without_a_mailbox(settings: Settings) -> None:
    settings.BOUNCE_MAILBOX_URL = ""

    read_bounces(0)

    assert not Limit.objects.exists()


def test_command_reads_a_mailbox(
    ann: Subscriber, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.BOUNCE_MAILBOX_URL = maildir(tmp_path, [report(ann), OTHER])

    call_command("read_bounces", "--mailbox")

    assert is_bounced(ann)
    assert capsys.readouterr().out == "Letters that came back: 1; others: 1.\n"


def test_command_tells_of_a_mailbox_that_cannot_be_read() -> None:
    with pytest.raises(CommandError, match="must look like"):
        call_command("read_bounces", mailbox="nonsense")
