"""What a piece still needs, told while it is written."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from articles import checklist, snapshots
from articles.admin.piece_screen import FOLDER
from articles.forms.contents import typed
from articles.models import Article
from newsroom.lib.lengths import Length


def urls() -> list[URLPattern]:
    wrap = admin.site.admin_view
    return [
        path("checks/", wrap(checks), name="articles_article_checks_new"),
        path("<int:pk>/checks/", wrap(checks), name="articles_article_checks"),
    ]


@require_POST
def checks(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The list for what is in the form, as a fragment; nothing is saved."""
    desk: Any = admin.site.get_model_admin(Article)
    article = get_object_or_404(Article, pk=pk) if pk else None
    may = desk.has_change_permission(request, article) if pk else desk.has_add_permission(request)
    if not may:
        raise PermissionDenied
    form = desk.get_form(request, article)(request.POST, instance=article)
    form.is_valid()
    return render(request, f"{FOLDER}/checks.html", context(of_form(form)))


def panel(request: HttpRequest, form: Any) -> dict[str, Any]:
    """What the writing screen shows of a piece as it is stored, or as it came back."""
    found = of_form(form) if form.is_bound else of_stored(form)
    shown = form.instance
    return {
        **context(found),
        "may_override": request.user.has_perm("articles.override_checks"),
        "override": request.POST.get("override", ""),
        "lengths": {
            "search_title": Length(
                "id_search_title", len(shown.search_title), 30, 60, "search engines cut it"
            ),
            "search_description": Length(
                "id_search_description", len(shown.search_description), 70, 160, "it will be cut"
            ),
        },
    }


def of_stored(form: Any) -> list[checklist.Finding]:
    """What is to be said of the piece that was loaded into `form`; 1 query, and those for links."""
    article, initial = form.instance, form.initial
    said = {name: getattr(article, name) for name in snapshots.COLUMNS}
    said |= {"section": article.section_id, "tags": form.tags_now()}
    names = {"kicker": "kicker_name", "bylines": "bylines", "related": "related_links"}
    said |= {name: initial.get(field) for name, field in names.items()}
    return checklist.findings(checklist.Piece(said, article.photo))


def of_form(form: Any) -> list[checklist.Finding]:
    """What is not valid counts as not there."""
    said = typed(form.cleaned_data, {}, {})
    return checklist.findings(checklist.Piece(said, form.cleaned_data.get("photo")))


def context(found: list[checklist.Finding]) -> dict[str, Any]:
    return {"checks": checklist.by_level(found)}
