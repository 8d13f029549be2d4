"""Rules for all appeals: who changes them, and what the log keeps."""

import pytest
from django.utils.html import escape

from donations import board, returning
from donations.models import Change, Rules
from donations.services import ruling
from donations.services.allowed import NotAllowed
from tests.desk import logged_in
from tests.factories import make_tag, make_user

pytestmark = pytest.mark.django_db
RULES = "/admin/donations/rules/1/change/"
NAMES = "/admin/donations/rules/names/"


def typed(**fields: object) -> dict[str, object]:
    usual = {"cap": 3, "period_days": 7, "gap_hours": 12, "skip_pages": 2, "holdback": 5}
    return {**usual, "no_tags": "", "reason": "As agreed on Monday", **fields}


def test_change_of_a_rule_reaches_readers_and_the_log() -> None:
    by = make_user("fundraiser")

    assert ruling.change_rules(by=by, reason="Too often", cap=1, gap_hours=12) == ["cap"]

    content = board.read()
    assert content is not None
    assert content["rules"]["cap"] == 1
    row = Change.objects.get()
    assert (row.field, row.before, row.after) == ("At most this many asks", "3", "1")
    assert (row.by, row.reason) == (by, "Too often")


def test_who_is_bound_by_a_second_person_cannot_do_away_with_it() -> None:
    with pytest.raises(NotAllowed):
        ruling.change_rules(by=make_user("fundraiser"), reason="Quicker", needs_second=True)

    assert ruling.change_rules(by=make_user("administrator"), reason="Safer", needs_second=True)


def test_rules_are_changed_at_the_desk() -> None:
    tag = make_tag("Obituaries")
    client = logged_in(role="fundraiser")

    assert client.get("/admin/donations/rules/", follow=True).status_code == 200
    answer = client.post(RULES, typed(cap=2, no_tags="obituaries"))

    assert answer.status_code == 302
    rules = Rules.objects.get()
    assert (rules.cap, rules.no_tags) == (2, [tag.slug])
    assert {row.reason for row in Change.objects.all()} == {"As agreed on Monday"}


def test_raw_post_does_not_loosen_the_rule_of_two_people() -> None:
    Rules.objects.create(pk=1, needs_second=True)

    logged_in(role="fundraiser").post(RULES, typed(cap=2))

    rules = Rules.objects.get()
    assert (rules.cap, rules.needs_second) == (2, True)


def test_unknown_tag_is_refused_by_its_name_and_all_stays_as_typed() -> None:
    make_tag("Obituaries")
    Rules.objects.create(pk=1)

    answer = logged_in(role="fundraiser").post(RULES, typed(no_tags="Obituaries, Obitaries"))

    page = answer.content.decode()
    assert "No tag is called “Obitaries”." in page
    assert 'value="Obituaries, Obitaries"' in page
    assert not Change.objects.exists()


def test_tags_are_shown_by_name() -> None:
    tag = make_tag("Civilian casualties")
    Rules.objects.create(pk=1, no_tags=[tag.slug])

    page = logged_in(role="fundraiser").get(RULES).content.decode()

    assert 'value="Civilian casualties"' in page


def test_no_reason_no_change() -> None:
    Rules.objects.create(pk=1)

    page = logged_in(role="fundraiser").post(RULES, typed(cap=2, reason="")).content.decode()

    assert "Say why; it is kept in the log." in page
    assert Rules.objects.get().cap == 3


def test_two_people_who_change_different_rules_both_get_their_way() -> None:
    Rules.objects.create(pk=1)
    ruling.change_rules(by=make_user("fundraiser"), reason="One", cap=1)
    ruling.change_rules(by=make_user("fundraiser"), reason="Two", gap_hours=24)

    rules = Rules.objects.get()
    assert (rules.cap, rules.gap_hours) == (1, 24)


@pytest.mark.parametrize("role", ["editor", "writer"])
def test_others_may_not_change_rules(role: str) -> None:
    Rules.objects.create(pk=1)

    assert logged_in(role=role).post(RULES, typed(cap=2)).status_code == 403
    assert Rules.objects.get().cap == 3


def test_who_may_only_read_sees_tags_by_name_and_is_asked_for_nothing() -> None:
    tag = make_tag("Civilian casualties")
    Rules.objects.create(pk=1, no_tags=[tag.slug])

    page = logged_in(role="editor").get(RULES).content.decode()

    assert "Civilian casualties" in page
    assert "<input" not in page.split('class="form-bar"')[1]


def test_links_for_those_who_have_given_are_at_hand() -> None:
    Rules.objects.create(pk=1)

    page = logged_in(role="fundraiser").get(RULES).content.decode()

    for way in (returning.PAGE, returning.MAIL):
        assert returning.link(way) in page


def test_names_complete_and_those_that_begin_so_come_first() -> None:
    for name in ["Warsaw", "Cold war", "Peace"]:
        make_tag(name)

    answer = logged_in(role="fundraiser").get(NAMES, {"part": "tag", "term": "WAR"}).json()

    assert [row["text"] for row in answer["results"]] == ["Warsaw", "Cold war"]


def test_names_are_for_those_who_see_appeals() -> None:
    assert logged_in(role="writer").get(NAMES, {"part": "tag"}).status_code == 403
    assert logged_in(role="fundraiser").get(NAMES, {"part": "user"}).status_code == 400


def test_a_tag_with_markup_in_its_name_is_shown_as_text() -> None:
    tag = make_tag("<b>War</b>")
    Rules.objects.create(pk=1, no_tags=[tag.slug])

    page = logged_in(role="fundraiser").get(RULES).content.decode()

    assert escape("<b>War</b>") in page
