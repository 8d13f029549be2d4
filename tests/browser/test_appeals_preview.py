"""Previews of appeals, and the desk's other screens about them, seen in a real browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from donations.models import Appeal, Rules, Slot
from donations.services import goals, pausing, switching
from tests.browser.desk import at_desk, troubles
from tests.factories import make_published, make_tag, make_user
from tests.factories_donations import make_appeal, make_goal, make_live, make_rules, make_variant

pytestmark = pytest.mark.browser
ROOT = "/admin/donations"


@pytest.fixture
def draft() -> Appeal:
    make_published("A quiet harbour", deck="Nobody comes here.")
    appeal = make_appeal("The plain one")
    make_variant(appeal, name="Story", text="<p>The long one</p>")
    return appeal


@pytest.fixture
def desk(page: Page) -> Page:
    return at_desk(page, make_user("fundraiser"))


@pytest.fixture
def screens(draft: Appeal) -> list[str]:
    """Each with something on it."""
    by, now = make_user("fundraiser"), timezone.now()
    goal, old = make_goal(), make_goal()
    goals.add_total(goal, raised=12_400_00, as_of=now, by=by)
    goals.add_total(old, raised=1_00, as_of=now - timedelta(days=2), event="e1")
    switching.switch_off(Slot.FOOT, by=by, reason="Two banners at once are too many")
    pause = pausing.pause(starts_at=now, ends_at=now + timedelta(1), reason="Mourning", by=by)
    make_live("Live", slot=Slot.TOP, goal=goal)
    make_rules(holdback=5)
    found = ["rules/1/change/", "rules/switches/", "pause/", "pause/now/", "pause/add/"]
    found += [f"pause/{pause.pk}/change/", "goal/", "goal/add/", f"goal/{goal.pk}/change/"]
    found += [f"goal/{goal.pk}/totals/", f"goal/{old.pk}/totals/", "appeal/shares/"]
    found += ["appeal/explain/", *(f"appeal/{draft.pk}/{name}/" for name in ("explain", "shares"))]
    return [f"{ROOT}/{name}" for name in [*found, f"appeal/{draft.pk}/preview/"]]


def preview(page: Page, draft: Appeal, kind: str = "phone") -> FrameLocator:
    page.goto(f"{ROOT}/appeal/{draft.pk}/preview/")
    return page.frame_locator(f'[data-width="{kind}"] iframe')


def test_draft_is_seen_on_a_page_as_wide_as_it_says(desk: Page, draft: Appeal) -> None:
    preview(desk, draft)
    for kind, width in [("phone", 390), ("desktop", 1280)]:
        inside = desk.frame_locator(f'[data-width="{kind}"] iframe')

        expect(inside.get_by_role("heading", name="A quiet harbour")).to_be_attached()
        expect(inside.get_by_text("The plain one")).to_be_in_viewport()
        assert inside.locator("html").evaluate("() => innerWidth") == width


def test_another_wording_is_a_link_away(desk: Page, draft: Appeal) -> None:
    inside = preview(desk, draft)

    desk.get_by_role("link", name="Story").click()

    expect(inside.get_by_text("The long one")).to_be_in_viewport()
    expect(desk.get_by_role("link", name="Story")).to_have_attribute("aria-current", "true")


def test_page_is_chosen_or_typed(desk: Page, draft: Appeal) -> None:
    other = make_published("A loud harbour")
    preview(desk, draft)

    desk.get_by_label("Page").select_option(label="A quiet harbour")
    desk.get_by_role("button", name="Show").click()
    expect(desk.locator(".page-preview__where")).to_have_text("A quiet harbour")

    desk.get_by_label("Or any other").fill(other.get_absolute_url())
    desk.get_by_label("Or any other").press("Enter")
    expect(desk.locator(".page-preview__where")).to_have_text("A loud harbour")


def test_colours_are_switched_in_both_frames(desk: Page, draft: Appeal) -> None:
    desk.emulate_media(color_scheme="light")
    inside = preview(desk, draft)
    expect(inside.locator("html")).to_have_css("color-scheme", "light")

    desk.get_by_role("button", name="Dark").click()

    for kind in ("phone", "desktop"):
        frame = desk.frame_locator(f'[data-width="{kind}"] iframe')
        expect(frame.locator("html")).to_have_css("color-scheme", "dark")


def test_links_and_buttons_inside_lead_nowhere(
    desk: Page, draft: Appeal, context: BrowserContext
) -> None:
    inside = preview(desk, draft)
    expect(inside.get_by_text("The plain one")).to_be_in_viewport()
    before = [frame.url for frame in desk.frames]

    inside.get_by_role("link", name="Give to Parley").click()
    inside.get_by_role("link", name="What we ask and why").first.click()
    inside.get_by_role("button", name="I already gave").click()
    desk.wait_for_timeout(300)

    assert [frame.url for frame in desk.frames] == before
    assert context.pages == [desk]
    assert desk.evaluate("localStorage.appeals") is None
    assert all("sandboxed" in text for text in desk.errors)  # type: ignore[attr-defined]
    desk.errors.clear()  # type: ignore[attr-defined]


def test_tags_without_appeals_complete_and_are_never_new(desk: Page) -> None:
    make_tag("Obituaries")
    make_rules()
    desk.goto(f"{ROOT}/rules/1/change/")
    tags = desk.get_by_label("Tags without appeals")

    tags.press_sequentially("obit")
    expect(desk.get_by_role("option")).to_have_text(["Obituaries"])
    tags.press("ArrowDown")
    tags.press("Enter")
    desk.get_by_label("Why it changes").fill("As agreed")
    desk.get_by_role("button", name="Save").click()

    expect(desk.locator(".messagelist")).to_contain_text("changed successfully")
    assert Rules.objects.get().no_tags == ["obituaries"]


def test_axe_finds_nothing_and_nothing_sticks_out(desk: Page, screens: list[str]) -> None:
    assert troubles(desk, screens) == []
