"""Setting appeals live, and what may be done to them then."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from donations import board
from donations.models import Appeal, Change, DonationHost, Tie
from donations.services import running
from donations.services.allowed import Locked, NotAllowed, Stale
from tests.desk import logged_in
from tests.donations.desk import address
from tests.factories import make_user
from tests.factories_donations import (
    claim_for,
    make_appeal,
    make_claim,
    make_live,
    make_rules,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(second=0, microsecond=0)
A_DAY = timedelta(days=1)


def on_board() -> list[int]:
    content = board.read()
    return [row["id"] for row in content["appeals"]] if content else []


# Going live


def test_whole_draft_goes_live_and_is_on_the_board() -> None:
    appeal = make_appeal()

    running.go_live(appeal, by=make_user(), version=1, reason="Agreed", at=NOW)

    assert (appeal.status, appeal.live_at, appeal.version) == ("live", NOW, 2)
    assert on_board() == [appeal.pk]


LACKING: dict[str, dict[str, Any]] = {
    "is past": {"ends_at": NOW - A_DAY, "starts_at": NOW - 2 * A_DAY},
    "elsewhere.example is not among the hosts": {"url": "https://elsewhere.example/"},
    "donation page is not among the hosts": {"url": "https://donate.example.org:99/"},
}


def test_draft_that_lacks_something_stays_one() -> None:
    for said, fields in LACKING.items():
        appeal = make_appeal(**fields)

        with pytest.raises(running.NotReady, match=said):
            running.go_live(appeal, by=make_user(), version=1, reason="Agreed", at=NOW)

        appeal.refresh_from_db()
        assert appeal.status == "draft"


def test_tax_wording_is_required() -> None:
    appeal = make_appeal()
    Appeal.objects.filter(pk=appeal.pk).update(tax_wording=None)
    with pytest.raises(running.NotReady, match="tax wording"):
        running.go_live(appeal, by=make_user(), version=1, reason="Agreed")


def test_variant_is_required_and_whole() -> None:
    appeal = make_appeal()
    appeal.variants.update(button=" ")
    assert running.missing(appeal, by=make_user(), at=NOW) == [
        "Variant A lacks a heading, a text or a button."
    ]
    appeal.variants.all().delete()
    assert running.missing(appeal, by=make_user(), at=NOW) == ["Write at least one variant."]


def links_to(*urls: str) -> list[str]:
    """What is missing from an appeal whose wording links there."""
    text = " ".join(f'<a href="{url}">Give</a>.' for url in urls)
    return running.missing(make_appeal(text), by=make_user(), at=NOW)


def test_wording_links_to_us_and_to_where_appeals_lead(settings: Settings) -> None:
    settings.SITE_URL = "https://parley.example"
    ours = ["/about/", "https://parley.example/about/"]
    assert links_to(*ours, "https://donate.example.org/b?a=1&amp;b=2") == []


def test_wording_links_nowhere_else(settings: Settings) -> None:
    settings.SITE_URL = "https://parley.example"
    others = [
        "https://evil.example/parley",
        "http://donate.example.org/",
        "https://donate.example.org@evil.example/",
        "https://parley.example.evil.example/",
        "mailto:gifts@evil.example",
    ]
    for url, line in zip(others, links_to(*others), strict=True):
        assert f"links to {url}, which is no page of ours" in line


CLAIMING = [
    ("Page views up 133%", "Give.", "Give"),
    ("Give", "Page views up <strong>133</strong>%.", "Give"),
    ("Give", "Give.", "Give before midnight"),
    ("Give by the end of the year", "Give.", "Give"),
    ("<up 133%", "Give.", "Give"),
]


def test_phrase_without_a_claim_stays_home() -> None:
    appeal, by = make_appeal(), make_user()
    for heading, text, button in CLAIMING:
        appeal.variants.update(heading=heading, text=f"<p>{text}</p>", button=button)
        with pytest.raises(running.NotReady, match="needs a claim"):
            running.go_live(appeal, by=by, version=1, reason="Agreed")


def test_every_variant_needs_its_claims() -> None:
    appeal = make_appeal("Up 133%.", "Up 133%.")
    Tie.objects.create(variant=appeal.variants.all()[0], phrase="133%", claim=make_claim())
    assert running.missing(appeal, by=make_user(), at=NOW) == ["“133%” needs a claim."]


@pytest.mark.parametrize(
    ("day", "is_ready"), [(date(2026, 6, 9), False), (date(2026, 6, 10), True)]
)
def test_claim_holds_through_its_last_day(day: date, is_ready: bool) -> None:  # noqa: FBT001
    at = datetime(2026, 6, 10, 23, 59, tzinfo=timezone.get_default_timezone())
    appeal = make_appeal("Up 133%.", at=at)
    claim_for(appeal, "133%", valid_until=day)
    assert (running.missing(appeal, by=make_user(), at=at) == []) is is_ready


def test_second_person_is_needed_where_the_rules_say_so() -> None:
    make_rules(needs_second=True)
    writer, other = make_user("fundraiser"), make_user("fundraiser")
    appeal = make_appeal(edited_by=writer)

    with pytest.raises(running.NotReady, match="second person"):
        running.go_live(appeal, by=writer, version=1, reason="Agreed")
    running.go_live(appeal, by=other, version=1, reason="Agreed")
    assert appeal.status == "live"


def test_text_that_changed_since_it_was_read_does_not_go_live() -> None:
    appeal = make_appeal()
    Appeal.objects.filter(pk=appeal.pk).update(version=2)
    with pytest.raises(Stale):
        running.go_live(appeal, by=make_user(), version=1, reason="Agreed")


def test_going_live_twice_is_refused() -> None:
    appeal = make_appeal()
    running.go_live(appeal, by=make_user(), version=1, reason="Agreed")
    with pytest.raises(Locked):
        running.go_live(appeal, by=make_user(), version=2, reason="Agreed")


# Ending


def test_ended_appeal_is_gone_at_once_and_stays_so() -> None:
    appeal = make_live()

    assert running.end(appeal, by=make_user(), reason="Mourning")
    assert on_board() == []
    assert not running.end(appeal, by=make_user(), reason="Again")
    assert not running.move_end(
        appeal, by=make_user(), to=NOW + 9 * A_DAY, was=appeal.ends_at, reason="Back"
    )


def test_draft_cannot_be_ended() -> None:
    assert not running.end(make_appeal(), by=make_user(), reason="No")


def test_end_moves_both_ways_and_the_board_knows() -> None:
    appeal = make_live(at=NOW)
    for to in (NOW + 5 * A_DAY, NOW + timedelta(hours=1)):
        was = appeal.ends_at
        assert running.move_end(appeal, by=make_user(), to=to, was=was, reason="Why", at=NOW)
        content = board.read()
        assert content is not None
        assert content["appeals"][0]["until"] == board.moment(to)


def test_end_moves_only_from_where_it_was_seen() -> None:
    appeal = make_live(at=NOW)
    was = NOW + 3 * A_DAY
    assert not running.move_end(appeal, by=make_user(), to=NOW + 9 * A_DAY, was=was, reason="Why")


@pytest.mark.parametrize("to", [NOW, NOW - A_DAY])
def test_end_in_the_past_is_refused(to: datetime) -> None:
    appeal = make_live(at=NOW)
    with pytest.raises(NotAllowed, match="in the future"):
        running.move_end(appeal, by=make_user(), to=to, was=appeal.ends_at, reason="Why", at=NOW)


def test_end_before_the_start_is_refused() -> None:
    appeal = make_live(starts_at=NOW + 2 * A_DAY, ends_at=NOW + 3 * A_DAY)
    to, was = NOW + A_DAY, appeal.ends_at
    with pytest.raises(NotAllowed, match="after that"):
        running.move_end(appeal, by=make_user(), to=to, was=was, reason="Why", at=NOW)


def test_over_is_archived_and_running_is_not() -> None:
    over = make_live(starts_at=NOW - 2 * A_DAY, ends_at=NOW - A_DAY)
    assert running.archive(over, by=make_user(), at=NOW)
    assert over.status == "archived"
    assert not running.archive(over, by=make_user(), at=NOW)
    assert not running.archive(make_live(at=NOW), by=make_user(), at=NOW)


# At the desk


@pytest.fixture
def desk() -> Client:
    return logged_in(role="fundraiser")


def test_buttons_take_an_appeal_through_its_life(desk: Client) -> None:
    appeal = make_appeal()
    answer = desk.post(address("go_live", appeal), {"version": 1, "reason": ""})
    assert (answer.status_code, appeal.changes.count()) == (422, 0)
    assert "Say why; the log keeps it." in answer.content.decode()

    desk.post(address("go_live", appeal), {"version": 1, "reason": "Agreed"})
    appeal.refresh_from_db()
    assert appeal.status == "live"

    desk.post(address("end", appeal), {"reason": "Enough"})
    desk.post(address("archive", appeal))
    appeal.refresh_from_db()
    assert appeal.status == "archived"
    states = [(c.before, c.after, c.reason) for c in appeal.changes.filter(field="state")]
    assert states == [
        ("Ended", "Archived", ""),
        ("Live", "Ended", "Enough"),
        ("Draft", "Live", "Agreed"),
    ]


def test_end_asks_for_a_reason_and_keeps_what_was_typed(desk: Client) -> None:
    appeal = make_live()
    answer = desk.post(address("end", appeal), {"reason": ""})
    assert (answer.status_code, appeal.changes.count()) == (422, 0)

    sent = {"to_0": "2031-01-01", "to_1": "12:00", "was": "", "reason": ""}
    answer = desk.post(address("move_end", appeal), sent)
    assert answer.status_code == 422
    assert "2031-01-01" in answer.content.decode()


def test_end_is_moved_by_the_form_as_it_is_shown(desk: Client) -> None:
    appeal = make_live()
    form = desk.get(address("check", appeal)).context["move_form"]
    was = form["was"].value()
    sent = {"to_0": "2031-01-01", "to_1": "12:00", "was": was, "reason": "More time"}

    desk.post(address("move_end", appeal), sent)

    appeal.refresh_from_db()
    assert appeal.ends_at.year == 2031
    assert Change.objects.get(field="ends").reason == "More time"


def test_draft_that_lacks_something_says_so_and_has_no_button(desk: Client) -> None:
    appeal = make_appeal("Up 133%.")
    DonationHost.objects.all().delete()

    page = desk.get(address("check", appeal)).content.decode()

    assert "1 phrase needs a claim that holds." in page
    assert "donate.example.org is not among the hosts" in page
    assert "disabled>Set live</button>" in page


def test_looking_changes_nothing(desk: Client) -> None:
    appeal = make_live()
    for name in ["go_live", "end", "move_end", "archive", "copy", "tie"]:
        assert desk.get(address(name, appeal)).status_code == 405


def test_who_may_not_run_is_refused_before_anything() -> None:
    editor, appeal = logged_in(role="editor"), make_live()
    for name in ["go_live", "end", "move_end", "archive"]:
        assert editor.post(address(name, appeal), {"reason": "x"}).status_code == 403
        nothing = f"/admin/donations/appeal/0/{name.replace('_', '-')}/"
        assert editor.post(nothing).status_code == 403
