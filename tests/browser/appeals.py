"""A reader's tab on pages that may ask."""

import json
from datetime import datetime
from typing import Any

from playwright.sync_api import Locator, Page, Request

COUNT = "**/appeals/count/"
ALWAYS = datetime.fromisoformat("2099-01-01T00:00Z")


def ask(page: Page) -> Locator:
    return page.locator("[data-ask]")


def visit(page: Page, path: str) -> list[list[Any]]:
    """Open a page that has appeals; what it reports of them."""
    with page.expect_response(COUNT) as answer:
        page.goto(path)
    return events(answer.value.request)


def press(page: Page, name: str) -> list[list[Any]]:
    """Press a button of the appeal; what is reported."""
    with page.expect_response(COUNT) as answer:
        ask(page).get_by_role("button", name=name).click()
    return events(answer.value.request)


def events(request: Request) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(request.post_data or "{}")["events"]
    return found


def kept(page: Page) -> dict[str, Any]:
    """What the browser remembers."""
    found: dict[str, Any] = json.loads(page.evaluate("localStorage.appeals"))
    return found


def why(found: list[list[Any]]) -> list[str]:
    """The rule that hid each; "" of one that was shown."""
    return [one[4] for one in found if one[3] in {"shown", "hidden"}]
