"""A piece in every place where readers can meet one, and the addresses of all these places."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from articles import sitemaps
from articles.feeds import STYLES
from articles.models import Article, FrontPage, Notice, Page, PartnerFeed, TopicBox
from articles.services import sharing
from newsletter.models import Issue
from tests.addresses import Addresses, address, names_under
from tests.factories import (
    make_article,
    make_contributor,
    make_format,
    make_published,
    make_section,
    make_series,
    make_tag,
    make_user,
)
from tests.factories_newsletter import make_issue, make_item, make_sent

MARK = "The piece in question"


def make_everywhere(at: datetime, until: datetime | None = None) -> Article:
    """A piece that leads, is pinned, related, corrected, and told of in a letter."""
    tag = make_tag("grain")
    around = {"section": make_section("Europe"), "series": make_series(), "kicker": tag}
    around |= {"tags": [tag], "contributors": [make_contributor("Ann Able")]}
    older = make_published("Older", at=at - timedelta(days=3), **around)
    piece = make_published(MARK, at=at, published_until=until, format=make_format(), **around)
    older.related_links.create(to_article=piece)
    FrontPage.objects.update(lead=piece)
    FrontPage.objects.get().picks.create(article=piece)
    TopicBox.objects.create(title="Grain", tag=tag).pins.create(article=piece)
    Notice.objects.create(article=piece, kind="correction", text="Wrong.", at=at)
    issue = make_issue(since=at - timedelta(days=7), until=at + timedelta(days=1))
    make_item(issue, piece)
    make_sent(issue)
    return piece


def public_addresses(piece: Article) -> Addresses:
    """One of every name under which readers find pages; of pieces, the one beside `piece`, too."""
    older = Article.objects.get(headline="Older")
    parts: list[Any] = [piece.kicker, piece.section, piece.series]
    tag, section, series = parts
    Page.objects.get_or_create(slug="about", defaults={"title": "About", "body": "<p>Us.</p>"})
    letter = Issue.objects.get()
    link = sharing.share(make_article(), by=make_user())
    arguments: dict[str, list[Any]] = {
        "articles:article_detail": [piece.published_on, piece.slug],
        "articles:article_rest": [piece.published_on, piece.slug],
        "articles:article_republish": [piece.published_on, piece.slug],
        "articles:section_detail": [section.slug],
        "articles:topic_detail": [tag.slug],
        "articles:series_detail": [series.slug],
        "articles:contributor_detail": [piece.contributors.get().slug],
        "articles:archive_month": [piece.published_on],
        "articles:page_detail": ["about"],
        "articles:sitemap_month": [piece.published_on, piece.pk // sitemaps.SIZE],
        "articles:sitemap_list": ["sections", section.pk // sitemaps.SIZE],
        "newsletter:issue_detail": [letter.published_on],
        "newsletter:go": [letter.pk, 0],
        "donations:total": ["goal"],
    }
    of_feeds = {"section": section, "topic": tag, "series": series}
    of_feeds |= {"contributor": piece.contributors.get()}
    partner = PartnerFeed.objects.get_or_create(name="Wire")[0]
    for style in STYLES:
        arguments |= {f"articles:{name}_{style}": [row.slug] for name, row in of_feeds.items()}
        arguments[f"articles:partner_{style}"] = [partner.secret]
    names = names_under("articles:", "newsletter:", "donations:")
    found = {name: address(name, [], arguments.get(name, ["token"])) for name in names}
    found["articles:shared_preview"] = link.get_absolute_url()
    words = {"q": "questioned pieces", "tag": tag.slug, "by": piece.contributors.get().slug}
    found["articles:search"] += f"?{urlencode(words)}"
    found["not found"] = "/the-piece-in-question/"
    return found | {"beside": older.get_absolute_url()}


def shows(client: Client, piece: Article, addresses: Addresses) -> set[str]:
    """The names of the pages that lead to `piece`, or are its own."""
    own = {addresses["articles:article_detail"], addresses["articles:article_rest"]}
    path = piece.get_absolute_url().encode()
    found = set()
    for name, url in addresses.items():
        response = client.get(url)
        is_own = url in own and response.status_code == 200
        leads = path in response.content and response.status_code in {200, 404}
        if is_own or leads:
            found.add(name)
    return found
