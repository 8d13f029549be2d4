"""The photo library: a grid, a form with the picture, and a chooser for other screens."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from articles import photos
from articles.forms import PhotoForm
from articles.models import Photo
from newsroom.models import User

N_CHOICES = 24
SEARCHED = ["caption", "alt", "subjects", "photographer", "agency"]


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    form = PhotoForm
    list_display = ["picture", "name", "credit", "uploaded_at"]
    list_display_links = ["picture", "name"]
    list_per_page = 48
    search_fields = SEARCHED
    search_help_text = "Caption, description, subjects or credit"
    show_full_result_count = False
    actions = None
    fieldsets = [
        (None, {"fields": ["original", ("focal_x", "focal_y")]}),
        ("What it shows", {"fields": ["alt", "is_decorative", "caption"]}),
        ("Credit", {"fields": ["subjects", "photographer", "agency"]}),
        ("Rights", {"fields": ["licence", "source_url", "may_republish", "expires_on"]}),
    ]

    @admin.display(description="")
    def picture(self, photo: Photo) -> SafeString:
        return format_html(
            '<img class="library__picture" src="{}" alt="{}" '
            'width="240" height="180" loading="lazy">',
            photos.thumbnail(photo),
            photo.alt_text or "Decorative",
        )

    @admin.display(description="caption")
    def name(self, photo: Photo) -> str:
        return str(photo)

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        """Those who may change photos, and everybody their own uploads."""
        if super().has_change_permission(request, obj):
            return True
        may_add = self.has_add_permission(request)
        return may_add and (obj is None or obj.uploaded_by_id == request.user.pk)

    # The form

    def save_model(self, request: HttpRequest, obj: Photo, form: PhotoForm, change: bool) -> None:
        if not change:
            obj.uploaded_by = cast("User", request.user)
        if form.upload:
            photos.store(obj, form.upload)
        elif {"focal_x", "focal_y"} & set(form.changed_data):
            photos.recut(obj)
        else:
            obj.save(update_fields=form.changed_data)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """A photo that is shown anywhere, in a body too, is kept; the page lists where."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        links = [as_link(use) for photo in objs for use in photos.uses(photo)]
        used = [format_html('<a href="{url}">{text}</a>', **link) for link in links]
        return deleted, counts, needed, used or protected

    def render_change_form(  # type: ignore[override]  # the rest is passed through
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        photo: Photo | None = kwargs.get("obj")
        context["uses"] = [as_link(use) for use in photos.uses(photo)] if photo else []
        context["picture"] = photos.whole(photo) if photo else ""
        return super().render_change_form(request, context, **kwargs)

    # For other screens

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("choose/", wrap(self.choose), name="articles_photo_choose"),
            path("<int:pk>/thumbnail/", wrap(self.thumbnail), name="articles_photo_thumbnail"),
            *super().get_urls(),
        ]

    def thumbnail(self, request: HttpRequest, pk: int) -> HttpResponseRedirect:
        """The picture of a photo known by its id alone, as it stands in a body."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(photos.whole(get_object_or_404(Photo, pk=pk)))

    def choose(self, request: HttpRequest) -> HttpResponse:
        """What the chooser's dialog shows: a search, pictures to pick, a form to upload one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.upload(request)
        return self.chooser(request, self.upload_form(request))

    def upload(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.upload_form(request)
        if not form.is_valid():
            return self.chooser(request, form, status=422)
        photo = form.save(commit=False)
        self.save_model(request, photo, form, change=False)
        self.log_addition(request, photo, "Uploaded")
        return self.chooser(request, UploadForm(), chosen=photo.pk)

    def upload_form(self, request: HttpRequest) -> PhotoForm:
        is_post = request.method == "POST"
        return UploadForm(request.POST, request.FILES) if is_post else UploadForm()

    def chooser(
        self, request: HttpRequest, form: PhotoForm, *, chosen: int = 0, status: int = 200
    ) -> HttpResponse:
        term = request.GET.get("q", "").replace("\x00", "")
        found, _ = self.get_search_results(request, Photo.objects.all(), term)
        page = Paginator(found, N_CHOICES).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Photo library",
            "chosen": chosen,
            "form": form,
            "may_add": self.has_add_permission(request),
            "page": page,
            "term": term,
        }
        return render(request, "admin/articles/photo/choose.html", context, status=status)


def as_link(use: Model) -> dict[str, str]:
    """The form of a piece, page or contributor, with its kind and name."""
    meta = use._meta  # noqa: SLF001  Django documents it
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[use.pk])
    return {"url": url, "text": f"{capfirst(meta.verbose_name)}: {use}"}


class UploadForm(PhotoForm):
    """What the library must know of a picture; the rest can follow."""

    class Meta(PhotoForm.Meta):
        fields = [
            "original",
            "alt",
            "is_decorative",
            "caption",
            "subjects",
            "photographer",
            "agency",
        ]
