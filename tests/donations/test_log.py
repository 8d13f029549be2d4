"""The log: each field that changed, before and after, who, and why."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from donations.models import Appeal, Change
from donations.services import appeals, claims, pausing
from newsroom.models import Publication
from tests.desk import logged_in
from tests.donations.desk import ADD, address, new, typed
from tests.factories import make_user
from tests.factories_donations import make_appeal, make_claim, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return logged_in(role="fundraiser")


def rows(appeal: Appeal) -> dict[str, tuple[str, str]]:
    return {change.field: (change.before, change.after) for change in appeal.changes.all()}


def test_edit_is_logged_field_by_field(desk: Client) -> None:
    appeal = make_appeal("Old text.")
    sent = typed(appeal, name="New name", v0_heading="New heading", v0_amounts="5", slot="top")

    desk.post(address("change", appeal), {**sent, "reason": "Shorter"})

    assert rows(appeal) == {
        "name": (appeal.name, "New name"),
        "slot": ("After the body of a piece", "Banner at the top of a page"),
        "Variant A: heading": ("Please give (A)", "New heading"),
        "Variant A: amounts": ("", "$5"),
    }
    assert set(appeal.changes.values_list("reason", flat=True)) == {"Shorter"}


def test_nothing_is_logged_where_nothing_changed(desk: Client) -> None:
    appeal = make_appeal()
    stored = typed(appeal)
    desk.post(address("change", appeal), stored)
    rounded = {"starts", "ends"}  # to the minute, as they are typed
    assert set(rows(appeal)) <= rounded


def test_renamed_variant_is_known_by_its_name_before(desk: Client) -> None:
    appeal = make_appeal()
    desk.post(address("change", appeal), typed(appeal, v0_name="Shorter"))
    assert rows(appeal)["Variant A: name"] == ("A", "Shorter")


def test_two_variants_that_swap_names_are_told_apart() -> None:
    appeal = make_appeal("One.")
    make_variant(appeal, name="A", heading="Second of that name", position=1)
    said = appeals.said(appeal)
    assert "Second of that name" in said.values()
    assert "Please give (A)" in said.values()


def test_new_appeal_begins_its_log(desk: Client) -> None:
    desk.post(ADD, new())
    appeal = Appeal.objects.get()
    assert rows(appeal)["state"] == ("", "Draft")
    assert rows(appeal)["Variant A: heading"] == ("", "Readers keep us free")


def test_tie_is_logged_with_the_fact() -> None:
    appeal, claim = make_appeal("Up 133%."), make_claim("Views rose by 133%.")
    claims.tie(appeal, "133%", claim, by=make_user())
    assert rows(appeal) == {"Variant A: “133%” rests on": ("", "Views rose by 133%.")}


def test_log_outlives_a_deleted_draft() -> None:
    appeal, claim = make_appeal("Up 133%.", name="Gone"), make_claim()
    claims.tie(appeal, "133%", claim, by=make_user())

    appeals.delete(appeal, by=make_user())

    log = Change.objects.filter(subject="Gone")
    assert log.filter(after=claim.statement).exists()
    assert log.filter(field="state", before="Draft", after="Deleted").exists()


def test_history_of_an_appeal_shows_before_after_who_and_why(desk: Client) -> None:
    appeal = make_appeal()
    desk.post(address("go_live", appeal), {"version": 1, "reason": "All have agreed"})
    desk.post(address("end", appeal), {"reason": "A day of mourning"})

    page = desk.get(address("history", appeal)).content.decode()

    assert "All have agreed" in page
    assert "A day of mourning" in page
    assert "fundraiser-" in page


def test_list_of_changes_is_there_to_be_read(desk: Client) -> None:
    desk.post(ADD, new(name="Searched for"))
    change = Change.objects.earliest("pk")

    answer = desk.get("/admin/donations/change/", {"q": "Searched"})

    assert "Searched for" in answer.content.decode()
    for path in ("add/", f"{change.pk}/change/", f"{change.pk}/delete/"):
        assert desk.post(f"/admin/donations/change/{path}", {"post": "yes"}).status_code == 403
    assert Change.objects.filter(pk=change.pk).exists()


def test_odd_questions_are_answered(desk: Client) -> None:
    for question in ["appeal__id__exact=x", "by__id__exact=9" * 30, "at__year=x", "p=x"]:
        answer = desk.get(f"/admin/donations/change/?{question}")
        assert answer.status_code in {200, 302, 400}, question


def test_times_are_those_of_the_publication_and_say_so() -> None:
    Publication.objects.update(time_zone="America/New_York")
    winter, summer = datetime(2044, 12, 6, 12, tzinfo=UTC), datetime(2044, 7, 6, 12, tzinfo=UTC)

    pausing.pause(starts_at=summer, ends_at=winter, reason="Mourning", by=make_user())

    told = dict(Change.objects.values_list("field", "after"))
    assert (told["From"], told["Until"]) == ("6 Jul 2044, 08:00 EDT", "6 Dec 2044, 07:00 EST")
