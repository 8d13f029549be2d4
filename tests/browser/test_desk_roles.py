"""What each role is offered at the desk, and what it gets, in a browser."""

import pytest
from playwright.sync_api import Page, Response

from tests.articles.test_every_piece import ROLES, addresses, expected, kinds
from tests.browser.desk import at_desk
from tests.factories import make_user

pytestmark = pytest.mark.browser
KINDS = ["draft", "of another", "published", "killed"]
LETTERS = {403: "n", 404: ".", 405: "-"}
OFFERED = """() => [...new Set([...document.querySelectorAll("main a, header a, nav a")]
  .map((link) => link.href).filter((href) => href.startsWith(location.origin)))]"""


def letter(response: Response | None) -> str:
    """As in the table: y is let in, n is not, r is led elsewhere."""
    assert response
    is_led = response.request.redirected_from is not None
    return LETTERS.get(response.status, "r" if is_led else "y")


@pytest.mark.parametrize("role", "wfea")
def test_each_role_opens_what_the_table_says_of_every_kind_of_piece(page: Page, role: str) -> None:
    user = make_user(ROLES[role])
    of_kinds = kinds(user)
    every = {kind: addresses(of_kinds[kind]) for kind in KINDS}
    at_desk(page, user)
    places = [list(of_kinds).index(kind) for kind in KINDS]
    rows = {name: got for name, (got, _) in expected(role) if set(got) != {"-"}}

    found = {
        name: "".join(letter(page.goto(every[kind][name], wait_until="commit")) for kind in KINDS)
        for name in rows
    }

    assert found == {name: "".join(row[place] for place in places) for name, row in rows.items()}
    page.errors.clear()  # type: ignore[attr-defined]  # the browser logs each 403


@pytest.mark.parametrize("role", "wfe")
def test_each_role_is_let_in_wherever_it_is_led(page: Page, role: str) -> None:
    user = make_user(ROLES[role])
    kinds(user)
    at_desk(page, user)
    offered = set(page.evaluate(OFFERED))
    page.goto("/admin/articles/article/")
    offered |= set(page.evaluate(OFFERED))

    refused = [url for url in offered if page.request.get(url).status != 200]

    assert refused == []
