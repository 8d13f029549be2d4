"""The photo library: a grid, and a form with the picture."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles import photos, uses
from articles.admin.photo_chooser import PhotoChooser, kept_address
from articles.admin.using import N_USES, UsedAdmin, as_link
from articles.forms import PhotoForm
from articles.forms.photo import READ
from articles.models import Photo
from articles.models.photo import SEARCHED
from newsroom.lib.lists import CappedPaginator


class RightsFilter(admin.SimpleListFilter):
    title = "rights"
    parameter_name = "rights"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [
            ("expiring", "Expire within 14 days"),
            ("expired", "Expired"),
            ("republish", "May be republished"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        found: dict[str | None, QuerySet] = {
            None: queryset,
            "expiring": queryset.expiring(),
            "expired": queryset.expired(),
            "republish": queryset.filter(may_republish=True),
        }
        return found.get(self.value(), found[None])


class UploaderFilter(admin.SimpleListFilter):
    title = "who"
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("me", "Uploaded by me")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        found: QuerySet = queryset
        return found.filter(uploaded_by=request.user) if self.value() == "me" else found


@admin.register(Photo)
class PhotoAdmin(UsedAdmin, PhotoChooser):
    form = PhotoForm
    list_display = ["id"]  # the grid has a template of its own
    list_filter = [RightsFilter, UploaderFilter]
    list_per_page = 48
    paginator = CappedPaginator
    search_fields = SEARCHED
    search_help_text = "Caption, description, credit or number"
    show_full_result_count = False
    actions = None
    fieldsets = [
        (None, {"fields": ["original", ("focal_x", "focal_y")]}),
        ("What it shows", {"fields": ["alt", "is_decorative", "caption"]}),
        ("Credit", {"fields": ["credit_line", "subjects", ("photographer", "agency")]}),
        ("Rights", {"fields": ["licence", "source_url", "may_republish", "expires_on"]}),
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return queryset.search(search_term), False

    def get_ordering(self, request: HttpRequest) -> Any:
        """What goes first stands first."""
        return ["expires_on"] if request.GET.get("rights") == "expiring" else ["-pk"]

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        """Those who may change photos, and everybody their own uploads until readers see them."""
        if super().has_change_permission(request, obj):
            return True
        if obj and (not is_own(request, obj) or uses.are_seen(uses_of(obj))):
            return False
        return self.has_add_permission(request)

    # The form

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[PhotoForm]:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return cast("type[PhotoForm]", form)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().add_view(request, form_url, extra_context)
        except photos.Stored as stored:  # by the same button, pressed twice
            return redirect("admin:articles_photo_change", stored.photo.pk)

    def render_change_form(  # type: ignore[override]  # the rest is passed through
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        photo: Photo | None = kwargs.get("obj")
        form: PhotoForm = context["adminform"].form
        found = uses_of(photo) if photo else []
        context |= {
            "form": form,
            "picture": kept_address(form) or (photos.whole(photo) if photo else ""),
            "uses": [as_link(use) for use in found[:N_USES]],
            "n_uses": len(found),
            "is_own": bool(photo and is_own(request, photo)),
        }
        response = super().render_change_form(request, context, **kwargs)
        if form.is_bound and READ not in form.data and response.status_code == 200:
            response.status_code = 422
        return response

    # An end

    def delete_model(self, request: HttpRequest, obj: Photo) -> None:
        photos.remove(obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except uses.InUse:  # since this moment
            return redirect("admin:articles_photo_delete", object_id)


def is_own(request: HttpRequest, photo: Photo) -> bool:
    return photo.uploaded_by_id == request.user.pk


def uses_of(photo: Photo) -> list[Model]:
    """Where it is used, asked for once."""
    if not hasattr(photo, "uses"):
        photo.uses = uses.of(photo)
    return photo.uses
