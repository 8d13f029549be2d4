"""Tags that are probably one."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from articles import alike
from articles.admin.tag_merging import may_merge
from articles.models import Tag

A_PAGE = 25  # groups


def urls() -> list[URLPattern]:
    view = admin.site.admin_view(duplicates)
    return [path("duplicates/", view, name="articles_tag_duplicates")]


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Groups of tags, the most used of each first, for the form that merges them; 2 queries."""
    model_admin = admin.site.get_model_admin(Tag)
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    names = dict(Tag.objects.order_by("name").values_list("pk", "name"))
    page = Paginator(alike.groups(names), A_PAGE).get_page(request.GET.get("page"))
    shown = model_admin.get_queryset(request).in_bulk([pk for ids in page for pk in ids])
    groups = [by_use([shown[pk] for pk in ids if pk in shown]) for ids in page]
    context = {
        **admin.site.each_context(request),
        "title": "Likely duplicates",
        "opts": Tag._meta,  # noqa: SLF001  # public
        "page": page,
        "groups": groups,
        "may_merge": may_merge(request),
    }
    return render(request, "admin/articles/tag/duplicates.html", context)


def by_use(tags: list[Any]) -> list[Any]:
    return sorted(tags, key=lambda tag: -tag.n_pieces)
