"""The register of claims: what rests on them, what happens when they lapse, who hears of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from donations.models import Change, Claim, Tie
from donations.services import claims, running
from donations.services.allowed import NotAllowed, Stale
from tests.desk import logged_in
from tests.donations.desk import address
from tests.donations.grounded import grounded, was
from tests.factories import make_user
from tests.factories_donations import make_appeal, make_claim

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
NOW = timezone.now().replace(microsecond=0)


# Tying


def test_phrase_rests_on_one_claim_in_every_variant() -> None:
    appeal, claim = make_appeal("Up 133%.", "Still 133% up."), make_claim()

    assert claims.tie(appeal, "133%", claim, by=make_user()) == 2

    assert {(tie.phrase, tie.claim_id) for tie in Tie.objects.all()} == {("133%", claim.pk)}


def test_phrase_takes_another_claim_instead() -> None:
    appeal, first, second = make_appeal("Up 133%."), make_claim(), make_claim()
    for claim in (first, second):
        claims.tie(appeal, "133%", claim, by=make_user())
    assert Tie.objects.get().claim == second


def test_phrase_that_nobody_says_is_not_tied() -> None:
    with pytest.raises(NotAllowed, match="No wording says “7%”"):
        claims.tie(make_appeal("Up 133%."), "7%", make_claim(), by=make_user())


def test_who_tied_last_has_edited_last() -> None:
    appeal, by = make_appeal("Up 133%."), make_user()
    claims.tie(appeal, "133%", make_claim(), by=by)
    appeal.refresh_from_db()
    assert appeal.edited_by == by


def test_claims_that_nobody_has_looked_at_do_not_go_live() -> None:
    """Between the look of whoever sets it live and the press of the button, another claim came."""
    appeal = make_appeal("Up 133%.")
    claims.tie(appeal, "133%", make_claim(), by=make_user())
    appeal.refresh_from_db()

    claims.tie(appeal, "133%", make_claim(), by=make_user())

    with pytest.raises(Stale):
        running.go_live(appeal, by=make_user(), version=appeal.version, reason="Agreed")


def test_claim_is_written_beside_its_phrase() -> None:
    appeal, owner = make_appeal("Up 133%."), make_user("fundraiser")
    sent = {
        "phrase": "133%",
        "claim": "",
        "statement": "Page views rose by 133% in a year.",
        "source": "Our statistics",
        "owner": owner.pk,
        "valid_until": "2099-12-31",
    }

    logged_in(role="fundraiser").post(address("tie", appeal), sent)

    claim = Tie.objects.get().claim
    assert (claim.owner, claim.valid_until) == (owner, date(2099, 12, 31))


HALF: dict[str, dict[str, str]] = {
    "Choose a claim, or write a new one.": {},
    "A claim needs this.": {"statement": "A fact"},
    "This day is past.": {"statement": "A fact", "source": "x", "valid_until": "2001-01-01"},
    "Select a valid choice": {"claim": "999999"},
}


def test_half_a_claim_is_refused_and_kept() -> None:
    appeal, owner = make_appeal("Up 133%."), make_user("fundraiser")
    desk = logged_in(owner)
    for said, typed in HALF.items():
        sent = {"phrase": "133%", "owner": str(owner.pk), **typed}

        answer = desk.post(address("tie", appeal), sent)

        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page
        assert sent.get("statement", "") in page
    assert not Tie.objects.exists()


def test_lapsed_claim_is_not_offered() -> None:
    lapsed = make_claim(valid_until=date(2001, 1, 1))
    sent = {"phrase": "133%", "claim": lapsed.pk}
    answer = logged_in(role="fundraiser").post(address("tie", make_appeal("Up 133%.")), sent)
    assert answer.status_code == 422


# The register


def test_claim_in_use_cannot_be_deleted() -> None:
    _, claim = grounded(date(2099, 1, 1))
    with pytest.raises(NotAllowed, match="rests on it"):
        claims.delete(claim, by=make_user())

    page = logged_in(role="fundraiser").get(f"/admin/donations/claim/{claim.pk}/delete/")
    assert "is in use" in page.content.decode()


def test_unused_claim_is_deleted_and_logged() -> None:
    claim = make_claim()
    logged_in(role="fundraiser").post(f"/admin/donations/claim/{claim.pk}/delete/", {"post": "yes"})
    assert not Claim.objects.exists()
    assert Change.objects.filter(field="source", after="").exists()


def sent_for(claim: Claim, desk: Client, **fields: Any) -> dict[str, Any]:
    page = desk.get(f"/admin/donations/claim/{claim.pk}/change/")
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {**values, "valid_until": claim.valid_until, "reason": "Checked", **fields}


def test_change_of_a_claim_is_logged_with_its_reason() -> None:
    claim, desk = make_claim(), logged_in(role="fundraiser")
    sent = sent_for(claim, desk, source="The new report", reason="It came out")

    desk.post(f"/admin/donations/claim/{claim.pk}/change/", sent)

    change = Change.objects.get(field="source")
    assert (change.before, change.after) == ("The yearly report, page 3", "The new report")
    assert change.reason == "It came out"


def test_change_of_a_claim_needs_a_reason() -> None:
    claim, desk = make_claim(), logged_in(role="fundraiser")
    sent = sent_for(claim, desk, source="Other", reason="")
    answer = desk.post(f"/admin/donations/claim/{claim.pk}/change/", sent)
    assert answer.status_code == 422
    assert "Say why; the log keeps it." in answer.content.decode()


def test_second_editor_of_a_claim_sees_what_is_stored_and_can_save_again() -> None:
    claim, desk = make_claim(), logged_in(role="fundraiser")
    mine = sent_for(claim, desk, source="Mine")
    claims.change(claim, {"source": "Theirs"}, by=make_user(), was=was(claim), reason="x")
    path = f"/admin/donations/claim/{claim.pk}/change/"

    answer = desk.post(path, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Stored now: “Theirs”." in page
    assert 'value="Mine"' in page

    form = answer.context["adminform"].form
    desk.post(path, {**mine, "seen": form["seen"].value()})
    claim.refresh_from_db()
    assert claim.source == "Mine"


def test_service_refuses_what_was_read_before_somebody_else_wrote() -> None:
    claim = make_claim()
    old = was(claim)
    claims.change(claim, {"source": "Theirs"}, by=make_user(), was=old, reason="x")
    with pytest.raises(Stale):
        claims.change(claim, {"source": "Mine"}, by=make_user(), was=old, reason="x")


def test_list_has_the_lapsed_first_and_says_where_each_is_used() -> None:
    appeal, soon = grounded((NOW + 3 * A_DAY).date(), name="Winter ask")
    fine = make_claim("AAA", valid_until=date(2099, 1, 1))
    lapsed = make_claim("ZZZ", valid_until=date(2001, 1, 1))

    answer = logged_in(role="fundraiser").get("/admin/donations/claim/")

    assert [row.pk for row in answer.context["cl"].result_list] == [lapsed.pk, soon.pk, fine.pk]
    page = answer.content.decode()
    assert page.count("Lapses soon</span>") == 1
    assert address("check", appeal) in page


def test_many_phrases_ask_the_database_no_more_than_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    desk, appeal = logged_in(role="fundraiser"), make_appeal(" and ".join(map(str, range(30))))
    with django_assert_max_num_queries(40):
        page = desk.get(address("check", appeal)).content.decode()
    assert page.count("What does it rest on?") == 30
