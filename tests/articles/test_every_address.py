"""Who may do what at every address of the pieces and of what is around them."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import sitemaps
from articles.feeds import STYLES
from articles.models import Autosave, FrontPage, Page, PartnerFeed, Spelling, TopicBox
from articles.services import sharing, tagging
from tests.addresses import Addresses, address, answers, let_go, names_under, rows_of, stored
from tests.desk import logged_in
from tests.factories import (
    make_article,
    make_contributor,
    make_format,
    make_published,
    make_section,
    make_series,
    make_stored_photo,
    make_tag,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.processes]  # it takes some hundred requests

# Those of one piece stand in test_every_piece.py. What somebody typed is kept for whoever has
# opened its form, which a ticket says, and is not there for others, whoever they are.
TABLE = """
admin:articles_article_retag            - lynyny
admin:articles_contributor_history     lyyyyy -
admin:articles_page_history            lnnyny -
admin:articles_photo_history           lyyyyy -
admin:articles_frontpage_history       lnnyny -
admin:articles_topicbox_history        lyyyyy -
admin:articles_section_history         lyyyyy -
admin:articles_format_history          lyyyyy -
admin:articles_spelling_history        lnnyny -
admin:articles_series_history          lyyyyy -
admin:articles_tag_history             lyyyyy -
admin:articles_article_checks_new      -      lynyny
admin:articles_article_preview_new     -      lynyny
admin:articles_article_autosave        -      lnnnnn
admin:articles_article_kept            lyyyyy -
admin:articles_article_kept_text       l..... -
admin:articles_article_refuse          -      l.....
admin:articles_clean                   -      lyyyyy
admin:articles_article_changelist      lyyyyy lyyyyy
admin:articles_article_add             lynyny lynyny
admin:articles_contributor_changelist  lyyyyy lyyyyy
admin:articles_contributor_add         lnnyny lnnyny
admin:articles_contributor_delete      lnnyny lnnyny
admin:articles_contributor_change      lyyyyy lnnyny
admin:articles_page_changelist         lnnyny lnnyny
admin:articles_page_add                lnnyny lnnyny
admin:articles_page_delete             lnnyny lnnyny
admin:articles_page_change             lnnyny lnnyny
admin:articles_photo_choose            lyyyyy lynyny
admin:articles_photo_credit            -      lynyny
admin:articles_photo_kept              l..... -
admin:articles_photo_thumbnail         lyyyyy -
admin:articles_photo_changelist        lyyyyy lyyyyy
admin:articles_photo_add               lynyny lynyny
admin:articles_photo_delete            lnnyny lnnyny
admin:articles_photo_change            lyyyyy lnnyny
admin:articles_frontpage_changelist    lnnyny lnnyny
admin:articles_frontpage_add           lnnnnn lnnnnn
admin:articles_frontpage_delete        lnnnnn lnnnnn
admin:articles_frontpage_change        lnnyny lnnyny
admin:articles_topicbox_changelist     lyyyyy lyyyyy
admin:articles_topicbox_add            lnnyny lnnyny
admin:articles_topicbox_delete         lnnyny lnnyny
admin:articles_topicbox_change         lyyyyy lnnyny
admin:articles_tagmerge_changelist     lnnnny lnnnny
admin:articles_tagmerge_add            lnnnnn lnnnnn
admin:articles_tagmerge_history          lnnnny -
admin:articles_tagmerge_delete         lnnnnn lnnnnn
admin:articles_tagmerge_change         lnnnny lnnnnn
admin:articles_section_changelist      lyyyyy lyyyyy
admin:articles_section_add             lnnnny lnnnny
admin:articles_section_delete          lnnnny lnnnny
admin:articles_section_change          lyyyyy lnnnny
admin:articles_format_changelist       lyyyyy lyyyyy
admin:articles_format_add              lnnnny lnnnny
admin:articles_format_delete           lnnnny lnnnny
admin:articles_format_change           lyyyyy lnnnny
admin:articles_series_changelist       lyyyyy lyyyyy
admin:articles_series_add              lnnnny lnnnny
admin:articles_series_delete           lnnnny lnnnny
admin:articles_series_change           lyyyyy lnnnny
admin:articles_spelling_changelist     lnnyny lnnyny
admin:articles_spelling_add            lnnyny lnnyny
admin:articles_spelling_delete         lnnyny lnnyny
admin:articles_spelling_change         lnnyny lnnyny
admin:articles_tag_merge               lnnnny lnnnny
admin:articles_tag_part                -      lnnnny
admin:articles_tag_duplicates          lyyyyy -
admin:articles_tag_changelist          lyyyyy lyyyyy
admin:articles_tag_add                 lynyny lynyny
admin:articles_tag_delete              lnnnny lnnnny
admin:articles_tag_change              lyyyyy lnnnny
admin:articles_partnerfeed_changelist  lnnnny lnnnny
admin:articles_partnerfeed_add         lnnnny lnnnny
admin:articles_partnerfeed_delete      lnnnny lnnnny
admin:articles_partnerfeed_change      lnnnny lnnnny
admin:articles_partnerfeed_history     lnnnny -
admin:articles_partnerfeed_renew       -      lnnnny
articles:front_page                    yyyyyy -
articles:article_detail                yyyyyy -
articles:article_rest                  yyyyyy -
articles:article_republish             yyyyyy -
articles:section_detail                yyyyyy -
articles:topic_detail                  yyyyyy -
articles:series_detail                 yyyyyy -
articles:contributor_detail            yyyyyy -
articles:latest                        yyyyyy -
articles:archive_index                 yyyyyy -
articles:archive_month                 yyyyyy -
articles:corrections                   yyyyyy -
articles:search                        yyyyyy -
articles:search_suggestions            yyyyyy -
articles:page_detail                   yyyyyy -
articles:shared_preview                yyyyyy -
articles:pieces_atom                   yyyyyy -
articles:pieces_rss                    yyyyyy -
articles:section_atom                  yyyyyy -
articles:section_rss                   yyyyyy -
articles:topic_atom                    yyyyyy -
articles:topic_rss                     yyyyyy -
articles:series_atom                   yyyyyy -
articles:series_rss                    yyyyyy -
articles:contributor_atom              yyyyyy -
articles:contributor_rss               yyyyyy -
articles:partner_atom                  yyyyyy -
articles:partner_rss                   yyyyyy -
articles:news_sitemap                  yyyyyy -
articles:sitemap_pages                 yyyyyy -
articles:sitemap_month                 yyyyyy -
articles:sitemap_list                  yyyyyy -
"""
OF_NO_PIECE = {
    f"admin:articles_article_{name}"
    for name in "changelist add autosave kept kept_text refuse checks_new preview_new retag".split()
}


def is_of_a_piece(name: str) -> bool:
    return name.startswith("admin:articles_article_") and name not in OF_NO_PIECE


@pytest.fixture
def addresses() -> Addresses:
    """Of every name, with something behind it."""
    tag, section, series = make_tag("nato"), make_section("Europe"), make_series()
    author = make_contributor("Ann Able")
    piece = make_published(section=section, series=series, tags=[tag], contributors=[author])
    page = Page.objects.create(title="About", slug="about", body="<p>Us.</p>")
    now = timezone.now()
    kept = Autosave.objects.create(user=make_user(), key="a" * 16, typed={}, saved_at=now)
    [merged] = tagging.merge([make_tag("NATO alliance")], into=tag, by=make_user())
    link = sharing.share(make_article(), by=make_user())
    feed = PartnerFeed.objects.create(name="Wire", last_fetched_on=timezone.localdate())
    one: dict[str, Any] = {
        "article": kept.pk,
        "contributor": author.pk,
        "format": make_format().pk,
        "frontpage": FrontPage.objects.get().pk,
        "page": page.pk,
        "partnerfeed": feed.pk,
        "photo": make_stored_photo().pk,
        "section": section.pk,
        "series": series.pk,
        "spelling": Spelling.objects.create(forms="Kyiv\nKiev").pk,
        "tag": tag.pk,
        "tagmerge": merged.pk,
        "topicbox": TopicBox.objects.create(title="Election").pk,
    }
    others: dict[str, list[Any]] = {
        "admin:articles_tag_part": [merged.pk],
        "admin:articles_photo_kept": ["ticket"],
        "articles:article_detail": [piece.published_on, piece.slug],
        "articles:article_rest": [piece.published_on, piece.slug],
        "articles:article_republish": [piece.published_on, piece.slug],
        "articles:archive_month": [piece.published_on],
        "articles:section_detail": [section.slug],
        "articles:topic_detail": [tag.slug],
        "articles:series_detail": [series.slug],
        "articles:contributor_detail": [author.slug],
        "articles:page_detail": ["about"],
        "articles:sitemap_month": [piece.published_on, piece.pk // sitemaps.SIZE],
        "articles:sitemap_list": ["sections", section.pk // sitemaps.SIZE],
    }
    of_feeds: dict[str, Any] = {
        "section": section,
        "topic": tag,
        "series": series,
        "contributor": author,
    }
    for style in STYLES:
        others |= {f"articles:{name}_{style}": [row.slug] for name, row in of_feeds.items()}
        others[f"articles:partner_{style}"] = [feed.secret]

    def arguments(name: str) -> list[Any]:
        return others.get(name) or [one.get(name.split("_")[1]) if "_" in name else None]

    found = {
        name: address(name, [], arguments(name))
        for name in names_under("articles:", "admin:articles_")
        if not is_of_a_piece(name) and name != "articles:shared_preview"
    }
    return found | {"articles:shared_preview": link.get_absolute_url()}


def test_every_address_lets_in_whom_it_should(addresses: Addresses) -> None:
    assert answers(addresses) == rows_of(TABLE)


@pytest.mark.parametrize("role", ["", "administrator"])
def test_looking_changes_nothing(addresses: Addresses, role: str) -> None:
    visitor = logged_in(role=role) if role else Client()
    addresses.pop("articles:shared_preview")  # which counts its views
    before = stored()

    for url in addresses.values():
        let_go(visitor.get(url))
        let_go(visitor.head(url))

    assert stored() == before
