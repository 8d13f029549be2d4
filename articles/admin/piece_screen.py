"""What the further screens of one piece have in common."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.admin.state import state_of
from articles.models import Article

FOLDER = "admin/articles/article"


def found(request: HttpRequest, pk: int) -> Article:
    """The piece, if `request.user` may see its past."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    article = get_object_or_404(Article, pk=pk)
    if not may_see_past(request, article):
        raise PermissionDenied
    return article


def may_see_past(request: HttpRequest, article: Article) -> bool:
    """What a piece said before: editors of all, writers of their own."""
    user = request.user
    is_own = article.created_by_id == user.pk
    may_see = is_own or user.has_perm("articles.approve_article")
    return may_see and user.has_perm("articles.change_article")


def may_see(request: HttpRequest, article: Article | None = None) -> bool:
    """What `article` says now, or pieces at all."""
    return admin.site.get_model_admin(Article).has_view_permission(request, article)


def may_change(request: HttpRequest, article: Article) -> bool:
    return admin.site.get_model_admin(Article).has_change_permission(request, article)


def screen(
    request: HttpRequest, name: str, article: Article, *, status: int = 200, **context: Any
) -> HttpResponse:
    """`name`.html among the templates of pieces, under the head that all of them have."""
    shown = {
        **admin.site.each_context(request),
        "title": article.headline or "Without a headline",
        "article": article,
        "state": state_of(article),
        "may_change": may_change(request, article),
        "may_see_past": may_see_past(request, article),
        "screen": name,
        **context,
    }
    return render(request, f"{FOLDER}/{name}.html", shown, status=status)
