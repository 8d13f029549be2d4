"""The list of appeals: what each is doing, and how it is narrowed down."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from donations.models import Appeal, Tie
from tests.desk import logged_in
from tests.factories import make_section, make_tag
from tests.factories_donations import make_appeal, make_claim, make_live, make_rules

pytestmark = pytest.mark.django_db
LIST = "/admin/donations/appeal/"
A_DAY = timedelta(days=1)


@pytest.fixture
def desk() -> Client:
    return logged_in(role="fundraiser")


def names(desk: Client, **question: str) -> set[str]:
    return {row.name for row in desk.get(LIST, question).context["cl"].result_list}


def one_of_each() -> None:
    now = timezone.now()
    make_appeal(name="draft")
    make_live(name="waits", starts_at=now + A_DAY, ends_at=now + 2 * A_DAY)
    make_live(name="runs")
    lapsed = make_live("Up 133%.", name="paused")
    claim = make_claim(valid_until=(now - 2 * A_DAY).date())
    Tie.objects.create(variant=lapsed.variants.get(), phrase="133%", claim=claim)
    make_live(name="over", starts_at=now - 2 * A_DAY, ends_at=now - A_DAY)
    for name in ("ended", "archived"):
        row = make_live(name=name)
        Appeal.objects.filter(pk=row.pk).update(status=name, ended_at=now)


STATES = ["draft", "waits", "runs", "paused", "over", "ended", "archived"]


def test_filter_by_state_finds_what_the_list_says(desk: Client) -> None:
    one_of_each()
    for state in STATES:
        answer = desk.get(LIST, {"state": state})
        assert [row.name for row in answer.context["cl"].result_list] == [state]
        assert f">{state.capitalize()}</span>" in answer.content.decode()


def test_archived_ones_stay_away_until_they_are_asked_for(desk: Client) -> None:
    one_of_each()
    assert names(desk) == {*STATES} - {"archived"}
    assert names(desk, q="archived") == {"archived"}


def test_lapsed_claim_is_told_in_the_list(desk: Client) -> None:
    one_of_each()
    assert "a claim lapsed after" in desk.get(LIST).content.decode()


def test_reach_is_told_in_names(desk: Client) -> None:
    make_section("Europe")
    tag = make_tag("Obituary")
    make_appeal(only_sections=["europe"], not_tags=[tag.slug, "gone"], device="phone")
    make_appeal()
    page = desk.get(LIST).content.decode()
    assert "Only Europe; never Obituary or gone; phones" in page
    assert "Everywhere" in page


def test_first_one_is_asked_for_where_there_is_none(desk: Client) -> None:
    assert "Write the first one" in desk.get(LIST).content.decode()


def test_list_takes_as_many_queries_for_thirty_as_for_one(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_rules()
    for _ in range(30):
        make_appeal("Up 133%.", "Give.")
    with django_assert_max_num_queries(18):
        desk.get(LIST)


def test_odd_questions_are_answered(desk: Client) -> None:
    for question in ["state=nonsense", "slot=x", "q=%00", "p=x", "o=9.9", "e=1"]:
        assert desk.get(f"{LIST}?{question}").status_code in {200, 302, 400}, question


def test_what_is_no_appeal_is_not_found(desk: Client) -> None:
    for number in ["0", "x", "9" * 30, "-1", "1/2"]:
        for name in ("change", "delete", "history"):
            assert desk.get(f"{LIST}{number}/{name}/").status_code == 404, number


def test_writers_and_readers_see_none_of_it() -> None:
    appeal = make_appeal()
    paths = [
        LIST,
        f"{LIST}add/",
        *(f"{LIST}{appeal.pk}/{n}/" for n in ("change", "check", "history")),
    ]
    writer = logged_in(role="writer")
    assert {writer.get(path).status_code for path in paths} == {403}
    assert {Client().get(path).status_code for path in paths} == {302}


def test_who_may_only_look_reads_and_has_no_buttons() -> None:
    appeal = make_appeal("Up 133%.")
    editor = logged_in(role="editor")
    check = f"{LIST}{appeal.pk}/check/"
    assert editor.get(f"{LIST}{appeal.pk}/change/").headers["Location"] == check
    page = editor.get(check).content.decode()
    assert "Set live" not in page
    assert "Tie “" not in page
    assert editor.post(f"{LIST}{appeal.pk}/change/").status_code == 403
