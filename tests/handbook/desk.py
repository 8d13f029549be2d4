"""The desk as the demo accounts see it, and a camera."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from newsroom.demo import PASSWORD

SIZE: Any = {"width": 1120, "height": 760}
QUALITY = 72  # of JPEG; the pictures are read at half their size


class Desk:
    """Opens pages as one of the demo accounts, and keeps pictures of them."""

    def __init__(self, browser: Browser, url: str, into: Path) -> None:
        self.browser, self.url, self.into = browser, url, into
        self.pages: dict[str, Page] = {}

    def of(self, role: str) -> Page:
        """The page of whoever has this demo account, logged in."""
        if role not in self.pages:
            context = self.browser.new_context(base_url=self.url, viewport=SIZE)
            page = self.pages[role] = context.new_page()
            page.goto("/admin/login/?next=/admin/")
            page.get_by_label("Username").fill(role)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Log in").click()
            page.wait_for_url("**/admin/")
        return self.pages[role]

    def keep(self, page: Page, name: str) -> None:
        page.wait_for_load_state()
        page.evaluate("document.fonts.ready")
        path = self.into / f"{name}.jpg"
        page.screenshot(path=path, type="jpeg", quality=QUALITY)
