"""The attacks in a real browser, without a Content-Security-Policy: what is cleaned does nothing.

The same harness over the attacks as they came shows that it would notice.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape

import pytest
from playwright.sync_api import Browser, Page, Route

from newsroom.lib import html
from tests.newsroom.test_html_attacks import ATTACKS

pytestmark = pytest.mark.browser

SITE = "http://magazine.test"
AT_ONCE = 50  # frames on a page
# Runs in every document before anything else: whatever attacks call is reported, not done.
HOOKS = """
if (window !== top)  // the tests' own code runs in the outer page
  for (const name of ["alert", "confirm", "prompt", "print", "open", "eval"])
    window[name] = () => { report(window.frameElement?.id || location.href); };
"""
# Links to other sites may stand in a body; a reader who follows one is not under attack.
STAY = """<!doctype html><script>
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link && ["http:", "https:", "mailto:"].includes(link.protocol)) event.preventDefault();
}, true);
</script>"""
FRAME = '<iframe id="{}" srcdoc="{}"></iframe>'
TOUCH = """
() => {
  const always = ["focus", "mouseover", "mousedown", "keydown", "input", "scroll", "load", "error"];
  for (const frame of document.querySelectorAll("iframe"))
    for (const node of frame.contentDocument?.querySelectorAll("*") ?? []) {
      node.focus?.();
      const own = node.getAttributeNames().map((name) => name.match(/^on(.+)/)?.[1]);
      for (const name of new Set([...always, ...own.filter(Boolean)]))
        node.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
      node.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
}
"""
READ_AGAIN = """
(bodies) => bodies.filter((body) => {
  const div = document.createElement("div");
  div.innerHTML = body;
  return div.innerHTML !== body;
})
"""


@dataclass
class Harness:
    """Shows texts in frames of a page of the magazine and notes what they do."""

    page: Page
    texts: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)  # the callers: the text's number, or an address
    requests: list[str] = field(default_factory=list)  # for anything but the texts

    def __post_init__(self) -> None:
        self.page.on("dialog", lambda dialog: dialog.dismiss())
        self.page.context.on("page", lambda page: page.close())
        self.page.expose_function("report", self._report)
        self.page.add_init_script(HOOKS)
        self.page.context.route("**/*", self._answer)

    def show(self, texts: list[str]) -> None:
        self.texts = texts
        for start in range(0, len(texts), AT_ONCE):
            self.page.goto(f"{SITE}/{start}/")
            self.page.evaluate(TOUCH)
            self.page.wait_for_timeout(50)  # for what comes late
        self.page.goto("about:blank")

    def _answer(self, route: Route) -> None:
        batch = re.fullmatch(rf"{SITE}/(\d+)/", route.request.url)
        if batch:
            start = int(batch[1])
            texts = enumerate(self.texts[start : start + AT_ONCE], start)
            body = "".join(FRAME.format(number, escape(STAY + text)) for number, text in texts)
            route.fulfill(content_type="text/html; charset=utf-8", body=body)
        else:
            self.requests.append(route.request.url)
            route.abort()

    def _report(self, caller: str) -> None:
        self.calls.append(caller)


@pytest.fixture
def harness(browser: Browser) -> Iterator[Harness]:
    context = browser.new_context()
    yield Harness(context.new_page())
    context.close()


@pytest.mark.parametrize(
    "cleaner",
    [html.clean, html.clean_inline, lambda vector: escape(html.plain(vector))],
    ids=["body", "line", "plain text"],
)
def test_cleaned_attacks_do_nothing(harness: Harness, cleaner: Callable[[str], str]) -> None:
    texts = [cleaner(vector) for _, vector in ATTACKS]
    harness.show(["<hr>".join(texts[i : i + 50]) for i in range(0, len(texts), 50)])

    assert harness.calls == harness.requests == []


def test_attacks_as_they_came_are_noticed(harness: Harness) -> None:
    every_fifth = [vector for _, vector in ATTACKS[::5]]

    harness.show([vector.encode(errors="replace").decode() for vector in every_fifth])

    assert len(set(harness.calls)) > 60
    assert len(harness.requests) > 30


def test_browser_reads_what_was_stored(harness: Harness) -> None:
    bodies = [html.clean(vector) for _, vector in ATTACKS]

    assert harness.page.evaluate(READ_AGAIN, bodies) == []
