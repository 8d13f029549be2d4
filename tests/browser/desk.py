"""Opening the desk in a browser, and looking at its screens."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from newsroom.models import User
from tests.factories import make_user

# Axe would load our sheets anew as inline styles, which the policy rightly refuses.
NO_PRELOAD = {"preload": False}


def at_desk(page: Page, user: User | None = None) -> Page:
    """`page` at the start page, after the login."""
    user = user or make_user("editor")
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Good to see you")).to_be_visible()
    return page


def axe_finds(page: Page, screens: list[str], scheme: str) -> list[str]:
    """What axe reports of these addresses in the `scheme`, light or dark."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    reports = []
    for path in screens:
        page.goto(path)
        found = Axe().run(page, options=NO_PRELOAD)
        if found.violations_count:
            reports.append(f"{path}: {found.generate_report()}")
    return reports


def sticking_out(page: Page, screens: list[str], width: int) -> list[tuple[str, int]]:
    """The addresses whose pages are wider than a window of `width` pixels, and by how much."""
    page.set_viewport_size({"width": width, "height": 800})
    wide = []
    for path in screens:
        page.goto(path)
        overhang = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if overhang > 0:
            wide.append((path, overhang))
    return wide
