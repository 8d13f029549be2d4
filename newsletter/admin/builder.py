"""The screen on which a round-up is put together, whole and in parts.

A plain form gets the screen again; one that the screen's scripts send (`X-Parts: 1`) gets only
the parts of the screen that are different now.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from newsletter.admin.state import state_of
from newsletter.admin.workbench import Bound, Workbench
from newsletter.forms.pieces import AddForm
from newsletter.models import Issue
from newsletter.services.composing import NotAllowed
from newsroom.lib import csp

FOLDER = "admin/newsletter/issue"
BOARD = ["facts", "said", "notes", "board", "skipped", "plain"]
VIEWS = {  # of the letter: what it is called, and what the preview is asked for
    "desktop": ("Desktop", "scheme=light"),
    "phone": ("Phone", "scheme=light"),
    "dark": ("Dark", "scheme=dark"),
    "bare": ("No pictures", "scheme=light&pictures=off"),
    "text": ("Plain text", "part=text"),
}
Place = dict[str, Any]  # of a change: its `part` of the form, or its `item`
Change = Callable[..., "str | None"]


class Refused(Exception):
    """A form came back; `bound` holds it, by its place on the screen."""

    def __init__(self, status: int, *, parts: Sequence[str], bound: Bound) -> None:
        super().__init__()
        self.status, self.parts, self.bound = status, parts, bound


def allowed(permission: str) -> Callable[[Callable], Callable]:
    return permission_required(f"newsletter.{permission}", raise_exception=True)


def change(*parts: str) -> Callable[[Change], Callable[..., HttpResponse]]:
    """A view of one change to the round-up; it says what was done and may raise `Refused`.

    parts: what the change makes different on the screen.
    """

    def decorate(view: Change) -> Callable[..., HttpResponse]:
        @wraps(view)
        def changed(request: HttpRequest, pk: int, **named: Any) -> HttpResponse:
            issue = get_object_or_404(Issue, pk=pk)
            try:
                said = view(request, issue, **named) or ""
            except NotAllowed as error:
                return answer(request, issue, BOARD, warning=str(error), place=named)
            except Refused as refused:
                return again(request, issue, refused, place=named)
            return answer(request, issue, parts or BOARD, said=said, place=named)

        return require_POST(allowed("change_issue")(changed))

    return decorate


# The screen


def screen(request: HttpRequest, issue: Issue, bound: Bound | None = None) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        **context_of(request, issue, bound),
        "opts": Issue._meta,  # noqa: SLF001  # public, whatever it is called
        "title": str(issue),
        "media": AddForm().media,
    }
    response = render(request, f"{FOLDER}/change_form.html", context)
    framed = settings.SECURE_CSP_ADMIN | {"frame-src": ["'self'"]}  # the letter beside the list
    response["Content-Security-Policy"] = csp.header(framed)
    return response


def context_of(
    request: HttpRequest,
    issue: Issue,
    bound: Bound | None = None,
    *,
    part: str = "",
    item: int = 0,
) -> dict[str, Any]:
    """What the screen shows, and what was just edited on it: a `part`, or an `item`."""
    bench = Workbench(issue, bound or {})
    may_change = request.user.has_perm("newsletter.change_issue")
    context = bench.context()
    row = bench.row_of(item)
    return {
        **context,
        "row": row,
        "edited": row.form if row else context["forms"].get(part),
        "edited_at": item or part,
        "state": state_of(issue),
        "stamp": stamp(issue),
        "may_edit": may_change and issue.is_draft,
        **letter_shown(issue, request.GET.get("show", "")),
    }


def letter_shown(issue: Issue, wanted: str) -> dict[str, Any]:
    at = reverse("admin:newsletter_issue_preview", args=[issue.pk])
    key = wanted if wanted in VIEWS else "desktop"
    views = [
        {"key": name, "name": words, "src": f"{at}?{query}"}
        for name, (words, query) in VIEWS.items()
    ]
    return {"views": views, "shown": next(view for view in views if view["key"] == key)}


def answer(
    request: HttpRequest,
    issue: Issue,
    parts: Sequence[str],
    *,
    said: str = "",
    warning: str = "",
    place: Place,
) -> HttpResponse:
    """What has become of a change: the parts that are different now, or the screen anew."""
    if "X-Parts" in request.headers:
        context = context_of(request, fresh(issue), **place)
        context |= {"parts": parts, "said": said or warning, "is_warning": bool(warning)}
        return render(request, f"{FOLDER}/parts.html", context, status=409 if warning else 200)
    if warning:
        messages.warning(request, warning)
    elif said:
        messages.success(request, said)
    anchor = f"#item-{place['item']}" if "item" in place else ""
    return redirect(reverse("admin:newsletter_issue_change", args=[issue.pk]) + anchor)


def again(request: HttpRequest, issue: Issue, refused: Refused, *, place: Place) -> HttpResponse:
    """The form with what was typed, what is wrong with it, and what others have written."""
    if "X-Parts" in request.headers:
        context = context_of(request, fresh(issue), refused.bound, **place)
        context["parts"] = refused.parts
        return render(request, f"{FOLDER}/parts.html", context, status=refused.status)
    response = screen(request, fresh(issue), refused.bound)
    response.status_code = refused.status
    return response


def fresh(issue: Issue) -> Issue:
    return get_object_or_404(Issue.objects.select_related("segment", "approved_by"), pk=issue.pk)


@require_safe
@allowed("view_issue")
def version(request: HttpRequest, pk: int) -> JsonResponse:
    """So that an open screen knows when somebody else has changed the round-up; one query."""
    issue = get_object_or_404(Issue.objects.only("status", "version", "tested_version"), pk=pk)
    return JsonResponse({"version": stamp(issue)})


def stamp(issue: Issue) -> str:
    """Another one whenever the screen has something new to show."""
    return f"{issue.status}-{issue.version}-{issue.tested_version}"


@require_safe
@allowed("view_issue")
def parts(request: HttpRequest, pk: int) -> HttpResponse:
    """What others may have changed, as it is now."""
    issue = get_object_or_404(Issue.objects.select_related("segment"), pk=pk)
    context = context_of(request, issue) | {"parts": [*BOARD, "subject"]}
    return render(request, f"{FOLDER}/parts.html", context)
