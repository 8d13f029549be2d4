"""The appeal in a round-up: what runs in its slot when it is put together, or nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from donations.models import Appeal, Rules, Slot
from newsletter import rendering
from newsletter.content import compose
from newsletter.models import Issue, Item
from newsletter.sending.starting import obstacle
from newsletter.services import composing
from tests.factories import make_user
from tests.factories_donations import make_appeal, make_live, make_rules, make_variant, rebuild
from tests.factories_newsletter import make_issue, make_item, make_letter, make_sent

pytestmark = pytest.mark.django_db


def make_asking() -> Issue:
    issue = make_issue()
    make_item(issue, kind=Item.Kind.APPEAL)
    return issue


def test_it_says_what_runs_in_letters() -> None:
    appeal = make_live("Readers <strong>pay</strong>.", slot=Slot.LETTER)

    [block] = compose(make_asking())["blocks"]

    assert block["kind"] == "appeal"
    assert block["appeal"] == appeal.pk
    assert (block["title"], block["text"]) == ("Please give (A)", "Readers pay.")
    assert block["html"] == "<p>Readers <strong>pay</strong>.</p>"
    assert block["url"].startswith("https://donate.example.org/parley?utm_source=newsletter")


def test_everybody_gets_the_heaviest_wording() -> None:
    make_rules(holdback=50)
    appeal = make_appeal("One.", slot=Slot.LETTER)
    make_variant(appeal, text="<p>Two.</p>", weight=3)
    Appeal.objects.update(status=Appeal.Status.LIVE, live_at=timezone.now())
    rebuild()

    [block] = compose(make_asking())["blocks"]

    assert block["kind"] == "appeal"
    assert block["text"] == "Two."


@pytest.mark.parametrize("off", [[], ["all"], ["letter"]])
def test_it_is_left_out_while_nothing_runs_there(off: list[str]) -> None:
    make_live(slot=Slot.LETTER if off else Slot.BODY)
    make_rules(off=off)

    assert compose(make_asking())["blocks"] == []


def test_a_draft_asks_only_while_something_runs() -> None:
    user = make_user("newsletter editor")
    now = datetime(2044, 12, 6, 12, tzinfo=UTC)
    make_live(slot=Slot.LETTER, at=now)

    for at, kinds in [(now, [Item.Kind.APPEAL]), (now + timedelta(days=1), [])]:
        issue = composing.draft(by=user, at=at)
        assert [item.kind for item in issue.items.all()] == kinds


def test_amounts_and_taxes_stand_in_all_forms_of_a_letter() -> None:
    issue = make_letter()
    Appeal.objects.get().variants.update(amounts=[500, 250])
    rebuild()
    content = compose(issue)

    for form in (rendering.html(content), rendering.text(content)):
        assert "$5" in form
        assert "$2.50" in form
        assert "amount=2.50" in form
        assert "Gifts are not tax-deductible." in form


def test_one_of_before_still_reads() -> None:
    issue = make_letter()
    issue.content = old = compose(issue)
    for block in old["blocks"]:
        if block["kind"] == "appeal":
            del block["appeal"], block["html"], block["amounts"], block["tax"]

    assert "Readers pay for this." in rendering.html(old)
    assert "Readers pay for this." in rendering.text(old)


def test_page_and_feed_of_a_past_letter_ask_for_nothing(client: Client) -> None:
    issue = make_sent(make_letter())
    assert "Please give" in issue.html

    for path in (issue.get_absolute_url(), "/feeds/newsletter/"):
        page = client.get(path).content.decode()
        assert "Dear reader" in page
        assert "donate.example.org" not in page
        assert "Please give" not in page


def test_an_approved_letter_is_held_once_its_appeal_is_off() -> None:
    issue = make_sent(make_letter())
    now = timezone.now()
    assert "appeal" not in obstacle(issue, now)
    assert "appeal in it has ended" in obstacle(issue, now + timedelta(days=1))

    Rules.objects.update_or_create(pk=1, defaults={"off": ["letter"]})
    rebuild()

    assert "switched off" in obstacle(issue, now)
