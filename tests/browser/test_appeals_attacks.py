"""Whatever is written into an appeal runs nothing, even without a Content-Security-Policy."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Request
from pytest_django.live_server_helper import LiveServer

from donations.models import TaxWording, Variant
from newsroom.lib import html
from tests.browser.appeals import ALWAYS, visit
from tests.factories import make_published
from tests.factories_donations import make_goal, make_live, make_rules, rebuild
from tests.newsroom.test_html_attacks import ATTACKS

pytestmark = pytest.mark.browser
HOOKS = """
window.calls = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = (...args) => { window.calls.push([name, String(args[0])]); };
"""
# Each wording takes the way that the page's script gives it, and somebody touches all of it.
SHOW_AND_TOUCH = """
() => {
  const links = (event) => event.target.closest("a") && event.preventDefault();
  addEventListener("click", links, true);
  for (const template of document.querySelectorAll("template[data-variant]")) {
    const place = document.createElement("div");
    document.body.append(place);
    place.append(template.content);
    for (const node of place.querySelectorAll("*")) {
      node.focus?.();
      for (const name of ["mouseover", "mousedown", "focus", "error", "load", "toggle"])
        node.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
      if (!node.dataset.act) node.click?.();
    }
  }
  return document.querySelectorAll("div > [data-ask]").length;
}
"""


@pytest.fixture
def bare(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A tab that heeds no Content-Security-Policy."""
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    context.add_init_script(HOOKS)
    yield context.new_page()
    context.close()


def test_no_attack_in_any_field_of_an_appeal_runs(bare: Page) -> None:
    make_rules()
    path = make_published("A treaty").get_absolute_url()
    goal = make_goal(name="<img src=x onerror=alert(1)>", raised=1, as_of=timezone.now())
    appeal = make_live("First", goal=goal, ends_at=ALWAYS)
    Variant.objects.bulk_create(
        Variant(appeal=appeal, heading=one[:120], button=one[-60:], text=one, name="x")
        for one in (storable(attack) for _, attack in ATTACKS)
        if not is_too_long(one)
    )
    TaxWording.objects.update(
        text="<a href='javascript:alert(1)'>x</a><img src=x onerror=alert(1)>"
    )
    rebuild()
    asked: list[Request] = []
    bare.on("request", lambda request: asked.append(request))  # noqa: PLW0108  no builtin
    visit(bare, path)
    before = bare.url

    n_shown = bare.evaluate(SHOW_AND_TOUCH)
    bare.wait_for_timeout(500)  # milliseconds; for what waits

    assert n_shown >= 500
    assert bare.evaluate("calls") == []
    assert bare.url == before
    assert {
        one.url for one in asked if urlsplit(one.url).netloc != urlsplit(before).netloc
    } == set()


def storable(attack: str) -> str:
    """Without what no text in the database can hold."""
    return attack.replace("\0", "").encode(errors="ignore").decode()


def is_too_long(attack: str) -> bool:
    try:
        html.clean(attack)
    except html.TooLong:
        return True
    return False
