"""The steps of a piece on a screen of their own: what was done, and what one may do next."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from articles import workflow
from articles.admin import stepping
from articles.admin.piece_screen import screen
from articles.admin.typed import user_of
from articles.models import Article
from articles.workflow import Step


def urls() -> list[URLPattern]:
    view = admin.site.admin_view(steps)
    return [path("<int:pk>/steps/", view, name="articles_article_steps")]


@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("section", "created_by"), pk=pk)
    step = stepping.asked_for(request)
    answer = taken(request, article, step) if request.method == "POST" and step else None
    return answer or step_screen(request, article, status=422 if step else 200)


def taken(request: HttpRequest, article: Article, step: Step) -> HttpResponse | None:
    """None if the step was refused, which a message tells."""
    note, times = request.POST.get("note", ""), stepping.planned(step, article)
    try:
        done = stepping.take(step, article, by=user_of(request), note=note, **times)
    except stepping.NOT_TAKEN as error:
        messages.warning(request, str(error))
        return None
    messages.success(request, done)
    return redirect("admin:articles_article_change", article.pk)


def step_screen(request: HttpRequest, article: Article, status: int) -> HttpResponse:
    context = {
        "is_live": article.is_public(timezone.now()),
        "bar": stepping.bar(user_of(request), article),
        "lacks_reason": stepping.lacks_reason(request),
        "note": request.POST.get("note", ""),
        "log": workflow.log_of(article),
    }
    return screen(request, "steps", article, status=status, **context)
