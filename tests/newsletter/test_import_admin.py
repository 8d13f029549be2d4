"""The screens of an import, and who may use them."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import resolve

from newsletter.forms import imports as forms
from newsletter.importing import running
from newsletter.models import Import, Subscriber
from newsletter.services import importing
from newsroom.lib import pictures, uploads
from tests.desk import logged_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/newsletter/import/"
ROLES = ["writer", "editor", "newsletter editor", "fundraiser", "administrator"]
MAY = {"newsletter editor", "administrator"}
PROOF = "Signed up on old.example.org from 2019 to 2024, each confirmed by mail."


def upload(client: Client, content: bytes = b"Mail\nann@example.org\nbad\n", **fields: str) -> int:
    file = SimpleUploadedFile("list.csv", content)
    form = {"file": file, "statement": PROOF, **fields}
    return client.post(f"{LIST}add/", form).status_code


def make_checked(content: bytes = b"Mail\nann@example.org\n=cmd,bad\n") -> Import:
    by = make_user("newsletter editor")
    batch = importing.take(io.BytesIO(content), name="list.csv", statement=PROOF, by=by)
    running.work(batch.pk)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("role", ROLES)
def test_who_may_import(role: str) -> None:
    client = logged_in(role=role)

    assert (client.get(f"{LIST}add/").status_code == 200) == (role in MAY)
    assert (upload(client) == 302) == (role in MAY)
    assert Import.objects.exists() == (role in MAY)


@pytest.mark.parametrize("action", ["agree", "go-on", "discard"])
def test_who_may_go_on_with_an_import(action: str) -> None:
    batch = make_checked()
    for role in set(ROLES) - MAY:
        assert logged_in(role=role).post(f"{LIST}{batch.pk}/{action}/").status_code == 403, role
        assert Import.objects.get().status == Import.Status.CHECKED

    for role in MAY:
        batch = make_checked()
        assert logged_in(role=role).post(f"{LIST}{batch.pk}/{action}/").status_code == 302, role


def test_who_may_read_what_was_refused() -> None:
    path = f"{LIST}{make_checked().pk}/refused.csv"

    assert {role for role in ROLES if logged_in(role=role).get(path).status_code == 200} == MAY


@pytest.mark.parametrize("action", ["agree", "go-on", "discard"])
def test_looking_changes_nothing(action: str) -> None:
    batch = make_checked()

    answer = logged_in(role="administrator").get(f"{LIST}{batch.pk}/{action}/")

    assert answer.status_code == 405
    assert Import.objects.get().status == Import.Status.CHECKED


@pytest.mark.parametrize("statement", ["", "   ", "newsletter", "they are customers"])
def test_import_without_proof_is_refused_and_keeps_what_was_typed(statement: str) -> None:
    client = logged_in(role="newsletter editor")

    assert upload(client, statement=statement) == 422
    assert not Import.objects.exists()


def test_spreadsheets_own_format_is_refused_with_advice() -> None:
    client = logged_in(role="newsletter editor")
    file = SimpleUploadedFile("list.xlsx", b"PK\x03\x04...")

    page = client.post(f"{LIST}add/", {"file": file, "statement": PROOF}).content.decode()

    assert "save it as CSV" in page
    assert PROOF in page


def test_refused_rows_come_with_line_and_reason_and_no_formula() -> None:
    batch = make_checked()

    answer = logged_in(role="newsletter editor").get(f"{LIST}{batch.pk}/refused.csv")

    text = answer.getvalue().decode("utf-8-sig")
    assert text.splitlines()[0] == "line,text,reason"
    assert text.splitlines()[1].startswith("3,'=cmd,An email address must have")


def test_page_follows_the_work_with_and_without_javascript() -> None:
    client = logged_in(role="newsletter editor")
    upload(client)
    address = f"{LIST}{Import.objects.get().pk}/change/"

    page = client.get(address).content.decode()

    assert 'data-refresh="1"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "<progress" in page


def test_page_of_finished_work_stands_still() -> None:
    batch = make_checked()

    page = logged_in(role="newsletter editor").get(f"{LIST}{batch.pk}/change/").content.decode()

    assert "data-refresh" not in page
    assert 'http-equiv="refresh"' not in page
    assert "Add this one" in page


def test_agreeing_at_the_desk_adds_them() -> None:
    batch = make_checked()

    logged_in(role="newsletter editor").post(f"{LIST}{batch.pk}/agree/")
    running.work(batch.pk)

    assert Subscriber.objects.active().get().batch == batch


def test_import_is_neither_typed_over_nor_deleted() -> None:
    batch = make_checked()
    client = logged_in(role="administrator")

    assert client.post(f"{LIST}{batch.pk}/change/", {"statement": "x"}).status_code == 405
    assert client.post(f"{LIST}{batch.pk}/delete/", {"post": "yes"}).status_code == 403


def test_large_list_comes_through_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 100_000)
    content = b"Mail\n" + b"".join(b"reader%d@example.org\n" % n for n in range(20_000))

    assert upload(logged_in(role="newsletter editor"), content) == 302
    assert Import.objects.get().n_bytes == len(content)


@pytest.mark.parametrize(
    ("role", "path", "has_more_room"),
    [
        ("newsletter editor", f"{LIST}add/", True),
        ("newsletter editor", "/admin/articles/photo/add/", False),
        ("newsletter editor", "/newsletter/", False),
        ("editor", f"{LIST}add/", False),
        (None, f"{LIST}add/", False),
    ],
)
def test_more_room_for_uploads_is_for_importers_and_imports_alone(
    role: str | None,
    path: str,
    has_more_room: bool,  # noqa: FBT001
) -> None:
    request = RequestFactory().post(path)
    request.user = make_user(role) if role else AnonymousUser()
    request.resolver_match = resolve(path)

    room = uploads.CappedUploadHandler(request).max_bytes

    assert room == (forms.MAX_BYTES if has_more_room else pictures.MAX_BYTES)


def test_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MAX_BYTES", 10)

    assert upload(logged_in(role="newsletter editor")) == 422


def test_strangers_are_sent_to_the_login(client: Client) -> None:
    for path in ("", "add/", "1/change/", "1/refused.csv"):
        assert client.get(LIST + path).headers["Location"].startswith("/admin/login/")
