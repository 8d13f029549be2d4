"""Nothing that somebody typed into the writing screen is lost, whatever becomes of its request."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.admin.piece_screen import FOLDER
from articles.admin.typed import user_of
from articles.models import Article
from articles.services import keeping
from articles.services.keeping import Opened
from newsroom.lib.furniture import without_publication
from newsroom.lib.origin import is_ours
from newsroom.models import User

LOGIN = "admin:login"
SURVIVE = {f"articles_article_{name}" for name in ("add", "change", "autosave")}


@require_POST
@without_publication
def autosave(request: HttpRequest) -> HttpResponse:
    """Keep what is typed, for its owner's eyes; the answer is when. 3 queries."""
    opened = keeping.opened_in(request.POST)
    if opened is None or opened.user_id != request.user.pk:
        raise PermissionDenied
    at = timezone.now()
    keeping.keep(opened, request.POST, at=at)
    return HttpResponse(at.isoformat(), content_type="text/plain")


def saved(request: HttpRequest) -> None:
    """What was typed is saved."""
    keeping.saved(request.POST, by=user_of(request))


def not_saved(request: HttpRequest) -> None:
    """What was typed came back with a question; it stays if the window is closed now."""
    if opened := keeping.opened_in(request.POST):
        keeping.keep(opened, request.POST, at=timezone.now())


def surviving(urls: list[URLPattern]) -> list[URLPattern]:
    """`urls`, of which those that take what was typed keep it where they cannot answer."""
    for url in urls:
        if url.name in SURVIVE:
            url.callback = survives(url.callback)
    return urls


def survives(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        opened = keeping.opened_in(request.POST) if request.method == "POST" else None
        if opened is None:
            return view(request, *args, **kwargs)
        if opened.user_id != request.user.pk or not admin.site.has_permission(request):
            return keep_for_later(request, opened)
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return refused(request, opened)

    return answer


def csrf_failed(request: HttpRequest) -> HttpResponse | None:
    """Somebody has logged in anew in another window, so that this one's token is an old one.

    The token of the form's opening shows that a page of ours has sent it.
    """
    opened = keeping.opened_in(request.POST)
    return keep_for_later(request, opened) if opened and is_ours(request) else None


def piece_is_gone(request: HttpRequest) -> HttpResponse | None:
    """It was deleted while somebody wrote in it; what was typed goes on as a new one."""
    opened = keeping.opened_in(request.POST)
    return keep_for_later(request, opened) if opened else None


def keep_for_later(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Keep what was typed and lead its owner back to it, by the login if need be."""
    if admin.site.has_permission(request) and opened.user_id != request.user.pk:
        return refused(request, opened)
    kept = keeping.keep(opened, request.POST, at=timezone.now())
    address = address_of(kept, opened.article_id)
    is_in = admin.site.has_permission(request)
    return redirect(address) if is_in else redirect_to_login(address, reverse(LOGIN))


def refused(request: HttpRequest, opened: Opened) -> HttpResponse:
    """This person may not save this (any more); the page tells where the text is kept."""
    kept = keeping.keep(opened, request.POST, at=timezone.now())
    context = {
        **admin.site.each_context(request),
        "title": "Not saved, and not lost",
        "article": Article.objects.filter(pk=opened.article_id or 0).first(),
        "kept": kept,
        "owner": User.objects.filter(pk=opened.user_id).first(),
    }
    return render(request, f"{FOLDER}/kept_refused.html", context, status=403)


def address_of(kept: int, article_id: int | None) -> str:
    """The writing screen with a kept text in it."""
    form = reverse("admin:articles_article_add")
    if article_id and Article.objects.filter(pk=article_id).exists():
        form = reverse("admin:articles_article_change", args=[article_id])
    return f"{form}?kept={kept}"
