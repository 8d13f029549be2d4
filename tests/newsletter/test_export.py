"""Lists of subscribers that leave the house."""

import csv
import io

import pytest
from django.contrib.admin.models import LogEntry

from newsletter.models import Subscriber
from newsletter.services.exporting import export as export_all
from newsroom.lib import exporting
from newsroom.lib.exporting import harmless, lines
from tests.desk import logged_in
from tests.factories import make_section, make_user
from tests.factories_newsletter import make_subscriber

pytestmark = pytest.mark.django_db
EXPORT = "/admin/newsletter/subscriber/export/"


def export(query: str = "", role: str = "administrator") -> list[dict[str, str]]:
    answer = logged_in(role=role).post(EXPORT + query)
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_export_holds_what_the_list_holds() -> None:
    make_subscriber("ann@example.org", sections=[make_section("Europe"), make_section("Asia")])
    make_subscriber("ben@example.org", Subscriber.Status.LEFT)

    rows = export()

    assert [row["address"] for row in rows] == ["ann@example.org", "ben@example.org"]
    assert rows[0]["status"] == "active"
    assert set(rows[0]["topics"].split("; ")) == {"Europe", "Asia"}
    assert rows[1]["left_at"]


@pytest.mark.parametrize("query", ["?status__exact=left", "?q=ben", "?q=@mail.example.org"])
def test_export_is_narrowed_down_as_the_list_is(query: str) -> None:
    make_subscriber("ann@example.org")
    make_subscriber("ben@mail.example.org", Subscriber.Status.LEFT)

    assert [row["address"] for row in export(query)] == ["ben@mail.example.org"]


@pytest.mark.parametrize("role", ["writer", "editor", "newsletter editor", "fundraiser"])
def test_only_who_may_exports(role: str) -> None:
    make_subscriber()

    assert logged_in(role=role).post(EXPORT).status_code == 403


def test_export_is_noted_without_addresses() -> None:
    make_subscriber("secret@example.org")
    make_subscriber("other@example.org")

    export("?q=secret&status__exact=active")

    entry = LogEntry.objects.get()
    assert entry.change_message == "Exported 1 subscribers: Subscribed, a search"
    assert "secret" not in f"{entry.object_repr} {entry.change_message}"
    assert entry.object_id == str(entry.user.pk)


@pytest.mark.parametrize("query", ["?status__exact=secret@example.org", "?address=secret@x.org"])
def test_note_of_an_export_repeats_no_typed_value(query: str) -> None:
    export(query)

    assert "secret" not in LogEntry.objects.get().change_message


@pytest.mark.parametrize("query", ["?id__exact=x", "?joined_at__gte=never"])
def test_export_narrowed_down_by_nonsense_leads_to_the_list(query: str) -> None:
    assert logged_in(role="administrator").post(EXPORT + query).status_code == 302


def test_export_that_is_broken_off_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "BLOCK", 2)
    for _ in range(9):
        make_subscriber()
    blocks = export_all(Subscriber.objects.all(), by=make_user(), what="all")

    next(blocks)
    assert LogEntry.objects.get().change_message == "Began to export subscribers: all"

    blocks.close()
    assert LogEntry.objects.get().change_message == "Exported 1 subscribers: all"


@pytest.mark.parametrize("start", list("=+-@\t\r\n\x00＝＋－＠"))
def test_no_field_is_a_formula(start: str) -> None:
    text = "".join(lines(["field"], [[f"{start}cmd|' /C calc'!A0"]]))

    assert list(csv.reader(io.StringIO(text, newline="")))[1][0].startswith(f"'{start}")


@pytest.mark.parametrize("text", ["ann@example.org", "", "a=b", "1-2"])
def test_ordinary_fields_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_address_that_looks_like_a_formula_is_harmless() -> None:
    make_subscriber("=cmd+x@example.org")

    assert export()[0]["address"] == "'=cmd+x@example.org"


def test_export_is_sent_while_it_is_read() -> None:
    for _ in range(3):
        make_subscriber()

    answer = logged_in(role="administrator").post(EXPORT)

    assert answer.streaming
    assert "no-store" in answer["Cache-Control"]
