"""A piece as readers will get it, as wide as a phone and as a desktop, before it is saved."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import facts, services, views
from articles.admin.drawing import page, page_after
from articles.admin.piece_screen import found, may_see, screen
from articles.admin.typed import belongings, times, user_of
from articles.models import Article
from articles.services import restoring
from newsroom.lib import csp

# The frames hold their pages themselves.
FRAMING = settings.SECURE_CSP_ADMIN | {"frame-src": ["'self'"]}


def urls() -> list[URLPattern]:
    wrap, name = admin.site.admin_view, "articles_article"
    return [
        path("preview/", wrap(preview_new), name=f"{name}_preview_new"),
        path("<int:pk>/preview/", wrap(preview), name=f"{name}_preview"),
        path("<int:pk>/preview/page/", wrap(whole_page), name=f"{name}_preview_page"),
        path("<int:pk>/revision/<int:revision>/", wrap(revision_page), name=f"{name}_revision"),
    ]


@require_POST
def preview_new(request: HttpRequest) -> HttpResponse:
    return typed(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows what is stored, POST what is typed."""
    if request.method == "POST":
        return typed(request, pk)
    article = visible(request, pk)
    return framed(request, article, drawn=page(request, article), note="What is saved now.")


@require_safe
def whole_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page alone, its videos ready to play."""
    visible(request, pk)
    article = Article.objects.for_page().get(pk=pk)
    response = views.article_page(request, article, timezone.now(), facts=facts.of_piece(article))
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = csp.header(settings.SECURE_CSP)
    return response


@require_safe
def revision_page(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    article = found(request, pk)
    kept = get_object_or_404(article.revisions.all(), pk=revision)

    def put() -> Article:
        restoring.put(article, kept.content, by=user_of(request), note="")
        return article

    drawn = page_after(request, put)
    return framed(
        request, article, drawn=drawn, note=f"Version {kept.version}, with today's pictures."
    )


def typed(request: HttpRequest, pk: int | None) -> HttpResponse:
    """What is in the form, which stays unsaved; or what keeps it from being shown."""
    desk: Any = admin.site.get_model_admin(Article)
    with transaction.atomic():
        article = desk.get_object(request, str(pk)) if pk else None
        if pk and article is None:
            raise Http404
        may = (
            desk.has_change_permission(request, article) if pk else desk.has_add_permission(request)
        )
        if not may:
            raise PermissionDenied
        data = request.POST.copy()
        data["version"] = str(article.version if article else "")  # collisions wait for the save
        form = desk.get_form(request, article)(data, instance=article)
        if not form.is_valid():
            return framed(request, article or Article(), drawn="", note="", form=form)

        def write() -> Article:
            piece: Article = form.save(commit=False)
            typed, by = form.cleaned_data, user_of(request)
            services.write(piece, belongings(typed), by=by, **times(typed, piece))
            return piece

        drawn = page_after(request, write)
    shown = Article.objects.get(pk=pk) if pk else Article(headline=form.cleaned_data["headline"])
    note = "What is in the form. Nothing of it is saved by this."
    return framed(request, shown, drawn=drawn, note=note)


def visible(request: HttpRequest, pk: int) -> Article:
    article = Article.objects.filter(pk=pk).first()
    if not may_see(request, article):
        raise PermissionDenied
    if article is None:
        raise Http404
    return article


def framed(
    request: HttpRequest, article: Article, *, drawn: str, note: str, form: Any = None
) -> HttpResponse:
    is_stored = request.method != "POST" and "revision" not in request.path
    context = {"page": drawn, "note": note, "form": form, "is_stored": is_stored}
    response = screen(request, "preview", article, **context, status=422 if form else 200)
    response["Content-Security-Policy"] = csp.header(FRAMING)
    return response
