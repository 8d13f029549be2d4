"""Withdrawing a piece, on a screen of its own; and what readers are told in its place."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from articles import services, uses
from articles.admin.piece_screen import screen
from articles.admin.stepping import too_late
from articles.admin.typed import user_of
from articles.admin.using import as_link
from articles.forms.kill import KillForm, RewordForm
from articles.models import Article
from articles.workflow import STEPS


def urls() -> list[URLPattern]:
    view = admin.site.admin_view(kill)
    return [path("<int:pk>/kill/", view, name="articles_article_kill")]


@require_http_methods(["GET", "HEAD", "POST"])
def kill(request: HttpRequest, pk: int) -> HttpResponse:
    """Kill a published piece; of a killed one, change the notice."""
    if not request.user.has_perm(STEPS["kill"].permission):
        raise PermissionDenied
    article = get_object_or_404(Article, pk=pk)
    is_killed = article.status == Article.Status.KILLED
    form_class = RewordForm if is_killed else KillForm
    posted = request.POST if request.method == "POST" else None
    form = form_class(posted, initial={"notice": article.kill_notice})
    if form.is_valid():
        return done(request, article, form.cleaned_data, is_killed=is_killed)
    context: dict[str, Any] = {
        "form": form,
        "can_kill": article.status in STEPS["kill"].sources,
        "is_killed": is_killed,
        "uses": [] if is_killed else [as_link(use) for use in uses.of(article)],
    }
    return screen(request, "kill", article, status=422 if form.is_bound else 200, **context)


def done(
    request: HttpRequest, article: Article, typed: dict[str, Any], *, is_killed: bool
) -> HttpResponse:
    how = {"by": user_of(request), "note": typed["reason"], "notice": typed["notice"]}
    if (services.reword if is_killed else services.kill)(article, **how):
        said = "Readers find the new notice." if is_killed else "Killed. No page shows it any more."
        messages.success(request, said)
    else:
        messages.warning(request, too_late(STEPS["reword" if is_killed else "kill"], article))
    return redirect("admin:articles_article_steps", article.pk)
