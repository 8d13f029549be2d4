"""Opening the desk in a browser."""

from playwright.sync_api import Page, expect

from newsroom.models import User
from tests.factories import make_user


def at_desk(page: Page, user: User | None = None) -> Page:
    """`page` at the start page, after the login."""
    user = user or make_user("editor")
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Good to see you")).to_be_visible()
    return page
