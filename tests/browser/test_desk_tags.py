"""Tags in a real browser: other names while typing, many pieces at once, a merge and its undo."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.models import Tag
from articles.services import tagging
from tests.browser.desk import at_desk, troubles
from tests.factories import make_article, make_published, make_tag, make_user

pytestmark = pytest.mark.browser


def test_other_name_of_a_tag_gives_the_tag_while_typing(page: Page) -> None:
    tagging.replace_aliases(make_tag("Kyiv"), ["Kiev"])
    article = make_article(tags=[make_tag("nato")])
    at_desk(page).goto(f"/admin/articles/article/{article.pk}/change/")

    page.get_by_label("Tags").press_sequentially("Kiev")
    offer = page.locator(".list-box [role=option]")
    expect(offer).to_have_count(1)
    expect(offer).to_contain_text("Kyiv also Kiev")
    page.get_by_label("Tags").press("Enter")

    expect(page.get_by_role("button", name="Remove Kyiv")).to_be_visible()
    page.get_by_label("Kicker").select_option("Kyiv")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved today")).to_be_visible()
    assert {str(tag) for tag in article.tags.all()} == {"nato", "Kyiv"}


def test_many_pieces_are_tagged_from_the_list(page: Page) -> None:
    kyiv = make_tag("Kyiv")
    pieces = [make_article(f"Piece {n}") for n in range(3)]
    at_desk(page).goto("/admin/articles/article/")

    for box in page.locator(".action-select").all()[:2]:
        box.check()
    page.get_by_role("button", name="Tag …").click()
    page.get_by_role("combobox", name="Tag").press_sequentially("kyi")
    page.get_by_role("option", name=re.compile("Kyiv")).click()
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Add the tag").click()

    expect(page.get_by_text("“Kyiv” added to 2 pieces.")).to_be_visible()
    assert [piece.tags.count() for piece in pieces] == [0, 1, 1]
    assert kyiv.tagged_articles.count() == 2


def test_tag_is_merged_and_the_merge_is_undone(page: Page) -> None:
    kiev, kyiv = make_tag("Kiev"), make_tag("Kyiv")
    make_published("A piece", tags=[kiev], kicker=kiev)
    at_desk(page, make_user("administrator")).goto(f"/admin/articles/tag/{kiev.pk}/change/")

    page.get_by_role("link", name="Merge “Kiev” into another tag").click()
    page.get_by_role("combobox", name="Into").press_sequentially("kyi")
    page.get_by_role("option", name=re.compile("Kyiv")).click()
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_text("/topic/kiev/ leads to /topic/kyiv/")).to_be_visible()
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("“Kiev” is part of “Kyiv” now; 1 piece changed.")).to_be_visible()
    page.goto("/topic/kiev/")
    expect(page).to_have_url(re.compile("/topic/kyiv/$"))
    expect(page.get_by_role("link", name="A piece").first).to_be_visible()

    page.goto(f"/admin/articles/tag/{kyiv.pk}/change/")
    page.get_by_role("button", name="Undo the merge of Kiev").click()

    expect(page.get_by_text("“Kiev” is a tag of its own again.")).to_be_visible()
    assert Tag.objects.get(name="Kiev").tagged_articles.count() == 1


def test_screens_of_tags_are_sound_at_every_width_and_in_both_schemes(page: Page) -> None:
    long, kyiv = make_tag("an uncommonly long name of a tag " * 3), make_tag("Kyiv")
    [record] = tagging.merge([make_tag("Kief")], kyiv, by=None)
    make_published(tags=[make_tag("sanction"), make_tag("Sanctions"), long])
    at_desk(page, make_user("administrator"))
    screens = [
        "/admin/articles/tag/",
        f"/admin/articles/tag/{kyiv.pk}/change/",
        f"/admin/articles/tag/merge/?tag={long.pk}",
        f"/admin/articles/tag/merge/?tag={long.pk}&into={kyiv.pk}",
        "/admin/articles/tag/duplicates/",
        "/admin/articles/tagmerge/",
        f"/admin/articles/tagmerge/{record.pk}/change/",
    ]

    assert troubles(page, screens) == []
