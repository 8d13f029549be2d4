"""Writing, grounding and running an appeal in a real browser."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from donations.models import Appeal, DonationHost, TaxWording, Tie, Variant
from newsroom.models import User
from tests.browser.desk import at_desk, troubles
from tests.donations.desk import ADD, address
from tests.factories import make_section, make_tag, make_user
from tests.factories_donations import (
    make_appeal,
    make_claim,
    make_host,
    make_live,
    make_tax_wording,
    make_variant,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def fundraiser() -> User:
    make_host()
    make_tax_wording()
    return make_user("fundraiser", first_name="Ann", last_name="Fund")


def fill_moment(page: Page, name: str, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    page.locator(f"[name={name}_0]").fill(f"{day:%Y-%m-%d}")
    page.locator(f"[name={name}_1]").fill("12:00")


def write(page: Page) -> None:
    """A new appeal with one number in it, saved."""
    page.goto(ADD)
    page.get_by_label("Heading").fill("Readers keep us free")
    page.get_by_role("textbox", name="Text").click()
    page.keyboard.type("Page views are up 133%. ")
    page.keyboard.press("Control+b")
    page.keyboard.type("Please give.")
    page.get_by_label("Button").fill("Give to Parley")
    page.get_by_label("Amounts").fill("5, 25")
    page.get_by_label("Name", exact=True).fill("Winter season")
    fill_moment(page, "starts_at", -1)
    fill_moment(page, "ends_at", 9)
    page.get_by_label("Donation page").fill("https://donate.example.org/parley")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_appeal_is_written_grounded_set_live_and_ended(page: Page, fundraiser: User) -> None:
    at_desk(page, fundraiser)
    write(page)
    row = Variant.objects.get()
    assert row.text == "<p>Page views are up 133%. <strong>Please give.</strong></p>"
    assert row.amounts == [500, 2500]

    page.get_by_role("link", name="Claims and state").click()
    expect(page.get_by_role("button", name="Set live")).to_be_disabled()
    page.get_by_label("Statement").fill("Page views rose by 133% in a year.")
    page.get_by_label("Source").fill("Our statistics")
    page.get_by_label("Last valid day").fill("2099-12-31")
    page.get_by_role("button", name="Tie “133%” to it").click()
    expect(page.get_by_text("Page views rose by 133% in a year.").first).to_be_visible()
    assert Tie.objects.get().claim.valid_until == date(2099, 12, 31)

    page.locator("#id_live_reason").fill("All have agreed")
    page.get_by_role("button", name="Set live").click()
    expect(page.get_by_text("Runs: until")).to_be_visible()
    page.locator("#id_end_reason").fill("Enough for now")
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("Ended. No reader sees it any more.")).to_be_visible()
    page.get_by_role("link", name="Log").click()
    expect(page.get_by_text("Enough for now")).to_be_visible()


def test_tags_complete_and_unknown_ones_are_named(page: Page, fundraiser: User) -> None:
    make_tag("ukraine war")
    appeal = make_appeal()
    at_desk(page, fundraiser)
    page.goto(address("change", appeal))
    page.get_by_text("Never here").click()
    entry = page.locator("#id_not_tags_entry")
    entry.fill("ukr")
    page.get_by_role("option", name="ukraine war").click()
    entry.fill("nonsense,")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("No tag is called “nonsense”.")).to_be_visible()

    page.get_by_role("button", name="Remove nonsense").click()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    appeal.refresh_from_db()
    assert appeal.not_tags == ["ukraine-war"]
    page.errors.clear()  # type: ignore[attr-defined]  # the browser notes the 422


def test_variant_is_added_and_removed(page: Page, fundraiser: User) -> None:
    appeal = make_appeal()
    at_desk(page, fundraiser)
    page.goto(address("change", appeal))
    page.get_by_label("Heading").fill("Typed and not saved")
    page.get_by_role("button", name="Add a variant").click()
    expect(page.get_by_label("Heading")).to_have_count(2)
    expect(page.get_by_label("Name of the variant").nth(1)).to_be_focused()
    page.get_by_label("Heading").nth(1).fill("The other one")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert [row.heading for row in appeal.variants.all()] == [
        "Typed and not saved",
        "The other one",
    ]

    page.get_by_label("Remove this variant").first.check()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_label("Heading")).to_have_count(1)
    assert appeal.variants.get().heading == "The other one"


def test_second_of_two_editors_sees_both_texts(
    context: BrowserContext, page: Page, fundraiser: User
) -> None:
    appeal = make_appeal()
    at_desk(page, fundraiser)
    page.goto(address("change", appeal))
    other = context.new_page()
    other.goto(address("change", appeal))
    other.get_by_label("Heading").fill("Theirs")
    other.get_by_role("button", name="Save draft").click()
    expect(other.get_by_text("Saved.")).to_be_visible()

    page.get_by_label("Heading").fill("Mine")
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_text("Ann Fund saved this appeal today")).to_be_visible()
    expect(page.get_by_label("Heading")).to_have_value("Mine")
    expect(page.get_by_text("Stored now Theirs")).to_be_visible()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert appeal.variants.get().heading == "Mine"
    page.errors.clear()  # type: ignore[attr-defined]  # the browser notes the 409


def test_appeal_is_written_without_javascript(
    browser: Browser, live_server: LiveServer, fundraiser: User
) -> None:
    make_section("Europe")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = at_desk(context.new_page(), fundraiser)
    page.goto(ADD)
    page.get_by_label("Heading").fill("By hand")
    page.get_by_label("Text").fill("<p>Give <b>now</b>.</p>")
    page.get_by_label("Button").fill("Give")
    page.get_by_label("Name", exact=True).fill("Winter")
    fill_moment(page, "starts_at", 1)
    fill_moment(page, "ends_at", 9)
    page.get_by_label("Donation page").fill("https://donate.example.org/")
    page.get_by_text("Only here").click()
    page.get_by_label("Only in sections").fill("Europe")
    page.get_by_role("button", name="Add a variant").click()
    page.get_by_label("Heading").nth(1).fill("The other one")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    appeal = Appeal.objects.get()
    assert appeal.only_sections == ["europe"]
    assert [row.text for row in appeal.variants.all()] == ["<p>Give <strong>now</strong>.</p>"] * 2
    context.close()


@pytest.fixture
def screens(page: Page) -> list[str]:
    """Every screen of writing and running, as a superuser sees them."""
    root = User.objects.create_superuser("root", password="secret")
    at_desk(page, root)
    draft = make_appeal("Up 133% since 2019.", "Give.", name="A draft with a longish name to show")
    make_variant(draft, heading="W" * 120, name="Long", position=2)
    claim = make_claim(valid_until=date(2001, 1, 1))
    Tie.objects.create(variant=draft.variants.all()[0], phrase="2019", claim=claim)
    live = make_live("Give.", url=f"https://donate.example.org/{'long' * 60}")
    found = [address(name, draft) for name in ("change", "check", "history", "delete")]
    found += [address("check", live), address("history", live), ADD]
    rows = {"claim": claim, "donationhost": DonationHost.objects.get()}
    rows["taxwording"] = TaxWording.objects.latest()
    for name, row in rows.items():
        folder = f"/admin/donations/{name}/"
        found += [folder, f"{folder}add/", f"{folder}{row.pk}/change/"]
    return [*found, "/admin/donations/appeal/", "/admin/donations/change/"]


def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, screens: list[str]) -> None:
    assert troubles(page, screens) == []


PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>'\"><svg onload=alert(3)>"


def test_no_script_runs_from_what_was_typed(
    browser: Browser, live_server: LiveServer, fundraiser: User
) -> None:
    """With the policy that would stop them switched off."""
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    page = context.new_page()
    ran: list[str] = []

    def note(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    draft = make_appeal(f"{PAYLOAD} 133%", name=PAYLOAD[:80])
    make_variant(
        draft, name="<b>x</b>", heading=f"{PAYLOAD[:100]} 7", button="<script>", position=1
    )
    claim = make_claim(f"{PAYLOAD} fact", source=PAYLOAD, owner=fundraiser)
    Tie.objects.create(variant=draft.variants.all()[0], phrase="133%", claim=claim)
    at_desk(page, fundraiser)
    paths = [address(name, draft) for name in ("change", "check", "history", "delete")]
    folder = "/admin/donations/"
    paths += [f"{folder}{name}/" for name in ("appeal", "claim", "change", "taxwording")]
    for path in [*paths, f"{folder}claim/{claim.pk}/change/"]:
        page.goto(path, wait_until="networkidle")
    context.close()
    assert ran == []


def test_wording_is_shown_as_readers_see_it_while_it_is_typed(page: Page, fundraiser: User) -> None:
    appeal = make_appeal()
    at_desk(page, fundraiser)
    page.goto(address("change", appeal))
    page.get_by_label("Heading").fill("Typed just now")
    page.get_by_label("Amounts").fill("5, 25")
    page.get_by_label("How often").select_option("month")

    shown = page.get_by_role("complementary", name="Variant A, as readers see it")
    expect(shown).to_contain_text("Typed just now")
    expect(shown).to_contain_text("$25 a month")
