"""What holds for every round-up, as an editor sees and changes it."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from newsletter.models import DomainLimit
from tests.browser.desk import at_desk, troubles
from tests.factories import make_user
from tests.newsletter.pacing import limit_domain, set_limits

pytestmark = pytest.mark.browser
ADDRESS = "/admin/newsletter/newsletter/1/change/"


@pytest.fixture
def desk(page: Page) -> Page:
    set_limits(per_minute=600)
    limit_domain("gmail.com", per_minute=60)
    return at_desk(page, make_user("newsletter editor"))


def test_axe_finds_nothing_and_nothing_sticks_out(desk: Page) -> None:
    assert troubles(desk, [ADDRESS]) == []


def test_domains_are_added_and_removed(desk: Page) -> None:
    desk.goto(ADDRESS)
    desk.get_by_role("button", name="Remove").first.click()
    desk.get_by_role("button", name="Add domain").click()
    desk.get_by_label("Domain").last.fill("Web.de")
    desk.get_by_label("Letters an hour", exact=True).last.fill("50")
    desk.get_by_role("button", name="Save").click()

    expect(desk.get_by_label("Domain").first).to_have_value("web.de")
    assert DomainLimit.objects.get().per_hour == 50


def test_domain_is_added_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    set_limits(per_minute=600)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = at_desk(context.new_page(), make_user("newsletter editor"))
    page.goto(ADDRESS)
    page.get_by_label("Domain").fill("gmail.com")
    page.get_by_label("Letters a minute", exact=True).last.fill("60")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_label("Domain").first).to_have_value("gmail.com")
    assert DomainLimit.objects.get().per_minute == 60
    context.close()
