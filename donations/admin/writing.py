"""The screen on which an appeal is written."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from donations.admin.appeal_screen import (
    FOLDER,
    around,
    found,
    may_add,
    may_change,
    may_view,
    screen,
    user_of,
)
from donations.admin.checking import told
from donations.forms.writing import MOST, Writing
from donations.models import Appeal
from donations.services import appeals
from donations.services.allowed import LOCKED, Locked, NotAllowed, Stale
from donations.services.appeals import Wording
from newsroom.lib import html
from newsroom.lib.dates import spoken

readable = require_http_methods(["GET", "HEAD", "POST"])


@may_add
@readable
def add(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return write_screen(request, Writing())
    writing = Writing(sent=request.POST)
    if "_another" in request.POST:
        return another(request, writing)
    if not writing.is_valid():
        return write_screen(request, writing, status=422)
    made = appeals.create(writing.fields, wordings(writing), by=user_of(request))
    return saved(request, made)


@may_view
@readable
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """To write for drafts, to read for all others."""
    appeal = found(pk)
    if request.method == "POST":
        return store(request, appeal)
    if appeal.is_locked or not request.user.has_perm("donations.change_appeal"):
        return redirect("admin:donations_appeal_check", pk)
    return write_screen(request, Writing(appeal))


@may_change
def store(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    writing = Writing(appeal, sent=request.POST)
    if "_another" in request.POST:
        return another(request, writing)
    if not writing.is_valid():
        return write_screen(request, writing, status=422)
    try:
        written = appeals.write(
            appeal,
            writing.fields,
            wordings(writing),
            by=user_of(request),
            version=writing.version,
            reason=writing.form.cleaned_data["reason"],
        )
    except Stale:
        return stale(request, appeal)
    except Locked:
        messages.warning(request, LOCKED)
        return write_screen(request, writing, status=409)
    return saved(request, written)


def wordings(writing: Writing) -> list[Wording]:
    return [Wording(fields, pk) for pk, fields in writing.wordings]


def stale(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """Somebody was faster: both texts, and saving again puts one's own in its place."""
    fresh = found(appeal.pk)
    writing = Writing(fresh, sent=request.POST)
    writing.is_valid()
    if not writing.differs():
        return saved(request, fresh)  # the same came in twice
    return write_screen(request, writing, status=409)


def another(request: HttpRequest, writing: Writing) -> HttpResponse:
    writing.with_another()
    return write_screen(request, writing, is_unsaved=True)


def saved(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    messages.success(request, f"Saved. {told(appeal, timezone.now())}")
    return redirect("admin:donations_appeal_change", appeal.pk)


def write_screen(
    request: HttpRequest, writing: Writing, *, status: int = 200, is_unsaved: bool = False
) -> HttpResponse:
    form = writing.form
    variants = [*writing.variants, *writing.others]
    context: dict[str, Any] = {
        "writing": writing,
        "form": form,
        "variants": variants,
        "n_variants": len(variants),
        "may_add_variant": len(variants) < MOST,
        "is_unsaved": is_unsaved or status != 200,
        "is_wrong": status == 422,
        "media": form.media + variants[0].media if variants else form.media,
        "never": [form[name] for name in form.fields if name.startswith("not_")],
        "only": [form[name] for name in form.fields if name.startswith("only_")],
        "is_only": any(form[name].value() for name in form.fields if name.startswith("only_")),
        "is_never": any(form[name].value() for name in form.fields if name.startswith("not_")),
        "new_tax_wording": newer(writing.appeal, form),
    }
    if writing.appeal:
        context["conflict"] = conflict(writing)
        return screen(request, "change", found(writing.appeal.pk), context, status=status)
    context |= {**admin.site.each_context(request), "title": "New appeal", "opts": Appeal._meta}  # noqa: SLF001
    return render(request, f"{FOLDER}/change.html", context, status=status)


def newer(appeal: Appeal | None, form: Any) -> Any:
    """The tax wording that has come since this appeal took its own."""
    if appeal is None:
        return None
    newest = form.fields["tax_wording"].queryset.order_by("-pk").first()
    return newest if newest and newest.pk != appeal.tax_wording_id else None


def conflict(writing: Writing) -> str:
    if not writing.is_stale or writing.appeal is None:
        return ""
    who, when = writing.appeal.edited_by or "Somebody", spoken(writing.appeal.edited_at)
    return (
        f"{who} saved this appeal {when}, after you had opened it. Nothing of yours is stored yet, "
        "and nothing is lost: where the two differ, the stored text stands below yours. Save again "
        "to put yours in its place."
    )


@may_view
@require_POST
def clean(request: HttpRequest) -> HttpResponse:
    """What the editor puts in for markup that was pasted: the same that would be stored."""
    try:
        cleaned = html.clean_short(request.POST.get("html", ""))
    except html.TooLong as error:
        return HttpResponse(str(error), status=413, content_type="text/plain")
    return HttpResponse(cleaned, content_type="text/plain; charset=utf-8")


@may_view
@readable
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Drafts only; the log keeps what was done to them."""
    appeal = found(pk)
    if appeal.is_locked or not request.user.has_perm("donations.delete_appeal"):
        raise PermissionDenied
    if request.method != "POST":
        context = around(request, appeal, "delete", timezone.now()) | {"object": appeal}
        return render(request, "admin/delete_confirmation.html", context)
    try:
        appeals.delete(appeal, by=user_of(request))
    except NotAllowed as error:
        messages.warning(request, str(error))
        return redirect("admin:donations_appeal_change", pk)
    messages.success(request, f"“{appeal}” is deleted.")
    return redirect("admin:donations_appeal_changelist")
