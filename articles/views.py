"""The pages that readers read."""

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import content, facts, listing, republishing, selection, services
from articles.listing import Listing
from articles.models import Article, FormerAddress, Page, PreviewLink, Series
from articles.redirects import follows
from newsroom.lib.pages import kept, tell_keys
from newsroom.models import Publication

M = TypeVar("M", bound=Model)

Kind = FormerAddress.Kind
PAGE_SIZE = 20
GONE_FOR = 60  # seconds; a cache might keep a 410 for good, and the piece may come back


@kept()
@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    layout = selection.front_page(now)
    boxes = selection.boxes(seen=layout.articles(), n_latest=0)
    context = {"front": layout, "boxes": boxes, "facts": facts.Facts(kind="front")}
    return render(request, "articles/front_page.html", context)


@kept()
@require_safe
@follows(Kind.ARTICLE)
def article_detail(request: HttpRequest, day: date, slug: str) -> HttpResponse:
    """A public piece with everything around it; at most 10 queries."""
    now = timezone.now()
    article = selection.piece(day, slug, now)
    if article is None:
        return gone(request, day, slug, "articles/gone.html")
    return article_page(request, article, now, facts=facts.of_piece(article))


def article_page(
    request: HttpRequest, article: Article, at: datetime, **context: object
) -> HttpResponse:
    """The page of `article`, public or not; who may see it is the caller's question."""
    tell_keys(request, f"article-{article.pk}")
    onward = selection.onward(article, at)
    around = selection.parts_around(article)
    seen: list[selection.Shown] = [article, *around, *onward.next, *onward.related]
    context |= {
        "article": article,
        "body": content.render(article.body, content.photos_on_page(article.body, at)),
        "previous": selection.Part.of(article.previous_part),
        "following": selection.Part.of(article.next_part),
        "related": onward.related,
        "teasers": content.teasers(onward.next, at),
        "boxes": selection.boxes(seen=seen),
    }
    return render(request, "articles/article_detail.html", context)


def page_ahead(request: HttpRequest, pk: int, at: datetime, **context: object) -> HttpResponse:
    """The page of a piece as on the day on which it comes out; who may see it is not asked."""
    piece = Article.objects.for_page().get(pk=pk)
    piece.published_at = piece.published_at or at
    piece.published_on = piece.published_on or timezone.localdate(piece.published_at)
    return article_page(request, piece, at, facts=facts.of_piece(piece), **context)


@require_safe
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """A draft, for whoever has been given its link; each GET counts as a view of it."""
    now = timezone.now()
    link = PreviewLink.of_token(token)
    if link is None:
        raise Http404
    if not PreviewLink.objects.open(now).filter(pk=link.pk).exists():
        piece = Article.objects.public(now).filter(pk=link.article_id).first()
        response = render(request, "articles/preview_over.html", {"piece": piece}, status=410)
    else:
        response = draft_page(request, link, now)
        if request.method == "GET":
            services.count_view(link, at=now)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response


def draft_page(request: HttpRequest, link: PreviewLink, at: datetime) -> HttpResponse:
    """What `link` shows; an earlier text is put back for as long as that takes, and no longer."""
    with transaction.atomic():
        if link.revision:
            services.put(link.article, link.revision.content, by=link.created_by, note="")
        response = page_ahead(request, link.article_id, at, draft=link)
        transaction.set_rollback(link.revision is not None)
    return response


@kept()
@require_safe
@follows(Kind.ARTICLE)
def article_rest(request: HttpRequest, day: date, slug: str) -> HttpResponse:
    """The part of a piece that a teaser leaves out, as a fragment for “keep reading”."""
    article = selection.piece(day, slug, timezone.now())
    if article is None:
        return gone(request, day, slug, "articles/gone_rest.html")
    _, rest = content.fold(article.body, article.teaser_paragraphs)
    body = content.render(rest, content.photos_in(rest), demote=True)
    response = render(request, "articles/article_rest.html", {"article": article, "body": body})
    response["X-Robots-Tag"] = "noindex"
    return response


@kept()
@require_safe
@follows(Kind.ARTICLE)
def article_republish(request: HttpRequest, day: date, slug: str) -> HttpResponse:
    """The piece to take along, where its text is ours to give."""
    now = timezone.now()
    article = selection.piece(day, slug, now)
    if article is None:
        return gone(request, day, slug, "articles/gone.html")
    if not article.is_republishable:
        raise Http404
    publication: Publication = request.publication  # type: ignore[attr-defined]
    copy = republishing.copy_of(article, publication.name, now)
    response = render(request, "articles/republish.html", {"article": article, "copy": copy})
    response["X-Robots-Tag"] = "noindex"
    return response


def gone(request: HttpRequest, day: date, slug: str, template: str) -> HttpResponse:
    """What stands at the address of a piece that was killed, or whose time is over: 410.

    Raises Http404 for an address that no reader has known. 2 queries.
    """
    piece = get_object_or_404(Article.objects.gone(), published_on=day, slug=slug)
    response = render(request, template, {"piece": piece}, status=410)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = f"public, max-age={GONE_FOR}"
    return response


@kept("page")
@require_safe
@follows(Kind.SECTION)
def section_detail(request: HttpRequest, slug: str) -> HttpResponse:
    section = found(listing.section.one(slug=slug))
    about = facts.Facts(kind="section", section=slug)
    articles = Listing(listing.of_section, of=section.pk, at=timezone.now())
    template = "articles/section_detail.html"
    return list_page(request, articles, template, section=section, facts=about)


@kept("page")
@require_safe
@follows(Kind.TAG)
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    tag = found(listing.tag.one(slug=slug))
    articles = Listing(listing.of_tag, of=tag.pk, at=timezone.now())
    about = facts.Facts(kind="topic", tags=(slug,))
    return list_page(request, articles, "articles/topic_detail.html", tag=tag, facts=about)


@kept("page")
@require_safe
@follows(Kind.SERIES)
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    series = found(listing.series.one(slug=slug))
    is_in_parts = series.order == Series.Order.PARTS
    listed = listing.parts_of_series if is_in_parts else listing.of_series
    articles = Listing(listed, of=series.pk, at=timezone.now())
    about = facts.Facts(kind="series", series=slug)
    template = "articles/series_detail.html"
    return list_page(request, articles, template, series=series, facts=about)


@kept("page")
@require_safe
@follows(Kind.CONTRIBUTOR)
def contributor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    contributor = found(listing.contributor.one(slug=slug))
    articles = Listing(listing.of_contributor, of=contributor.pk, at=timezone.now())
    about = facts.Facts(kind="contributor")
    template = "articles/contributor_detail.html"
    return list_page(request, articles, template, contributor=contributor, facts=about)


@kept("page")
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    about = facts.Facts(kind="latest")
    articles = Listing(listing.everything, at=timezone.now())
    return list_page(request, articles, "articles/latest.html", facts=about)


@kept()
@require_safe
def archive_index(request: HttpRequest) -> HttpResponse:
    """Every month that has pieces, newest first."""
    months = listing.months(timezone.now(), timezone.get_current_timezone())
    return render(request, "articles/archive_index.html", {"months": months})


@kept("page")
@require_safe
def archive_month(request: HttpRequest, month: date) -> HttpResponse:
    """A month's pieces by their day in the publication's time zone."""
    zone = timezone.get_current_timezone()
    start = datetime(month.year, month.month, 1, tzinfo=zone)
    following = (month + timedelta(days=32)).replace(day=1)
    end = datetime(following.year, following.month, 1, tzinfo=zone)
    articles = Listing(listing.within, start=start, end=end, at=timezone.now(), is_whole=True)
    about = facts.Facts(kind="archive")
    template = "articles/archive_month.html"
    return list_page(request, articles, template, month=month, facts=about)


def list_page(request: HttpRequest, rows: Listing, template: str, **context: Any) -> HttpResponse:
    """PAGE_SIZE a page (?page=N); 2 queries."""
    paginator: Paginator[Any] = Paginator(rows, PAGE_SIZE)  # type: ignore[arg-type]
    page = paginator.get_page(request.GET.get("page"))
    return render(request, template, {"page": page, **context})


def found(one: M | None) -> M:
    if one is None:
        raise Http404
    return one


@kept("page")
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    notices = Listing(listing.corrections, listing.notices, at=timezone.now(), is_whole=True)
    return list_page(request, notices, "articles/corrections.html")


@kept()
@require_safe
@follows(Kind.PAGE)
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Page, slug=slug)
    photos = content.photos_in(page.body)
    body = content.render(page.body, photos)
    return render(request, "articles/page_detail.html", {"page": page, "body": body})
