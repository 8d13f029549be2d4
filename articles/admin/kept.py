"""The texts that are kept for somebody: listed, looked at, put away."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from articles.admin.keeping import address_of, autosave
from articles.admin.offering import differences
from articles.admin.piece_screen import FOLDER, may_change, may_see
from articles.admin.typed import user_of
from articles.models import Autosave
from articles.models.autosave import REFUSED_FOR
from articles.services import keeping
from newsroom.lib import html

N_LISTED = 200


def urls() -> list[URLPattern]:
    wrap, name = admin.site.admin_view, "articles_article"
    return [
        path("autosave/", wrap(autosave), name=f"{name}_autosave"),
        path("kept/", wrap(kept_texts), name=f"{name}_kept"),
        path("kept/<int:pk>/", wrap(kept_text), name=f"{name}_kept_text"),
        path("kept/<int:pk>/refuse/", wrap(refuse), name=f"{name}_refuse"),
    ]


@require_safe
def kept_texts(request: HttpRequest) -> HttpResponse:
    """Everything that is kept for this person, newest first."""
    rows = Autosave.objects.filter(user=user_of(request)).select_related("article")
    texts = rows.order_by("-saved_at", "-pk").defer("article__body")[:N_LISTED]
    context = {"texts": texts, "may_see": may_see(request)}
    return screen(request, "kept_texts", "Texts kept for you", **context)


@require_safe
def kept_text(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: what it changes, and all of it to read and copy."""
    kept = own(request, pk)
    article = kept.article
    sees = may_see(request, article)
    context = {
        "kept": kept,
        "may_see": sees,
        "differences": differences(request, kept, article) if sees else [],
        "address": address_of(kept.pk, kept.article_id),
        "may_write": may_change(request, article) if article else True,
        "deck": kept.said("deck"),
        "body": body(kept),
    }
    return screen(request, "kept_text", str(kept), **context)


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    kept = own(request, pk)
    keeping.refuse(kept, at=timezone.now())
    days = REFUSED_FOR.days
    messages.success(request, f"Put away. It stays for {days} days among the texts kept for you.")
    if kept.article and may_change(request, kept.article):
        return redirect("admin:articles_article_change", kept.article.pk)
    return redirect("admin:articles_article_kept")


def own(request: HttpRequest, pk: int) -> Autosave:
    return get_object_or_404(
        Autosave.objects.select_related("article"), pk=pk, user=user_of(request)
    )


def body(kept: Autosave) -> SafeString | str:
    typed = "".join(kept.typed.get("body", [])[:1])
    try:
        return mark_safe(html.clean(typed))  # noqa: S308  it has just been cleaned
    except html.TooLong:
        return typed


def screen(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    shown = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"{FOLDER}/{name}.html", shown)
