"""What is to be seen in the handbook, in the order in which it happens."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.handbook.desk import Desk

PIECES = "/admin/articles/article/"


def piece(slug: str) -> Article:
    return Article.objects.get(slug__contains=slug)


def opened(page: Page, article: Article, screen: str = "change") -> Page:
    page.goto(f"{PIECES}{article.pk}/{screen}/")
    return page


def start_page(desk: Desk) -> None:
    page = desk.of("editor")
    page.goto("/admin/")
    desk.keep(page, "start")


def writing(desk: Desk) -> None:
    page = opened(desk.of("editor"), piece("budget-fight"))
    expect(page.locator(".ProseMirror")).to_be_visible()
    desk.keep(page, "writing")


def review(desk: Desk) -> None:
    """A writer's piece goes to review and comes back."""
    writer = desk.of("writer")
    writer.goto(f"{PIECES}add/")
    writer.get_by_label("Headline").fill("A port that nobody wanted is full")
    writer.get_by_label("Deck", exact=True).fill(
        "Grain ships wait for nine days outside Constanta."
    )
    writer.locator(".ProseMirror").fill("The first ship came in on a Sunday.")
    writer.get_by_role("button", name="Send to review").click()
    editor = opened(desk.of("editor"), piece("a-port-that-nobody"))
    editor.get_by_text("Other steps").click()
    editor.get_by_label("Note for the log").fill("Who counts the ships? Please name the source.")
    desk.keep(editor, "review")
    editor.get_by_role("button", name="Return to the writer").click()
    opened(writer, piece("a-port-that-nobody"))
    desk.keep(writer, "returned")


def collision(desk: Desk) -> None:
    """Two save one piece, and the second chooses."""
    article = piece("a-port-that-nobody")
    editor, admin = opened(desk.of("editor"), article), opened(desk.of("admin"), article)
    admin.get_by_label("Headline").fill("The port that nobody wanted is full")
    admin.locator("[name=_save]").click()
    expect(admin.locator(".messagelist")).to_be_visible()
    editor.get_by_label("Headline").fill("Nobody wanted the port, and it is full")
    editor.locator("[name=_save]").click()
    desk.keep(editor, "collision")


def previews(desk: Desk) -> None:
    page = opened(desk.of("editor"), piece("turkey"), "preview")
    desk.keep(page, "preview")
    draft = opened(desk.of("editor"), piece("a-port-that-nobody"), "share")
    draft.get_by_label("For whom").fill("Ana in Constanta")
    draft.get_by_role("button", name="Make a link").click()
    desk.keep(draft, "share")


def planning(desk: Desk) -> None:
    """A time is set, and the board shows what has one."""
    page = opened(desk.of("editor"), piece("budget-fight"))
    tomorrow = timezone.localtime() + timedelta(days=1)
    when = page.locator("[data-field=publish_at]")
    when.locator("[type=date]").fill(f"{tomorrow:%Y-%m-%d}")
    when.locator("[type=time]").fill("09:30")
    when.scroll_into_view_if_needed()
    desk.keep(page, "publish")
    page.get_by_role("button", name="Schedule").click()
    expect(page.locator(".messagelist")).to_be_visible()
    page.goto("/admin/coming-up/")
    desk.keep(page, "coming-up")


def after_publication(desk: Desk) -> None:
    """What is done with a piece that is out."""
    page = opened(desk.of("editor"), piece("turkey"), "notices")
    desk.keep(page, "correct")
    page = opened(desk.of("editor"), piece("turkey"))
    page.locator("[name=slug]").scroll_into_view_if_needed()
    desk.keep(page, "address")
    page = opened(desk.of("admin"), piece("turkey"), "kill")
    desk.keep(page, "kill")
    page.goto(f"{piece('turkey').get_absolute_url()}republish/")
    desk.keep(page, "republish")


def series(desk: Desk) -> None:
    page = desk.of("admin")
    page.goto("/admin/articles/series/")
    page.locator("#result_list tbody th a").first.click()
    desk.keep(page, "series")


def front_page(desk: Desk) -> None:
    page = desk.of("editor")
    page.goto("/admin/articles/frontpage/1/change/")
    desk.keep(page, "front-page")


def history(desk: Desk) -> None:
    page = opened(desk.of("editor"), piece("a-port-that-nobody"), "history")
    desk.keep(page, "history")
    page.goto(f"{PIECES}{piece('a-port-that-nobody').pk}/compare/")
    desk.keep(page, "compare")


def photos(desk: Desk) -> None:
    page = desk.of("editor")
    page.goto("/admin/articles/photo/")
    desk.keep(page, "photos")
    page.locator(".library__picture").first.click()
    desk.keep(page, "photo")


def tags(desk: Desk) -> None:
    page = desk.of("admin")
    page.goto("/admin/articles/tag/")
    desk.keep(page, "tags")


ALL: list[Callable[[Desk], None]] = [
    start_page,
    writing,
    review,
    collision,
    previews,
    planning,
    after_publication,
    history,
    photos,
    tags,
    series,
    front_page,
]
