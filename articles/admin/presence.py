"""Who else has a piece open, and what they have saved since, told to whoever writes."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.admin.piece_screen import may_change
from articles.admin.typed import user_of
from articles.models import Article, Presence
from articles.templatetags.articles import and_list
from newsroom.lib.dates import spoken

PLAIN = "text/plain; charset=utf-8"
NO_MORE = "You may not change this piece as it stands now. What you type is kept for you."


def urls() -> list[URLPattern]:
    wrap = admin.site.admin_view
    return [path("<int:pk>/presence/", wrap(present), name="articles_article_presence")]


@require_POST
def present(request: HttpRequest, pk: int) -> HttpResponse:
    """An open form calls; the answer is about the others. With `gone` it is closed. 9 queries."""
    article = get_object_or_404(
        Article.objects.only("pk", "status", "created_by", "version"), pk=pk
    )
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    if not may_change(request, article):
        return HttpResponse(NO_MORE, status=403, content_type=PLAIN)
    user, now = user_of(request), timezone.now()
    if "gone" in request.POST:
        Presence.objects.filter(user=user, article=article).delete()
        return HttpResponse(status=204)
    Presence.objects.see(user_id=user.pk, article_id=pk, at=now)
    version = request.POST.get("version", "")
    since = int(version) if version.isdecimal() and len(version) < 9 else article.version
    told = [others(request, article, now), saves(request, article, since)]
    return HttpResponse(" ".join(filter(None, told)), content_type=PLAIN)


def beside(request: HttpRequest, article: Article | None, at: datetime) -> dict[str, Any]:
    """What the writing screen says before its first call; 1 query."""
    return {"others": others(request, article, at) if article else ""}


def others(request: HttpRequest, article: Article, at: datetime) -> str:
    """`Mary Smith has it open since 13:40.`; "" if nobody else has."""
    there = Presence.objects.at(at).filter(article=article).exclude(user=request.user.pk)
    since = [(one.user, shortly(one.opened_at)) for one in there.select_related("user")]
    if len(since) == 1:
        return f"{since[0][0]} has it open since {since[0][1]}."
    names = and_list([f"{who} (since {when})" for who, when in since])
    return f"{names} have it open." if names else ""


def shortly(moment: datetime) -> str:
    return spoken(moment).removeprefix("today ")


def saves(request: HttpRequest, article: Article, since: int) -> str:
    """Who else has saved after the version `since`, so that the next save will be a merge."""
    newer = article.revisions.saved().filter(version__gt=since).exclude(by=request.user.pk)
    last = newer.select_related("by").defer("content").newest_first().first()
    if last is None:
        return ""
    who = last.by or "Somebody"
    return f"{who} saved it {shortly(last.at)}; yours will be merged with that."
