"""The history of one thing, in the place of Django's own."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from newsroom.audit.paging import page_of
from newsroom.audit.tables import kinds, options
from newsroom.models import AuditEntry


def urls(site: AdminSite, registry: Mapping[Any, ModelAdmin]) -> Iterator[URLPattern]:
    """For the forms of whatever is watched, but those with a history of their own."""
    for model, form in registry.items():
        is_watched = options(model).db_table in kinds()
        if is_watched and type(form).history_view is ModelAdmin.history_view:
            app, name = options(model).app_label, options(model).model_name
            view = site.admin_view(require_safe(partial(history, form)))
            yield path(f"{app}/{name}/<path:pk>/history/", view, name=f"{app}_{name}_history")


def history(form: ModelAdmin, request: HttpRequest, pk: str) -> HttpResponse:
    """For whoever may see the thing itself."""
    one = form.get_object(request, unquote(pk))
    if not form.has_view_or_change_permission(request, one):
        raise PermissionDenied
    if one is None:
        raise Http404
    context = {
        **form.admin_site.each_context(request),
        "title": f"History of {one}",
        "opts": form.opts,
        "original": one,
        "page": page_of(AuditEntry.objects.of(one), request.GET.get("before", "")),
        "may_see_all": request.user.has_perm("newsroom.view_auditentry"),
    }
    return render(request, "admin/audit/history.html", context)
