"""The pages that readers read."""

from datetime import date, datetime, timedelta

from django.core.paginator import Paginator
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import content, selection
from articles.models import (
    Article,
    ArticleQuerySet,
    Contributor,
    Notice,
    Page,
    Section,
    Series,
    Tag,
)

PAGE_SIZE = 20


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    layout = selection.front_page(now)
    boxes = selection.boxes(now, seen=layout.articles(), n_latest=0)
    return render(request, "articles/front_page.html", {"front": layout, "boxes": boxes})


@require_safe
def article_detail(request: HttpRequest, day: date, slug: str) -> HttpResponse:
    """A public piece with everything around it; at most 10 queries."""
    now = timezone.now()
    public = Article.objects.public(now).for_page()
    return article_page(request, get_object_or_404(public, published_on=day, slug=slug), now)


def article_page(request: HttpRequest, article: Article, at: datetime) -> HttpResponse:
    """The page of `article`, public or not; who may see it is the caller's question."""
    next_ones = selection.keep_reading(article, at)
    related = selection.related(article, at, without=next_ones)
    context = {
        "article": article,
        "body": content.render(article.body, content.photos_in(article.body)),
        "related": related,
        "teasers": [content.teaser(piece) for piece in next_ones],
        "boxes": selection.boxes(at, seen=[article, *next_ones, *related]),
    }
    return render(request, "articles/article_detail.html", context)


@require_safe
def article_rest(request: HttpRequest, day: date, slug: str) -> HttpResponse:
    """The part of a piece that a teaser leaves out, as a fragment for “keep reading”."""
    public = Article.objects.public().for_page()
    article = get_object_or_404(public, published_on=day, slug=slug)
    _, rest = content.fold(article.body, article.teaser_paragraphs)
    body = content.render(rest, content.photos_in(rest), demote=True)
    response = render(request, "articles/article_rest.html", {"article": article, "body": body})
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def section_detail(request: HttpRequest, slug: str) -> HttpResponse:
    section = get_object_or_404(Section, slug=slug)
    articles = Article.objects.public().filter(section=section)
    return article_list(request, articles, "articles/section_detail.html", section=section)


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    articles = Article.objects.public().filter(tags=tag)
    return article_list(request, articles, "articles/topic_detail.html", tag=tag)


@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    series = get_object_or_404(Series, slug=slug)
    articles = Article.objects.public().filter(series=series)
    return article_list(request, articles, "articles/series_detail.html", series=series)


@require_safe
def contributor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    contributor = get_object_or_404(Contributor.objects.select_related("portrait"), slug=slug)
    articles = Article.objects.public().filter(pk__in=contributor.bylines.values("article"))
    template = "articles/contributor_detail.html"
    return article_list(request, articles, template, contributor=contributor)


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    return article_list(request, Article.objects.public(), "articles/latest.html")


@require_safe
def archive_index(request: HttpRequest) -> HttpResponse:
    """Every month that has pieces, newest first."""
    zone = timezone.get_current_timezone()
    months = (
        Article.objects.public()
        .annotate(month=TruncMonth("published_at", tzinfo=zone))
        .values("month")
        .annotate(n=Count("pk"))
        .order_by("-month")
    )
    return render(request, "articles/archive_index.html", {"months": months})


@require_safe
def archive_month(request: HttpRequest, month: date) -> HttpResponse:
    """A month's pieces by their day in the publication's time zone."""
    zone = timezone.get_current_timezone()
    start = datetime(month.year, month.month, 1, tzinfo=zone)
    following = (month + timedelta(days=32)).replace(day=1)
    end = datetime(following.year, following.month, 1, tzinfo=zone)
    articles = Article.objects.public().filter(published_at__gte=start, published_at__lt=end)
    return article_list(request, articles, "articles/archive_month.html", month=month)


def article_list(
    request: HttpRequest, articles: ArticleQuerySet, template: str, **context: object
) -> HttpResponse:
    """Newest first, PAGE_SIZE a page (?page=N); 2 queries."""
    page = Paginator(articles.for_list().newest_first(), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(request, template, {"page": page, **context})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    notices = Notice.objects.corrections().select_related("article")
    page = Paginator(notices, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "articles/corrections.html", {"page": page})


@require_safe
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Page, slug=slug)
    photos = content.photos_in(page.body)
    body = content.render(page.body, photos)
    return render(request, "articles/page_detail.html", {"page": page, "body": body})
