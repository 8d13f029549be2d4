"""What a piece said and when, any two of its texts compared, and an earlier one put back."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from articles import comparing, services, snapshots, workflow
from articles.admin.piece_screen import found, may_change, screen
from articles.models import Article, Revision
from newsroom.models import User

N_SHOWN = 30


def urls() -> list[URLPattern]:
    wrap = admin.site.admin_view
    return [
        path("<int:pk>/compare/", wrap(compare), name="articles_article_compare"),
        path("<int:pk>/restore/", wrap(restore), name="articles_article_restore"),
    ]


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves and steps, newest first, N_SHOWN saves a page (?page=N)."""
    article = found(request, pk)
    kept = article.revisions.select_related("by").newest_first()
    page = Paginator(kept, N_SHOWN).get_page(request.GET.get("page"))
    return screen(request, "history", article, page=page, entries=entries(article, page))


def entries(article: Article, page: Page) -> list[dict[str, Any]]:
    """The saves of `page`, each with what it changed, and the steps taken among them; 2 queries."""
    start = (page.number - 1) * N_SHOWN
    kept = article.revisions.select_related("by").newest_first()
    revisions = list(kept[start : start + N_SHOWN + 1])
    saves: list[dict[str, Any]] = []
    for place, revision in enumerate(revisions[:N_SHOWN]):
        older = next((one for one in revisions[place + 1 :] if not one.is_aside), None)
        what = changes(older, revision)
        saves.append({"at": revision.at, "by": revision.by, "revision": revision, "what": what})
    steps = article.transitions.select_related("by")
    steps = steps.filter(at__lt=revisions[0].at) if page.has_previous() else steps
    steps = steps.filter(at__gte=revisions[N_SHOWN].at) if page.has_next() else steps
    taken = [
        {"at": step.at, "by": step.by, "step": step, "what": workflow.STEPS[step.action].past}
        for step in steps
    ]
    return sorted([*saves, *taken], key=lambda entry: entry["at"], reverse=True)


def changes(older: Revision | None, revision: Revision) -> str:
    """The names of the fields that a save changed."""
    if older is None:
        return "First text"
    names = [snapshots.LABELS[name] for name in snapshots.changed(older.content, revision.content)]
    return ", ".join([names[0], *(name.lower() for name in names[1:])]) if names else "Nothing"


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """?old= and ?new= are ids of revisions; by default the newest and the one before it."""
    article = found(request, pk)
    kept = article.revisions.newest_first()
    new = chosen(kept, request.GET.get("new")) or kept.saved().first()
    if new is None:
        raise Http404
    before = kept.saved().filter(version__lt=new.version)
    old = chosen(kept, request.GET.get("old")) or before.first() or new
    context: dict[str, Any] = {
        "old": old,
        "new": new,
        "differences": comparing.differences(old.content, new.content),
        "revisions": kept.select_related("by").defer("content")[:200],
        "is_current": not new.is_aside and not kept.filter(version__gt=new.version).exists(),
    }
    return screen(request, "compare", article, **context)


def chosen(kept: Any, pk: str | None) -> Revision | None:
    is_number = pk is not None and pk.isdecimal() and len(pk) < 19
    return kept.select_related("by").filter(pk=pk).first() if is_number else None


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    article = found(request, pk)
    if not may_change(request, article):
        raise PermissionDenied
    revision = chosen(article.revisions.all(), request.POST.get("revision"))
    if revision is None:
        raise Http404
    seen, by = request.POST.get("version", ""), cast("User", request.user)
    try:
        lost = services.restore(article, revision, by=by, seen=seen)
    except services.SavedSince:
        messages.warning(request, "Not put back: the piece has been saved since. Look again first.")
        return redirect(f"{reverse('admin:articles_article_compare', args=[pk])}?new={revision.pk}")
    except services.NotReady as error:
        messages.warning(request, f"Not put back, as readers would miss something. {error}")
        return redirect("admin:articles_article_history", pk)
    messages.success(request, f"Version {revision.version} is the text of this piece again.")
    if lost:
        messages.warning(request, f"No longer there, and so left out: {', '.join(lost)}.")
    return redirect("admin:articles_article_history", pk)
