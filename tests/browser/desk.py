"""Opening the desk in a browser, and looking at its screens."""

from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from newsroom.models import User
from tests.desk import logged_in

# Axe would load our sheets anew as inline styles, which the policy rightly refuses.
NO_PRELOAD = DEFAULT_OPTIONS | {"preload": False}
CONTRAST = NO_PRELOAD | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
WIDTHS = [390, 820, 1360]
# Two frames later, when scripts that follow the window's size have done so.
OVERHANG = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
  () => done(document.documentElement.scrollWidth - innerWidth),
)))"""


def at_desk(page: Page, user: User | None = None) -> Page:
    """`page` at the start page, with a session such as a login makes."""
    cookie = logged_in(user).cookies[settings.SESSION_COOKIE_NAME]
    session = {"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}
    page.context.add_cookies([session])  # type: ignore[list-item]  # a dict that it takes
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="Good to see you")).to_be_visible()
    return page


def open_piece(page: Page, article: Article, user: User | None = None) -> Locator:
    """The paper that the body is written on, with `page` at the piece's form."""
    at_desk(page, user).goto(f"/admin/articles/article/{article.pk}/change/")
    paper = page.locator(".editor__page")
    expect(paper).to_be_visible()
    return paper


# An editor that was clicked puts the cursor back where it knows it to be 20 ms later.
A_MOMENT = "() => new Promise((done) => setTimeout(done, 50))"


def put_cursor_in(words: Locator) -> None:
    """In the middle of them, and the editor knows it."""
    words.click()
    words.page.evaluate(A_MOMENT)


def put_cursor_behind(words: Locator) -> None:
    """At the end of the line that is in the middle of `words`, and the editor knows it."""
    put_cursor_in(words)
    words.page.keyboard.press("End")
    words.page.evaluate(A_MOMENT)


def save_draft(page: Page) -> None:
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved today")).to_be_visible()


PASTE = """(clipboard) => {
  const data = new DataTransfer();
  for (const [kind, text] of Object.entries(clipboard)) data.setData(kind, text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true });
  document.querySelector(".editor__page").dispatchEvent(event);
}"""


def paste(page: Page, **clipboard: str) -> None:
    """What the clipboard holds, as `html` and `plain`, arrives where the cursor is."""
    page.evaluate(PASTE, {f"text/{kind}": text for kind, text in clipboard.items()})


def troubles(page: Page, screens: list[str], widths: list[int] = WIDTHS) -> list[str]:
    """Those of each of these addresses, which is opened once."""
    found = []
    for path in screens:
        page.goto(path)
        found += [f"{path}: {trouble}" for trouble in troubles_here(page, widths)]
    return found


# Colours that fade into another scheme's have arrived.
SETTLED = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => done()))))"""


def troubles_here(page: Page, widths: list[int] = WIDTHS) -> list[str]:
    """What axe reports of the page as it stands, in light and of its colours in the dark, and by
    how much it is wider than windows of `widths` pixels."""
    found = []
    for scheme, options in [("light", NO_PRELOAD), ("dark", CONTRAST)]:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.evaluate(SETTLED)
        report = Axe().run(page, options=options)
        if report.violations_count:
            found.append(f"{scheme}: {report.generate_report()}")
    return found + sticking_out(page, widths)


def sticking_out(page: Page, widths: list[int]) -> list[str]:
    """By how much the page is wider than windows of `widths` pixels."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if (overhang := page.evaluate(OVERHANG)) > 0:
            found.append(f"{overhang} pixels wider than {width}")
    return found
