"""What the list of pieces shows, and how it is narrowed down."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import photos
from articles.admin.state import STATES, in_state, state_of
from articles.models import Article, ArticleQuerySet, Contributor
from articles.templatetags.articles import and_list
from newsroom.lib.dates import spoken


class ArticleList(ChangeList):
    """All that a row shows comes with one query."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        found = cast("ArticleQuerySet", super().get_queryset(request, exclude_parameters))
        return found.for_list()


class ArticleColumns(admin.ModelAdmin):
    list_display = ["picture", "title", "state", "in_section", "names", "date"]
    list_display_links = ["title"]

    @admin.display(description="picture")
    def picture(self, article: Article) -> SafeString | str:
        if not article.photo:
            return ""
        source = photos.thumbnail(article.photo)
        return format_html('<img class="thumb" src="{}" alt="" width="64" height="48">', source)

    @admin.display(description="headline", ordering="headline")
    def title(self, article: Article) -> str:
        return article.headline or "Without a headline"

    @admin.display(description="state")
    def state(self, article: Article) -> SafeString:
        state = state_of(article)
        return format_html('<span class="state" data-state="{}">{}</span>', state.key, state.word)

    @admin.display(description="section", ordering="section__name")
    def in_section(self, article: Article) -> str:
        return article.section_label

    @admin.display(description="by")
    def names(self, article: Article) -> str:
        return and_list(article.byline_names)  # type: ignore[attr-defined]

    @admin.display(description="date", ordering="published_at")
    def date(self, article: Article) -> str:
        """When it appeared or will appear; the last save of what is not published."""
        if article.status in Article.UNPUBLISHED or article.published_at is None:
            return f"saved {spoken(article.saved_at)}"
        return spoken(article.published_at)


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(state.key, state.word) for state in STATES]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(in_state(self.value() or "", timezone.now()))


class MineFilter(admin.SimpleListFilter):
    title = "who"
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("me", "Made by me")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(created_by=request.user) if self.value() == "me" else queryset


class ContributorFilter(admin.SimpleListFilter):
    title = "contributor"
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return Contributor.objects.values_list("slug", "name")

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        return queryset.filter(pk__in=Article.objects.filter(contributors__slug=self.value()))


FILTERS: list[Any] = [StateFilter, "section", "format", "series", ContributorFilter, MineFilter]
