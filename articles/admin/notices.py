"""The corrections and updates of a piece: what stands, what stood, and a new one."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from articles import services
from articles.admin.piece_screen import screen
from articles.admin.typed import user_of
from articles.forms.notice import NoticeForm
from articles.models import Article, Notice

NOT_MADE = (services.NotAllowed, services.NotPublic, services.Superseded)


def urls() -> list[URLPattern]:
    wrap, name = admin.site.admin_view, "articles_article"
    return [
        path("<int:pk>/notices/", wrap(notices), name=f"{name}_notices"),
        path("<int:pk>/notices/<int:notice>/", wrap(replace_notice), name=f"{name}_replace_notice"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest, pk: int) -> HttpResponse:
    return answer(request, piece(request, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
def replace_notice(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    """With the old one's words to begin with."""
    article = piece(request, pk)
    return answer(request, article, get_object_or_404(article.notices.standing(), pk=notice))


def piece(request: HttpRequest, pk: int) -> Article:
    right = "add" if request.method == "POST" else "view"
    if not request.user.has_perm(f"articles.{right}_notice"):
        raise PermissionDenied
    return get_object_or_404(Article, pk=pk)


def answer(request: HttpRequest, article: Article, old: Notice | None) -> HttpResponse:
    if request.method != "POST":
        return notice_screen(request, article, old, NoticeForm(initial=beginning(old)))
    form = NoticeForm(request.POST)
    if form.is_valid() and made(request, article, old, form.cleaned_data):
        return redirect("admin:articles_article_notices", article.pk)
    return notice_screen(request, article, old, form)


def made(request: HttpRequest, article: Article, old: Notice | None, typed: Any) -> bool:
    try:
        notice = services.correct(article, **typed, supersedes=old, by=user_of(request))
    except NOT_MADE as error:
        messages.warning(request, str(error))
        return False
    messages.success(request, f"{notice.get_kind_display()} published on the piece.")
    return True


def beginning(old: Notice | None) -> dict[str, Any]:
    now = timezone.now()
    if old is None:
        return {"kind": Notice.Kind.CORRECTION, "at": now}
    return {"kind": old.kind, "text": old.text, "place": old.place, "at": now}


def notice_screen(
    request: HttpRequest, article: Article, old: Notice | None, form: NoticeForm
) -> HttpResponse:
    every = article.notices.select_related("by", "successor")
    context = {
        "form": form,
        "old": old,
        "notices": [one for one in every if not hasattr(one, "successor")],
        "former": [one for one in every if hasattr(one, "successor")],
        "may_correct": request.user.has_perm("articles.add_notice") and article.is_public(),
    }
    return screen(request, "notices", article, status=422 if form.is_bound else 200, **context)
