from django.urls import path, register_converter

from articles import search_views, views
from articles.converters import DayConverter, MonthConverter

register_converter(DayConverter, "day")
register_converter(MonthConverter, "month")

app_name = "articles"
urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("<day:day>/<slug:slug>/", views.article_detail, name="article_detail"),
    path("<day:day>/<slug:slug>/rest/", views.article_rest, name="article_rest"),
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
    path("<slug:slug>/", views.page_detail, name="page_detail"),
]
