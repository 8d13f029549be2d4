"""What the screens about who meets an appeal have in common."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone

from donations import as_if
from donations.admin.appeal_screen import View, around
from donations.board import Content
from donations.models import Appeal


def paths(name: str, view: View) -> list[URLPattern]:
    """Of a screen about all appeals, and about all with one more, as if that were live."""
    return [
        path(f"{name}/", view, name=f"donations_{name}"),
        path(f"<int:pk>/{name}/", view, name=f"donations_appeal_{name}"),
    ]


def found(pk: int) -> Appeal:
    """With all that readers would meet of it. Raises Http404."""
    row = as_if.whole(pk)
    if row is None or not row.variants.all():
        raise Http404
    return row


def joined(content: Content, row: Appeal | None) -> Content:
    return as_if.with_live(content, row) if row else content


def named(content: Content) -> dict[int, Appeal]:
    """The rows of all appeals in `content`, by number, with their variants; 2 queries."""
    ids = [appeal["id"] for appeal in content["appeals"]]
    return Appeal.objects.prefetch_related("variants").in_bulk(ids)


def screen(
    request: HttpRequest, name: str, row: Appeal | None, context: dict[str, Any]
) -> HttpResponse:
    """With the head of the appeal that it is about, if any; 422 if its form is wrong."""
    context |= around(request, row, name, timezone.now()) if row else bare(request)
    status = 422 if "form" in context and not context["form"].is_valid() else 200
    return render(request, f"admin/donations/{name}/{name}.html", context, status=status)


def bare(request: HttpRequest) -> dict[str, Any]:
    return {**admin.site.each_context(request), "opts": Appeal._meta}  # noqa: SLF001  # public
