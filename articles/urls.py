from collections.abc import Iterator

from django.urls import URLPattern, path, register_converter
from django.views.decorators.http import require_safe

from articles import feeds, search_views, sitemaps, views
from articles.converters import DayConverter, MonthConverter
from articles.models import FormerAddress
from articles.redirects import follows
from newsroom.lib.pages import kept

Kind = FormerAddress.Kind

register_converter(DayConverter, "day")
register_converter(MonthConverter, "month")

# Name, what stands behind feeds/ and before the style, and what leads on from former addresses.
FEEDS = [
    ("pieces", "", feeds.Pieces, None),
    ("section", "section/<slug:slug>/", feeds.SectionPieces, Kind.SECTION),
    ("topic", "topic/<slug:slug>/", feeds.TopicPieces, Kind.TAG),
    ("series", "series/<slug:slug>/", feeds.SeriesPieces, Kind.SERIES),
    ("contributor", "by/<slug:slug>/", feeds.ContributorPieces, Kind.CONTRIBUTOR),
    ("partner", "partner/<str:secret>/", feeds.PartnerPieces, None),
]


def feed_paths() -> Iterator[URLPattern]:
    """`feeds/section/<slug>/atom/` and the like, named `section_atom`."""
    for style in feeds.STYLES:
        for name, place, feed, kind in FEEDS:
            view = require_safe(follows(kind)(feed(style)) if kind else feed(style))
            if feed is not feeds.PartnerPieces:  # whose address is a key
                view = kept()(view)
            yield path(f"feeds/{place}{style}/", view, name=f"{name}_{style}")


app_name = "articles"
urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("<day:day>/<slug:slug>/", views.article_detail, name="article_detail"),
    path("<day:day>/<slug:slug>/rest/", views.article_rest, name="article_rest"),
    path("<day:day>/<slug:slug>/republish/", views.article_republish, name="article_republish"),
    path("preview/<token>/", views.shared_preview, name="shared_preview"),
    path("section/<slug:slug>/", views.section_detail, name="section_detail"),
    path("topic/<slug:slug>/", views.topic_detail, name="topic_detail"),
    path("series/<slug:slug>/", views.series_detail, name="series_detail"),
    path("by/<slug:slug>/", views.contributor_detail, name="contributor_detail"),
    path("latest/", views.latest, name="latest"),
    path("archive/", views.archive_index, name="archive_index"),
    path("archive/<month:month>/", views.archive_month, name="archive_month"),
    path("corrections/", views.corrections, name="corrections"),
    path("search/", search_views.search, name="search"),
    path("search/suggestions/", search_views.search_suggestions, name="search_suggestions"),
    *feed_paths(),
    path("news-sitemap.xml", sitemaps.news_sitemap, name="news_sitemap"),
    path("sitemap/pages.xml", sitemaps.sitemap_pages, name="sitemap_pages"),
    path("sitemap/<month:month>/<int:part>.xml", sitemaps.sitemap_month, name="sitemap_month"),
    path("sitemap/<slug:name>/<int:part>.xml", sitemaps.sitemap_list, name="sitemap_list"),
    path("<slug:slug>/", views.page_detail, name="page_detail"),
]
