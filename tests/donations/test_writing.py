"""Writing appeals: what is typed is kept, checked and stored by one editor at a time."""

from typing import Any

import pytest
from django.test import Client

from donations import board
from donations.forms.appeal import AppealForm
from donations.forms.variant import VariantForm
from donations.models import Appeal, Tie, Variant
from donations.services import appeals
from donations.services.allowed import NotAllowed, Stale
from donations.services.appeals import Wording
from tests.desk import logged_in
from tests.donations.desk import ADD, address, new, typed, variant
from tests.factories import make_section, make_tag, make_user
from tests.factories_donations import make_appeal, make_claim, make_live, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return logged_in(role="fundraiser")


def fields_of(appeal: Appeal, **changes: Any) -> dict[str, Any]:
    return {name: getattr(appeal, name) for name in appeals.FIELDS} | changes


def wordings_of(appeal: Appeal, **changes: Any) -> list[Wording]:
    return [
        Wording({name: getattr(row, name) for name in appeals.WORDING} | changes, row.pk)
        for row in appeal.variants.all()
    ]


def test_new_appeal_is_a_draft_with_its_variants(desk: Client) -> None:
    make_section("Europe")
    tag = make_tag("ukraine war")
    answer = desk.post(
        ADD, new(only_sections="europe", not_tags="Ukraine War", v0_amounts="5, 2.50")
    )

    appeal = Appeal.objects.get()
    assert answer.headers["Location"] == address("change", appeal)
    assert (appeal.status, appeal.campaign) == ("draft", "winter")
    assert (appeal.only_sections, appeal.not_tags) == (["europe"], [tag.slug])
    assert appeal.variants.get().amounts == [500, 250]


def test_text_is_stored_as_the_cleaner_leaves_it(desk: Client) -> None:
    text = '<h2>Big</h2><p onclick="x()">Give <b>now</b><script>x()</script></p><figure></figure>'
    desk.post(ADD, new(v0_text=text))

    assert Variant.objects.get().text == "<p>Big</p><p>Give <strong>now</strong></p>"


def test_unknown_tag_is_refused_by_name_and_all_that_was_typed_stays(desk: Client) -> None:
    answer = desk.post(ADD, new(not_tags="no such tag", v0_heading="Kept heading"))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "No tag is called “no such tag”" in page
    assert "Kept heading" in page
    assert not Appeal.objects.exists()


NO_ADDRESSES = {
    "http://donate.example.org/": "starts with https://",
    "javascript:alert(1)": "Enter a valid URL",
    "https://donate.example.org:8443/": "without a port",
    "https://me@donate.example.org/": "without a port or a name",
    "https://donate.example.org.evil.example/": "but to: donate.example.org",
    "https://evil.example/?donate.example.org": "but to: donate.example.org",
    "https://donate.example.org\\@evil.example/": "without a port or a name",
}


def test_address_leads_to_an_allowed_host(desk: Client) -> None:
    for url, said in NO_ADDRESSES.items():
        assert said in str(AppealForm(new(url=url)).errors["url"]), url

    answer = desk.post(ADD, new(url="https://evil.example/"))
    assert answer.status_code == 422
    assert "but to: donate.example.org" in answer.content.decode()
    assert not Appeal.objects.exists()


def test_amounts_are_sums_that_can_be_given(desk: Client) -> None:
    for amounts in ["5, 0", "-5", "2.555", "1,2,3,4,5,6,7", "99999999999"]:
        form = VariantForm(variant(0, amounts=amounts), prefix="v0", currency="USD")
        assert "amounts" in form.errors, amounts

    answer = desk.post(ADD, new(v0_amounts="abc"))
    assert answer.status_code == 422
    assert "“abc” is no sum" in answer.content.decode()


def test_end_is_required_and_comes_after_the_start(desk: Client) -> None:
    assert AppealForm(new(ends_at_0="", ends_at_1="")).errors["ends_at"]

    answer = desk.post(ADD, new(ends_at_0="2020-01-01"))

    assert "The end must come after the start." in answer.content.decode()


def test_another_variant_begins_as_a_copy_and_stores_nothing(desk: Client) -> None:
    answer = desk.post(ADD, new(_another="", v0_heading="Only typed", name=""))

    assert answer.status_code == 200
    assert [form["heading"].value() for form in answer.context["variants"]] == ["Only typed"] * 2
    assert answer.context["variants"][1]["name"].value() == "B"
    assert not Appeal.objects.exists()


def test_seventh_variant_is_not_taken() -> None:
    six_more = [Wording() for _ in range(7)]
    with pytest.raises(NotAllowed, match="one to 6"):
        appeals.create({}, six_more, by=make_user())


def test_two_variants_cannot_have_one_name(desk: Client) -> None:
    answer = desk.post(ADD, new(n_variants=2, **variant(1, name="a")))

    assert "Another variant has this name." in answer.content.decode()


def test_removed_variant_goes_and_the_last_one_stays(desk: Client) -> None:
    appeal = make_appeal("One.", "Two.")
    desk.post(address("change", appeal), typed(appeal, v0_remove="on"))
    assert [row.name for row in appeal.variants.all()] == ["B"]

    appeal.refresh_from_db()
    answer = desk.post(address("change", appeal), typed(appeal, v0_remove="on"))
    assert "at least one variant" in answer.content.decode()
    assert appeal.variants.count() == 1


def test_edit_changes_the_variant_that_counters_know(desk: Client) -> None:
    appeal = make_appeal()
    before = appeal.variants.get()

    desk.post(address("change", appeal), typed(appeal, v0_heading="Another heading"))

    after = appeal.variants.get()
    assert (after.pk, after.heading) == (before.pk, "Another heading")


def test_variant_of_another_appeal_cannot_be_taken(desk: Client) -> None:
    mine, other = make_appeal(), make_appeal()
    victim = other.variants.get()

    desk.post(address("change", mine), typed(mine, v0_pk=victim.pk, v0_heading="Taken"))

    victim.refresh_from_db()
    assert (victim.appeal_id, victim.heading) == (other.pk, "Please give (A)")


def test_second_editor_sees_both_texts_and_loses_nothing(desk: Client) -> None:
    appeal = make_appeal()
    mine = typed(appeal, v0_heading="Mine", name="My name")
    desk.post(address("change", appeal), typed(appeal, v0_heading="Theirs"))

    answer = desk.post(address("change", appeal), mine)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "after you had opened it" in page
    assert 'value="Mine"' in page
    assert "Theirs" in page
    assert appeal.variants.get().heading == "Theirs"


def test_variant_that_somebody_else_added_is_shown_and_kept(desk: Client) -> None:
    appeal = make_appeal()
    mine = typed(appeal, v0_heading="Mine")
    make_variant(appeal, heading="Added meanwhile", position=1)
    Appeal.objects.filter(pk=appeal.pk).update(version=2)

    answer = desk.post(address("change", appeal), mine)

    assert [form["heading"].value() for form in answer.context["variants"]] == [
        "Mine",
        "Added meanwhile",
    ]


def test_saving_again_after_a_conflict_puts_ones_own_in_place(desk: Client) -> None:
    appeal = make_appeal()
    mine = typed(appeal, v0_heading="Mine")
    desk.post(address("change", appeal), typed(appeal, v0_heading="Theirs"))
    answer = desk.post(address("change", appeal), mine)

    desk.post(address("change", appeal), {**mine, "version": shown_version(answer)})

    assert appeal.variants.get().heading == "Mine"


def shown_version(answer: Any) -> Any:
    return answer.context["form"]["version"].value()


def test_same_text_twice_is_no_conflict(desk: Client) -> None:
    appeal = make_appeal()
    sent = typed(appeal, v0_heading="Pressed twice")

    assert desk.post(address("change", appeal), sent).status_code == 302
    assert desk.post(address("change", appeal), sent).status_code == 302


def test_stale_version_is_refused_by_the_service() -> None:
    appeal = make_appeal()
    with pytest.raises(Stale):
        appeals.write(appeal, fields_of(appeal), wordings_of(appeal), by=make_user(), version=7)


def test_phrases_that_are_gone_lose_their_claims() -> None:
    appeal = make_appeal("Up 133% since 2019.")
    row = appeal.variants.get()
    claim = make_claim()
    for phrase in ("133%", "2019"):
        Tie.objects.create(variant=row, phrase=phrase, claim=claim)

    text = "<p>Up <strong>133</strong>% of late.</p>"
    appeals.write(
        appeal, fields_of(appeal), wordings_of(appeal, text=text), by=make_user(), version=1
    )

    assert [tie.phrase for tie in row.ties.all()] == ["133%"]


def test_copy_is_a_draft_with_wordings_and_claims() -> None:
    appeal = make_live("Up 133%.", "Give.")
    Tie.objects.create(variant=appeal.variants.all()[0], phrase="133%", claim=make_claim())

    made = appeals.copy(appeal, by=make_user())

    assert (made.status, made.live_at, made.version) == ("draft", None, 1)
    assert [row.text for row in made.variants.all()] == ["<p>Up 133%.</p>", "<p>Give.</p>"]
    assert made.variants.all()[0].ties.get().phrase == "133%"


def test_draft_is_deleted_by_button_only(desk: Client) -> None:
    appeal = make_appeal()
    assert "Delete" in desk.get(address("delete", appeal)).content.decode()
    assert Appeal.objects.exists()

    desk.post(address("delete", appeal), {"post": "yes"})
    assert not Appeal.objects.exists()


def test_draft_is_not_on_the_board(desk: Client) -> None:
    desk.post(ADD, new())
    content = board.read()
    assert content is not None
    assert content["appeals"] == []


def test_pasted_markup_comes_back_as_it_would_be_stored(desk: Client) -> None:
    sent = {"html": "<ul><li>One</li></ul><p style='x'>Two <i>three</i></p>"}
    answer = desk.post("/admin/donations/appeal/clean/", sent)
    assert answer.content.decode() == "<p>One</p><p>Two <em>three</em></p>"


def test_odd_text_is_shown_as_it_was_typed(desk: Client) -> None:
    odd = "\u202eevil <script>x()</script> {{ 7*7 }} \ufffd\U0001f600 '\"><b>"
    desk.post(ADD, new(name=f"Name {odd}", v0_heading=f"Heading {odd}"))

    appeal = Appeal.objects.get()
    assert appeal.name == f"Name {odd}"
    for name in ("change", "check", "history"):
        page = desk.get(address(name, appeal)).content.decode()
        assert "<script>x()" not in page
        assert "'\"><b>" not in page
        assert "{{ 7*7 }}" in page


def test_nul_is_refused_or_left_out(desk: Client) -> None:
    for field in ["name", "v0_heading", "v0_text", "v0_button", "url", "not_tags", "campaign"]:
        answer = desk.post(ADD, new(**{field: "a\x00b"}))
        assert answer.status_code in {302, 422}, field


@pytest.mark.parametrize("role", ["fundraiser", "administrator"])
def test_state_and_stamps_cannot_be_posted(role: str) -> None:
    appeal, desk = make_appeal(), logged_in(role=role)
    protected = ["status", "live_at", "ended_at", "lapse_told_at", "is_made_up", "created_at"]
    before = {name: getattr(appeal, name) for name in protected}
    sent = {
        "status": "live",
        "is_made_up": "on",
        "pk": 9,
        "id": 9,
        "edited_by": 9,
        "created_at": "",
    }
    sent |= dict.fromkeys(["live_at", "ended_at", "lapse_told_at"], "2024-01-01 00:00")

    answer = desk.post(address("change", appeal), typed(appeal, name="Saved", **sent))

    assert answer.status_code == 302
    appeal.refresh_from_db()
    assert appeal.name == "Saved"
    assert {name: getattr(appeal, name) for name in protected} == before
    assert appeal.edited_by_id == int(desk.session["_auth_user_id"])
