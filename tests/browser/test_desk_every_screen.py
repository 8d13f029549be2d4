"""What staff may expect of every screen of the desk, seen in a real browser."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import (
    Article,
    Contributor,
    Format,
    FrontPage,
    PartnerFeed,
    Photo,
    Section,
    Series,
    Spelling,
    Tag,
    TopicBox,
)
from articles.models import Page as PlainPage
from articles.services import keeping
from newsroom.models import Publication, User
from tests.browser.desk import NO_PRELOAD, at_desk, troubles
from tests.browser.magazine import make_magazine
from tests.factories import make_article, make_user

pytestmark = pytest.mark.browser
SINGLE = [FrontPage, Publication]
MODELS: list[Any] = [Article, Contributor, Format, Group, PlainPage, Photo, Section, Series, Tag]
MODELS += [Spelling, TopicBox, User, *SINGLE]


@pytest.fixture
def screens(page: Page) -> list[str]:
    """Every list and form, as a superuser sees them."""
    piece = make_magazine()
    make_article("A draft of mine")
    Spelling.objects.create(forms="Zelensky\nZelenskyy")
    PartnerFeed.objects.create(name="Wire")
    root = User.objects.create_superuser("root", password="secret")
    at_desk(page, root)
    found = ["/admin/", "/admin/password_change/", f"/admin/articles/article/{piece.pk}/history/"]
    found.append("/admin/newsroom/auditentry/")
    kept = make_kept(root, piece)
    found += [f"/admin/articles/article/kept/{part}" for part in ("", f"{kept}/")]
    for model in MODELS:
        name = f"admin:{model._meta.label_lower.replace('.', '_')}"  # noqa: SLF001
        found.append(reverse(f"{name}_changelist"))
        found.append(reverse(f"{name}_change", args=[model.objects.order_by("pk")[0].pk]))
        if model not in SINGLE:
            found.append(reverse(f"{name}_add"))
    return [*found, reverse("admin:articles_photo_choose")]


def make_kept(user: User, piece: Article) -> int:
    """Text that was typed into the form of `piece`, where it is offered now."""
    opened = keeping.opened_for(user, piece)
    text = {"version": "1", "headline": "What was typed", "body": "<p>And not saved.</p>"}
    posted = QueryDict(mutable=True)
    posted.update(text)
    return keeping.keep(opened, posted, at=timezone.now())


def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, screens: list[str]) -> None:
    assert troubles(page, screens) == []


def test_staff_log_in_with_name_and_password(page: Page) -> None:
    user = make_user("editor")
    page.goto("/admin/articles/article/")

    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_role("heading", name="Pieces", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile("/admin/articles/article/$"))


def test_login_passes_axe_in_both_schemes(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto("/admin/login/")
        assert Axe().run(page, options=NO_PRELOAD).violations_count == 0


def test_piece_is_saved_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    article = make_article("Old")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = at_desk(context.new_page(), make_user("editor"))
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_label("Headline").fill("New")
    page.get_by_label("Body").fill("<p>By <b>hand</b>.</p>")
    page.get_by_label("Tags").fill("one, two")
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_text("Saved today")).to_be_visible()
    article.refresh_from_db()
    assert (article.headline, article.body) == ("New", "<p>By <strong>hand</strong>.</p>")
    assert article.tags.count() == 2
    context.close()
